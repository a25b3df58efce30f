"""`grade new`: what is begun can be graded, and the lint asks for the rest."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from grader.authoring.linting import Course, lint
from grader.authoring.rules import all_rules
from grader.cli.main import cli
from grader.sandbox import best_level

SOUND = Path(__file__).parent / "sound"
READING = [name for name, rule in all_rules().items() if rule.only_reads]


@pytest.fixture
def course(tmp_path, monkeypatch):
    shutil.copytree(SOUND, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    return Course(tmp_path / "exercises", tmp_path / "solutions")


def grade(*arguments):
    done = CliRunner().invoke(cli, arguments)
    return done.exit_code, f"{done.output}{done.exception or ''}"


def broken_rules(course, only):
    (one,) = lint(course, ["lend-a-bike"], only=only, level=best_level(), cache=False).exercises
    return {rule for rule, _ in one.problems}


def test_a_new_exercise_is_graded_and_only_its_todos_are_refused(course):
    (course.exercises / "starters.json").write_text('{"format": 1, "starters": {}}')
    code, said = grade("new", "lend-a-bike", "--title", "Lend a bike")
    assert code == 0
    assert "exercises/lend-a-bike/README.md" in said
    assert broken_rules(course, READING) == {"no-todo"}
    program = course.exercises / "lend-a-bike" / "program.py"
    program.write_text(program.read_text().replace("raise NotImplementedError(", "return str("))
    code, said = grade("exercises/lend-a-bike")
    assert code == 1
    assert "Lend a bike" in said
    assert "twice" in said


@pytest.mark.slow
def test_all_rules_but_one_hold_for_a_new_exercise(course):
    grade("new", "lend-a-bike")
    assert broken_rules(course, ()) == {"no-todo"}


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["parcels"], "is there already"),
        (["Lend a bike"], "use small letters, digits and hyphens"),
        (["../bike"], "use small letters, digits and hyphens"),
        (["bike", "--client", "Tapeline"], "did you mean `Tapline`?"),
        (["bike", "--track", "sing"], "The course has no track `sing`; it has build"),
        (["bike", "--title", 'Say "no"'], "leave out quotes"),
        (["bike", "--exercises", "elsewhere"], "run this where the course lies"),
    ],
)
def test_what_can_not_be_begun(course, arguments, words):
    before = sorted(course.exercises.rglob("*"))
    code, said = grade("new", *arguments)
    assert code != 0
    assert words in said
    assert sorted(course.exercises.rglob("*")) == before


def test_a_solution_that_is_there_is_not_touched(course):
    (course.solutions / "bike").mkdir()
    code, said = grade("new", "bike")
    assert code != 0
    assert "is there already" in said
    assert not (course.exercises / "bike").exists()
