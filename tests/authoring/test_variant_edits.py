"""A reference that changes: the lint names each edit that no longer fits it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from grader.authoring import bench
from grader.authoring.linting import Course, lint
from grader.authoring.trials import Graded, Grading
from grader.results import CheckResult, Item, Outcome, Status
from grader.sandbox import best_level

SOUND = Path(__file__).parent / "sound"


@pytest.fixture
def course(tmp_path):
    shutil.copytree(SOUND, tmp_path, dirs_exist_ok=True)
    return Course(tmp_path / "exercises", tmp_path / "solutions")


def problems(course, *only):
    (one,) = lint(course, only=only, level=best_level(), cache=False).exercises
    return [problem for _, problem in one.problems]


def change(path, old, new):
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def test_an_edit_that_the_reference_has_outgrown(course):
    reference = course.solutions / "parcels/parcels.py"
    change(reference, "grams <= LIGHT:", "not grams > LIGHT:")
    (problem,) = problems(course, "schema")
    assert (problem.path, problem.line) == ("solutions/parcels/faulty.toml", 6)
    assert "`leaves_out_the_edge`, edit 1" in problem.text
    assert "line 14 is now `if not grams > LIGHT:`" in problem.text
    faulty = course.solutions / "parcels/faulty.toml"
    change(faulty, '"grams <= LIGHT"', '"not grams > LIGHT"')
    assert not problems(course, "schema")


def test_an_edit_that_fits_twice(course):
    change(course.solutions / "parcels/parcels.py", "return 5", "return 5 if grams <= LIGHT else 5")
    (problem,) = problems(course, "schema")
    assert "is 2 times in parcels.py" in problem.text


def test_a_clause_that_the_ticket_does_not_have(course):
    faulty = course.solutions / "parcels/faulty.toml"
    change(faulty, "why =", 'clauses = ["7.3"]\nwhy =')
    (problem,) = problems(course, "clauses-known")
    assert (problem.path, problem.line) == ("solutions/parcels/faulty.toml", 3)
    assert "clause 7.3 is not in the ticket" in problem.text


def test_the_program_as_it_was_given_is_held_against_the_starter(course):
    settings = course.exercises / "parcels/exercise.toml"
    table = "[checks.faulty-variants]\ngiven-is-faulty = true\n"
    settings.write_text(f"{settings.read_text('utf-8')}\n{table}", "utf-8")
    change(course.solutions / "parcels/faulty.toml", "leaves_out_the_edge", "as_it_was_given")
    (problem,) = problems(course, "solution-complete")
    assert "`as_it_was_given` is not the starter parcels.py" in problem.text


@pytest.fixture
def notes(course, monkeypatch, made_up):
    """The exercise with a file of notes, a faulty one, and how its hidden tests go: all well."""
    outcome = [Outcome.PASSED]
    change(course.exercises / "parcels/exercise.toml", '"test_p', '"notes.md", "test_p')
    for home in (course.exercises, course.solutions):
        (home / "parcels/notes.md").write_text("# Notes\n\nTwo bands.\n")
    faulty = course.solutions / "parcels/faulty.toml"
    change(faulty, 'find = "grams <= LIGHT"', 'file = "notes.md"\nfind = "Two"')
    graded = bench.run_trial

    def run_trial(task, trial, examiner):
        if not isinstance(trial, Grading) or b"Two" in dict(trial.work)["notes.md"]:
            return graded(task, trial, examiner)
        item = Item(id="test_a.py::test_it", outcome=outcome[0], sentence="It holds.")
        return Graded(
            Status.PARTLY, (CheckResult(name="artefacts", outcome=outcome[0], items=(item,)),)
        )

    monkeypatch.setattr(bench, "run_trial", run_trial)
    return outcome


def test_a_variant_of_another_file_is_for_any_hidden_test_to_catch(course, notes):
    (problem,) = problems(course, "faulty-variants-rejected")
    assert "passes the hidden suite and the tests of artefacts" in problem.text
    notes[0] = Outcome.FAILED
    assert not problems(course, "faulty-variants-rejected")
