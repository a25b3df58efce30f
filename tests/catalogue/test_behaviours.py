"""`behaviours.toml`: what a behaviour is worth, said once; every fault is named with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.catalogue import Behaviour, Claims, claims_of, read_behaviours

SOUND = """\
format = 1

[no-row-lost]
points = 2
ksbs = ["S4", "K19"]
facets = { S4 = "csv" }
musts = ["no-row-lost"]
clause = "3.1"

[dates]
"""


def write(folder: Path, text: str) -> Path:
    (folder / "behaviours.toml").write_text(text, "utf-8")
    return folder


def test_each_behaviour_is_read_with_its_line(tmp_path: Path) -> None:
    found = read_behaviours(write(tmp_path, SOUND))
    assert not found.problems
    assert found.table == {
        "no-row-lost": Behaviour(
            points=2,
            ksbs=("S4", "K19"),
            facets={"S4": "csv"},
            musts=("no-row-lost",),
            clause="3.1",
        ),
        "dates": Behaviour(),
    }
    assert found.lines == {"no-row-lost": 3, "dates": 10}


def test_a_suite_without_a_table_has_none(tmp_path: Path) -> None:
    assert not read_behaviours(tmp_path).there


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("points = 2", "point = 2", 3, "`point` is unknown; did you mean `points`?"),
        ("points = 2", "points = 0", 3, "expected a whole number, 1 or more"),
        ("S4 =", "S5 =", 3, "`S5` is not among `ksbs`"),
        ('"3.1"', "3.1", 3, "`clause`: expected text"),
        ("[dates]", "dates = 1", 3, "`dates` is unknown"),
        ("format = 1", "format = 1\nstray = 1", 0, "`stray`: expected a table"),
        ("format = 1", "", 0, "`format` is missing"),
        ("format = 1", "format = 2", 0, "update the grader"),
        ("[dates]", "[dates", 0, "isn't valid TOML"),
    ],
)
def test_what_is_wrong_is_told(tmp_path: Path, old: str, new: str, line: int, words: str) -> None:
    found = read_behaviours(write(tmp_path, SOUND.replace(old, new)))
    assert found.there
    told = [where for where, text in found.problems if words in text]
    assert told == [line], found.problems


def test_the_catalogue_reads_facets_and_musts_of_the_table_too(tmp_path: Path) -> None:
    (tmp_path / "test_a.py").write_text(
        "import pytest\n\n@pytest.mark.must('other')\ndef test_a(): ...\n"
    )
    found = claims_of(write(tmp_path, SOUND))
    assert found == Claims({"S4": ("csv",)}, ("no-row-lost", "other"))
