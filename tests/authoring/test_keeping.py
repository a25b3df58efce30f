"""Results of trials are kept as long as nothing that went into them has changed."""

from __future__ import annotations

import shutil
from pathlib import Path

import msgspec
import pytest

from grader.authoring import bench
from grader.authoring.keeping import Shelf
from grader.authoring.linting import Course, lint
from grader.authoring.trials import SuiteRan
from grader.sandbox import best_level

SOUND = Path(__file__).parent / "sound"
RULES = ("ksbs-evidenced", "sound-variants-accepted", "ticket-headings")


@pytest.fixture
def course(made_up, tmp_path):
    shutil.copytree(SOUND, tmp_path / "course")
    return Course(tmp_path / "course/exercises", tmp_path / "course/solutions")


def linted(course, cache=True):
    report = lint(course, only=RULES, level=best_level(), cache=cache)
    return report.trials, report.kept


def append(path, text):
    path.write_text(path.read_text("utf-8") + text, "utf-8")


def test_what_is_known_is_not_tried_again(course):
    assert linted(course) == (3, 0)
    assert linted(course) == (3, 3)
    assert linted(course, cache=False) == (3, 0)
    append(course.solutions / "parcels/faulty.toml", "\n")
    assert linted(course) == (3, 1)  # the suite on the sound variant stands, the checks don't
    append(course.exercises / "parcels/README.md", "\n## More\n")
    assert linted(course) == (3, 1)
    append(course.solutions / "parcels/hidden/test_parcels_hidden.py", "\n\nX = 1\n")
    assert linted(course) == (3, 0)


def test_another_grader_knows_nothing(course, monkeypatch):
    linted(course)
    monkeypatch.setattr(bench, "grader_digest", lambda: "another")
    assert linted(course) == (3, 0)


def test_a_shelf_that_can_not_be_read_or_written_is_empty(tmp_path):
    file = tmp_path / "shelf.json"
    file.write_text("{")
    shelf = Shelf(file)
    assert shelf.find("a", SuiteRan) is None
    shelf.keep("a", SuiteRan(failed=()))
    shelf.save(all_used=True)
    assert Shelf(file).find("a", SuiteRan) == SuiteRan(failed=())
    assert Shelf(file).find("a", msgspec.defstruct("Other", ["x"])) is None
    Shelf(tmp_path / "shelf.json" / "below").save(all_used=True)


def test_a_part_of_a_lint_keeps_what_it_did_not_ask_for(tmp_path):
    for key, all_used in (("a", True), ("b", False), ("c", True)):
        shelf = Shelf(tmp_path / "shelf.json")
        shelf.keep(key, SuiteRan(failed=()))
        shelf.save(all_used=all_used)
        kept = Shelf(tmp_path / "shelf.json")
        found = [name for name in "abc" if kept.find(name, SuiteRan)]
        assert found == {"a": ["a"], "b": ["a", "b"], "c": ["c"]}[key]
