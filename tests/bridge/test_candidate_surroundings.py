"""The candidate's half: callbacks, streams, files and given modules."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from grader.bridge.candidate.streams import CUT, MAX_OUTPUT

# -- the suite's functions, objects and iterators


def serve_one(asker: Any, answer: list[Any]) -> list[Any]:
    """Answer the next callback; what was asked."""
    asked = asker.receive()
    assert asked[0] == "callback"
    asker.send(answer)
    return asked[1:]  # type: ignore[no-any-return]


def test_a_callback_asks_and_goes_on_with_the_answer(asker: Any) -> None:
    given = asker.raw("cb", 0, "double")
    asker.post("call", asker.ref("call"), [], asker.node([given, 4]), ["dict"])
    assert serve_one(asker, ["return", 8, []]) == [0, "", ["list", 4], ["dict"], [], "", ""]
    assert asker.receive()[2] == 8


def test_a_callback_comes_back_as_itself_and_is_the_same_each_time(asker: Any) -> None:
    assert asker.call("echo", asker.raw("cb", 0, "f"))[1] == ["cb", 0]
    same = asker.call("call", asker.raw("builtin", "isinstance"), asker.raw("cb", 0), object)
    assert same[1] is True


def test_what_was_printed_before_a_callback_goes_with_it(asker: Any) -> None:
    asker.post("call", asker.ref("call"), [], asker.node([asker.raw("cb", 0)]), ["dict"])
    serve_one(asker, ["return", None, []])
    asker.receive()
    asker.call("talk", "hello")
    asker.post("call", asker.ref("call"), [], asker.node([asker.raw("cb", 0)]), ["dict"])
    assert serve_one(asker, ["return", None, []])[-2:] == ["", ""]
    asker.receive()


def test_an_exception_of_a_callback_can_be_caught(asker: Any) -> None:
    args = asker.node([asker.raw("cb", 0)])
    asker.post("call", asker.ref("call_safely"), [], args, ["dict"])
    serve_one(asker, ["throw", ["exc", 0, "builtins", "KeyError", ["list", "k"], None], []])
    assert asker.receive()[2] == ["tuple", "KeyError", "'k'"]


@pytest.mark.parametrize("module", ["builtins", "test_fares"])
def test_an_exception_of_a_callback_that_is_not_caught_says_where_it_came_from(
    asker: Any, module: str
) -> None:
    args = asker.node([asker.raw("cb", 0)])
    asker.post("call", asker.ref("call"), [], args, ["dict"])
    serve_one(asker, ["throw", ["exc", 5, module, "OSError", ["list", "x"], None], []])
    head, _, node, *_ = asker.receive()
    assert head == "raise"
    assert node[4] == 5


def test_an_exception_that_takes_other_arguments_still_arrives(asker: Any) -> None:
    args = asker.node([asker.raw("cb", 0)])
    asker.post("call", asker.ref("call_safely"), [], args, ["dict"])
    serve_one(asker, ["throw", ["exc", 0, "builtins", "UnicodeDecodeError", ["list"], None], []])
    assert asker.receive()[2][1] == "SuiteError"


def test_an_exception_of_the_learners_comes_back_as_itself(asker: Any) -> None:
    error = asker.call("fail", "own")[1][0]
    args = asker.node([asker.raw("cb", 0)])
    asker.post("call", asker.ref("call"), [], args, ["dict"])
    serve_one(asker, ["throw", ["exc", 0, "fares", "FareError", ["list"], error[1]], []])
    assert asker.receive()[2][0][1] == error[1]


def test_questions_are_answered_while_a_callback_runs(asker: Any) -> None:
    asker.post("call", asker.ref("call"), [], asker.node([asker.raw("cb", 0)]), ["dict"])
    assert asker.receive()[0] == "callback"
    asker.post("call", asker.ref("price"), [], ["list", 2], ["dict"])
    assert asker.receive()[2] == 20
    asker.send(["return", 1, []])
    assert asker.receive()[2] == 1


def test_of_a_lent_object_only_the_named_methods_are_there(asker: Any) -> None:
    lent = asker.raw("cap", 0, ["read", "close"])
    asker.post("call", asker.ref("read"), [], asker.node([lent]), ["dict"])
    assert serve_one(asker, ["return", "ab", []])[:3] == [0, "read", ["list", 2]]
    assert serve_one(asker, ["return", None, []])[:2] == [0, "close"]
    assert asker.receive()[2] == "ab"
    assert asker.ask("get", ["cap", 0, ["read"]], "write")[0] == "raise"


def test_an_iterator_of_the_suite_is_asked_for_each_item(asker: Any) -> None:
    asker.post("call", asker.ref("total"), [], asker.node([asker.raw("iter", 0)]), ["dict"])
    for item in (1, 2):
        assert serve_one(asker, ["return", item, []])[1] == "__next__"
    serve_one(asker, ["throw", ["exc", 0, "builtins", "StopIteration", ["list"], None], []])
    assert asker.receive()[2] == 3


# -- streams and process


def test_output_is_capped_and_says_so(asker: Any) -> None:
    out = asker.call("talk", "x" * (MAX_OUTPUT + 5))[3]
    assert out == "x" * MAX_OUTPUT + CUT
    assert asker.call("talk", "short")[3:] == ["short", "oops"]


def test_output_of_odd_characters_arrives(asker: Any) -> None:
    assert asker.call("talk", "£ \ud800")[3] == "£ \\ud800"


def test_a_program_may_close_its_own_output(asker: Any) -> None:
    assert asker.call("shut")[0] == "ok"
    assert asker.call("echo", 1)[:2] == ["ok", 1]


def test_standard_input_can_be_set(asker: Any) -> None:
    asker.value("stdin", "2\n")
    assert asker.call("ask")[1] == "2"
    assert asker.call("ask")[1][0][2][2] == "EOFError"


def test_environment_arguments_and_folder(
    asker: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("CITY", "")
    asker.value("environ", asker.node({"CITY": "Leeds"}))
    asker.value("argv", asker.node(["fares.py", "3"]))
    _, node, changes, *_ = asker.call("environment", "CITY")
    assert node == ["tuple", "Leeds", ["@", 1], str(tmp_path)]
    assert changes == [[1, ["list", "fares.py", "3"]]]


def test_an_attribute_or_a_built_in_can_be_swapped(
    asker: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("builtins.open", open)
    asker.value("swap", "fares", "number", 6)
    assert asker.value("get", ["mod", "fares"], "number") == 6
    asker.value("swap", "builtins", "open", ["builtin", "len"])
    assert asker.call("use_open")[1] == 1


def test_files_are_put_and_fetched(asker: Any, tmp_path: Path) -> None:
    folder = str(tmp_path / "deep" / "work")
    asker.value("put", folder, asker.node({"in/a.csv": b"1", "b.txt": b"2"}), ["dict"])
    assert Path(folder, "in", "a.csv").read_bytes() == b"1"
    names = ["list", "b.txt", "in/", "in/a.csv"]
    both = ["dict", "b.txt", ["bytes", "2"], "in/a.csv", ["bytes", "1"]]
    assert asker.ask("fetch", folder)[1] == ["list", names, both]
    assert asker.ask("fetch", folder)[1] == ["list", names, ["dict"]]
    asker.value("put", folder, asker.node({"b.txt": None}), ["dict"])
    assert asker.ask("fetch", folder)[1] == ["list", ["list", "in/", "in/a.csv"], ["dict"]]


def test_two_folders_are_not_mixed_up(asker: Any, tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    for folder in (one, two):
        folder.mkdir()
    (one / "a.txt").write_bytes(b"1")
    (two / "a.txt").hardlink_to(one / "a.txt")
    assert asker.value("fetch", str(one))[1] == {"a.txt": b"1"}
    assert asker.value("fetch", str(two))[1] == {"a.txt": b"1"}


def test_links_and_odd_files_are_not_fetched(asker: Any, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    (folder / "link").symlink_to("/etc/passwd")
    (folder / "dirlink").symlink_to(tmp_path)
    os.mkfifo(folder / "pipe")
    assert asker.value("fetch", str(folder)) == [[], {}]


def test_too_many_files_are_not_fetched(
    asker: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("grader.bridge.candidate.files.MAX_FILES", 2)
    folder = tmp_path / "out"
    folder.mkdir()
    for name in "abc":
        (folder / name).write_bytes(b"")
    head, node, *_ = asker.ask("fetch", str(folder))
    assert head == "raise"
    assert "more or larger files" in node[2]


# -- given modules

GIVEN = """
import dataclasses, enum, collections

@dataclasses.dataclass(frozen=True)
class Stop:
    name: str
    zone: int = 1

class Mode(enum.Enum):
    BUS = "bus"

Pair = collections.namedtuple("Pair", "a b")

class TariffError(Exception):
    pass

class Opaque:
    pass

def helper():
    return 1
"""


@pytest.fixture
def giver(served: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> Any:
    Path("given_tariff.py").write_text(GIVEN)
    monkeypatch.delitem(sys.modules, "given_tariff", raising=False)
    return served(
        "from given_tariff import *\n"
        "def echo(value):\n    return value\n"
        "def zone(stop):\n    return stop.zone\n"
        "def fail(error):\n    raise error\n"
        "def opaque():\n    return Opaque()\n"
        "itself = Stop\n",
        given=("given_tariff",),
    )


@pytest.mark.parametrize(
    "node",
    [
        ["given-fields", "given_tariff", "Stop", ["dict", "name", "Leeds", "zone", 2]],
        ["given-enum", "given_tariff", "Mode", "BUS"],
        ["given-tuple", "given_tariff", "Pair", ["list", 1, ["list", 2]]],
        ["given-error", "given_tariff", "TariffError", ["list", ["list", "x"], ["dict"]]],
        ["given", "given_tariff", "helper"],
        ["given", "given_tariff", "Stop"],
    ],
)
def test_objects_of_given_modules_cross_by_value(giver: Any, node: Any) -> None:
    assert giver.call("echo", giver.raw(*node))[1] == node


def test_a_given_object_arrives_as_the_real_thing(giver: Any) -> None:
    stop = giver.raw("given-fields", "given_tariff", "Stop", ["dict", "name", "A", "zone", 9])
    assert giver.call("zone", stop)[1] == 9


def test_a_given_exception_can_be_raised(giver: Any) -> None:
    arguments = ["list", ["list", "late"], ["dict"]]
    error = giver.raw("given-error", "given_tariff", "TariffError", arguments)
    head, node, *_ = giver.call("fail", error)
    assert head == "raise"
    assert node[0] == ["given-error", "given_tariff", "TariffError", arguments]
    assert node[2] == "late"


def test_a_given_object_without_fields_is_an_object(giver: Any) -> None:
    assert giver.call("opaque")[1][0] == "object"


@pytest.mark.parametrize(
    "node",
    [
        ["given", "given_tariff", "dataclasses"],
        ["given", "given_tariff", "nothing"],
        ["given", "os", "system"],
        ["given", "given_tariff", 5],
        ["given-fields", "given_tariff", "Stop", ["dict", "name", "A"]],
        ["given-fields", "given_tariff", "Stop", ["list"]],
        ["given-fields", "given_tariff", "Mode", ["dict"]],
        ["given-enum", "given_tariff", "Mode", "TRAM"],
        ["given-enum", "given_tariff", "Stop", "name"],
        ["given-tuple", "given_tariff", "helper", ["list"]],
        ["given-error", "given_tariff", "Stop", ["list", ["list"], ["dict"]]],
    ],
)
def test_nothing_else_of_a_given_module_can_be_named(giver: Any, node: Any) -> None:
    assert giver.call("echo", giver.raw(*node))[0] in ("refused", "raise")
