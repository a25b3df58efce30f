"""A test that names its behaviour gets what the table says of it; its own markers come first."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.bridge import TestRecord
from grader.bridge.records import Marks
from grader.checks.behaviours import with_behaviours
from grader.errors import ExerciseError

TABLE = """\
format = 1

[no-row-lost]
points = 2
ksbs = ["S4", "K19"]
facets = { S4 = "csv" }
musts = ["no-row-lost"]
clause = "3.1"
"""


@pytest.fixture
def suite(tmp_path: Path) -> Path:
    (tmp_path / "behaviours.toml").write_text(TABLE, "utf-8")
    return tmp_path


def filled(suite: Path, **marks: object) -> Marks:
    record = TestRecord(id="test_a.py::test_it", marks=Marks(**marks))  # type: ignore[arg-type]
    return with_behaviours([record], suite)[0].marks


def test_a_behaviour_alone_is_enough(suite: Path) -> None:
    assert filled(suite, behaviour="no-row-lost", sentence="It is there.", hint="Look.") == Marks(
        sentence="It is there.",
        hint="Look.",
        behaviour="no-row-lost",
        points=2,
        ksbs=("S4", "K19"),
        facets=("csv",),
        musts=("no-row-lost",),
        clause="3.1",
    )


def test_what_stands_on_the_test_comes_first(suite: Path) -> None:
    found = filled(suite, behaviour="no-row-lost", ksbs=("S1",), musts=("other",), clause="3.2")
    assert (found.ksbs, found.facets, found.clause) == (("S1",), (), "3.2")
    assert found.musts == ("no-row-lost", "other")
    assert found.points == 2


def test_a_test_that_names_none_stands_for_itself(suite: Path) -> None:
    own = Marks(ksbs=("S1",), clause="1.1")
    assert filled(suite, ksbs=("S1",), clause="1.1") == own


def test_without_a_table_markers_say_all(tmp_path: Path) -> None:
    own = Marks(behaviour="any", points=3, ksbs=("S1",))
    assert filled(tmp_path, behaviour="any", points=3, ksbs=("S1",)) == own


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (TABLE.replace("no-row-lost]", "no-rows-lost]"), "did you mean `no-rows-lost`?"),
        (TABLE.replace("points", "point"), "`point` is unknown"),
        ("format = 1\n[", "isn't valid TOML"),
    ],
)
def test_a_table_that_does_not_fit_is_the_authors_to_mend(
    suite: Path, text: str, words: str
) -> None:
    (suite / "behaviours.toml").write_text(text, "utf-8")
    with pytest.raises(ExerciseError) as caught:
        filled(suite, behaviour="no-row-lost")
    assert words in str(caught.value)
