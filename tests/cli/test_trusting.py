"""Whose files run as the tutor, and how much isolation somebody else's work needs."""

from __future__ import annotations

import json
import shutil
from datetime import UTC, datetime

import msgspec
import pytest
from click.testing import CliRunner

from grader.cli import run as command
from grader.cli import trusting
from grader.cli.finding import odd_clock, shown_path
from grader.cli.main import cli
from grader.cli.trusting import course_to_trust, level_for
from grader.errors import SandboxError, UsageError
from grader.grading import Task
from grader.sandbox import Level
from grader.sandbox.probe import LevelProbe
from grader.workspace.course import exercises_under
from grader.workspace.watching import Watch
from tests.copying import make_course

ID = "price-a-journey"
CANARY = "from pathlib import Path\nPath({!r}).write_text('ran')\n"
THEIRS = ("individual.py", "conftest.py", "sitecustomize.py", "examples/conftest.py", "tariff.py")


@pytest.fixture
def course(tmp_path):
    return make_course(tmp_path / "tutor", ID, solutions=True)


@pytest.fixture
def theirs(tmp_path, course):
    """A copy of the course without solutions, as an apprentice has it."""
    shutil.copytree(course, tmp_path / "theirs")
    return tmp_path / "theirs"


def grade(*words):
    """What it says of wrong use in one line, wherever the folders lie; "" when it goes on."""
    done = CliRunner().invoke(cli, list(map(str, words)))
    if isinstance(done.exception, UsageError | SandboxError):
        return " ".join(str(done.exception).split())
    assert isinstance(done.exception, SystemExit | None), done.exception
    return ""


@pytest.fixture
def no_grading(monkeypatch):
    """What would be graded, and nothing is."""
    seen = []
    monkeypatch.setattr(command, "_graded", lambda tasks, level, options: seen.extend(tasks) or [])
    return seen


@pytest.mark.parametrize("name", THEIRS)
def test_nothing_of_a_changed_exercise_runs(theirs, course, tmp_path, no_grading, name):
    canary = tmp_path / "canary"
    path = theirs / ID / name
    path.write_text(CANARY.format(str(canary)) + (path.read_text() if path.exists() else ""))
    starters = theirs / "starters.json"
    table = json.loads(starters.read_text())
    table["given"][ID][name] = "sha256:0"  # so that it counts as the course's
    starters.write_text(json.dumps(table))
    said = grade(theirs, "--solutions", course.parent / "solutions")
    assert no_grading == []
    assert "isn't the exercise as the course has it" in said
    assert f"--exercises {shown_path(course)} --solutions" in said
    assert not canary.exists()


@pytest.mark.parametrize("command", ["hint", "watch"])
def test_hint_and_watch_refuse_a_changed_exercise(theirs, course, tmp_path, command, monkeypatch):
    monkeypatch.setattr(Watch, "run", lambda *_: pytest.fail("it was watched"))
    canary = tmp_path / "canary"
    (theirs / ID / "conftest.py").write_text(CANARY.format(str(canary)))
    starters = theirs / "starters.json"
    table = json.loads(starters.read_text())
    table["given"][ID]["conftest.py"] = "sha256:0"  # so that it counts as the course's
    starters.write_text(json.dumps(table))
    solutions = course.parent / "solutions"
    said = grade(command, ID, "--exercises", theirs, "--solutions", solutions)
    assert "isn't the exercise as the course has it" in said
    assert not canary.exists()


@pytest.mark.parametrize(("year", "told"), [(1970, True), (2026, False), (2199, True)])
def test_a_clock_that_cannot_be_right_is_named(year, told):
    said = odd_clock(datetime(year, 3, 2, tzinfo=UTC))
    assert (f"clock says {year}-03-02, which can't be" in said, "set the clock" in said) == (
        told,
        told,
    )
    assert bool(said) is told


def test_a_changed_limit_or_an_unknown_exercise_is_refused(theirs, course, no_grading):
    path = theirs / ID / "exercise.toml"
    path.write_text(path.read_text() + "\n# mine\n")
    assert "isn't the exercise" in grade(theirs, "--solutions", course.parent / "solutions")
    (theirs / ID).rename(theirs / "other")
    found = exercises_under([course])
    strange = [msgspec.structs.replace(found[0], folder=theirs / "other", id="other")]
    with pytest.raises(UsageError, match="isn't the exercise"):
        course_to_trust(strange, [theirs], course.parent / "solutions")


def test_work_in_an_unchanged_copy_is_graded_by_the_courses_own(theirs, course, no_grading):
    (theirs / ID / "fares.py").write_text("x = 1\n")
    (theirs / ID / "conftest.py").write_text("raise SystemExit\n")  # nothing that the course gave
    grade(theirs, "--solutions", course.parent / "solutions")
    (task,) = no_grading
    assert task.exercise.folder == course / ID
    assert task.work.resolve() == (theirs / ID).resolve()


def test_an_authors_own_changed_exercise_is_graded(course, no_grading):
    path = course / ID / "exercise.toml"
    path.write_text(path.read_text() + "\n# mine\n")
    for words in ((course,), (course / ID, "--solutions", course.parent / "solutions")):
        no_grading.clear()
        grade(*words)
        (task,) = no_grading
        assert task.work == task.exercise.folder == course / ID


def test_without_a_course_beside_the_solutions_it_has_to_be_named(theirs, course, tmp_path):
    moved = tmp_path / "hidden" / "solutions"
    shutil.move(course.parent / "solutions", moved)
    assert "There is no folder `exercises` beside" in grade(theirs, "--solutions", moved)


@pytest.mark.parametrize("found", [Level.NONE, Level.BASIC, Level.RESTRICTED])
def test_somebody_elses_work_needs_full_isolation(theirs, course, monkeypatch, found):
    monkeypatch.setattr(trusting, "best_level", lambda: found)
    (exercise,) = exercises_under([course])
    own, others = Task(exercise, exercise.folder), Task(exercise, theirs / ID)
    assert level_for([own], None) is found
    assert level_for([others], found.label) is found
    with pytest.raises(SandboxError, match=f"isolation {found.label} only"):
        level_for([own, others], None)


def test_what_is_in_the_way_of_full_isolation_is_named(theirs, course, monkeypatch):
    reason, cure = "No more processes may be started here.", "Allow more: `ulimit -u 500`."
    found = LevelProbe(Level.FULL, False, reason, cure, ())
    monkeypatch.setattr(trusting, "best_level", lambda: Level.BASIC)
    monkeypatch.setattr(trusting, "probe", lambda _level: [found])
    (exercise,) = exercises_under([course])
    with pytest.raises(SandboxError) as refused:
        level_for([Task(exercise, theirs / ID)], None)
    assert f"{reason} {cure}" in str(refused.value)


def test_below_full_is_said_before_anything_runs(theirs, course, monkeypatch, no_grading):
    monkeypatch.setattr(trusting, "best_level", lambda: Level.BASIC)
    words = (theirs, "--exercises", course, "--solutions", course.parent / "solutions")
    assert "isolation basic only" in grade(*words)
    assert no_grading == []
    said = []
    monkeypatch.setattr(command, "_graded", lambda *_: said.append(True) or [])
    monkeypatch.setattr(command, "_say_level", lambda level: said.append(level))
    grade(course)
    grade(*words, "--isolation", "basic")
    assert said == [Level.BASIC, True, Level.BASIC, True]
