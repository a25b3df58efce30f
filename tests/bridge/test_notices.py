"""Log records and warnings of the learner's program; a hostile one can send anything."""

from __future__ import annotations

import logging
import warnings
from typing import Any

import pytest

from grader.bridge.candidate.codec import CodecError
from grader.bridge.notices import Levels, notice

PLACE = ["fares.py", 3, "price"]
PROGRAM = """
    import logging, threading, warnings

    class OldWarning(UserWarning): pass

    def log(text, *args): logging.getLogger("fares").warning(text, *args)
    def warn(text): warnings.warn(text, OldWarning)
    def plain(text): warnings.warn(text, DeprecationWarning)

    def from_a_thread():
        thread = threading.Thread(target=log, args=("aside",))
        thread.start()
        thread.join()
        return 5
"""


def test_a_record_arrives_before_the_answer(learner: Any, caplog: Any) -> None:
    fares = learner(PROGRAM).fares
    fares.log("zone %d", 4)
    record = caplog.records[-1]
    assert (record.name, record.getMessage(), record.args) == ("fares", "zone 4", (4,))
    assert (record.filename, record.funcName) == ("fares.py", "log")


def test_a_record_of_another_thread_arrives_with_the_answer(learner: Any, caplog: Any) -> None:
    assert learner(PROGRAM).fares.from_a_thread() == 5
    assert caplog.messages == ["aside"]


def test_a_warning_has_its_class(learner: Any) -> None:
    fares = learner(PROGRAM).fares
    with pytest.warns(fares.OldWarning, match="old form"):
        fares.warn("old form")
    with pytest.warns(DeprecationWarning, match="zones") as caught:
        fares.plain("use zones")
    assert caught[0].category is DeprecationWarning


def test_a_filter_of_the_suite_makes_it_an_error_in_the_program(learner: Any) -> None:
    fares = learner(PROGRAM).fares
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        with pytest.raises(DeprecationWarning, match="use zones"):
            fares.plain("use zones")


@pytest.mark.parametrize(
    ("method", "parts"),
    [
        ("other", []),
        ("log", []),
        ("log", [1, 2, 3, 4, 5, 6, 7]),
        ("log", ["x", "high", "text", [], PLACE, None, {}]),
        ("log", ["x", 30, "text", [], ["a", "b", "c"], None, {}]),
        ("log", ["x", 30, "text", [], [], None, {}]),
        ("warn", ["text", "a.py", 1]),
        ("warn", [ValueError(), "a.py", 1]),
        ("warn", [UserWarning(), 1, 1]),
    ],
)
def test_malformed_notices_are_refused(method: str, parts: list[Any]) -> None:
    with pytest.raises(CodecError):
        notice(method, parts)


@pytest.mark.parametrize("text", ["%0999999999d", "%.99999999f", "%*d", "%(a)99999d", "%5.*f"])
def test_a_text_that_would_fill_the_memory_is_left_as_it_is(text: str, caplog: Any) -> None:
    notice("log", ["x", 40, text, [1], PLACE, None, {}])
    assert caplog.messages == [text]


def test_what_a_record_has_is_not_overwritten(caplog: Any) -> None:
    notice("log", ["x", 40, "text", [], PLACE, None, {"levelno": 10, "user": "Ada"}])
    assert (caplog.records[0].levelno, caplog.records[0].user) == (40, "Ada")


def test_levels_are_told_when_set_and_when_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logging.Logger, "setLevel", logging.Logger.setLevel)
    levels = Levels()
    levels.watch()
    logger = logging.getLogger("tests.levels")
    before = logger.level
    logger.setLevel("DEBUG")
    assert levels.changed
    assert levels.now() == {"tests.levels": 10}
    assert not levels.changed
    logger.setLevel(before)
    assert levels.now() == {"tests.levels": None}
