"""When a watch checks, and when it doesn't: every look and every key in a known order."""

from __future__ import annotations

import io
import os

import pytest
from rich.console import Console

from grader.errors import SandboxError
from grader.grading import Task
from grader.results import Digests, ExerciseResult, Status
from grader.sandbox import Level
from grader.workspace import watching
from grader.workspace.keys import CLOSED, RESIZED
from grader.workspace.looking import Watched
from grader.workspace.screen import Screen
from grader.workspace.watching import Watch


class Script:
    """Events as a list: each is done when the watch waits for the next time."""

    def __init__(self, *steps):
        self.steps = list(steps)

    def wait(self, _seconds):
        if not self.steps:
            return (CLOSED,)
        step = self.steps.pop(0)
        if callable(step):
            step()
            return ()
        return step


@pytest.fixture
def checked(monkeypatch, exercise):
    """What was in fares.py at each check, or the id of another exercise."""
    seen = []

    def grade(task, _examiner):
        file = task.work / task.exercise.work[0]
        ours = task.exercise.id == exercise.id
        text = file.read_text() if file.exists() else None
        seen.append(text if ours else task.exercise.id)
        if text == "trouble\n":
            raise SandboxError("The sandbox has gone.")
        return ExerciseResult(
            id=task.exercise.id, title="A title", client="C", track="t", difficulty=1,
            status=Status.NOT_STARTED, digest=Digests(exercise="", work=""),
        )  # fmt: skip

    monkeypatch.setattr(watching, "grade_one", grade)
    monkeypatch.setattr(Watch, "_prepare", lambda _self: None)
    return seen


@pytest.fixture
def run(exercises, exercise, workspace, checked):
    output = io.StringIO()

    def watch(*steps, live=True, height=30):
        console = Console(file=output, force_terminal=live, width=80, height=height)
        one = Watch(
            exercises,
            exercise,
            Level.FULL,
            lambda chosen: Task(chosen, chosen.folder),
            workspace,
            Screen(console, live=live),
        )
        one.run(Script(*steps))
        return output.getvalue()

    return watch


@pytest.fixture
def write(exercise):
    (exercise.folder / "fares.py").write_text("start\n")

    def later(text):
        def now():
            path = exercise.folder / "fares.py"
            if text is None:
                path.unlink()
                return
            path.write_text(text)
            # Two writes may fall into one tick of the clock.
            os.utime(path, ns=(0, later.count))
            later.count += 1

        return now

    later.count = 1
    return later


NOTHING = ()


def test_a_save_is_checked_once(run, write, checked):
    run(NOTHING, write("new\n"), NOTHING, NOTHING, NOTHING)
    assert checked == ["start\n", "new\n"]


def test_a_file_that_is_still_being_written_is_not_checked(run, write, checked):
    run(write("ne"), write("new te"), write("new text\n"), NOTHING, NOTHING)
    assert checked == ["start\n", "new text\n"]


def test_saving_the_same_text_is_no_change(run, write, checked):
    run(write("start\n"), NOTHING, write("x"), write("start\n"), NOTHING, NOTHING)
    assert checked == ["start\n"]


def test_a_deleted_file_is_checked_as_such_and_comes_back(run, write, checked):
    run(write(None), NOTHING, NOTHING, write("again\n"), NOTHING, NOTHING)
    assert checked == ["start\n", None, "again\n"]


def test_an_editor_that_renames_is_one_save(run, write, checked):
    run(write(None), write("saved\n"), NOTHING, NOTHING)
    assert checked == ["start\n", "saved\n"]


def test_keys(run, write, checked):
    shown = run(("r",), ("x", "h"), (RESIZED,), ("n",), ("q",), ("r",))
    assert checked == ["start\n", "start\n", "first-unit"]
    assert "Hint 1 of 5 in the ticket" in shown
    assert "h hint · n next exercise · r run again · q quit" in shown


def test_a_key_while_a_save_settles_is_not_lost(run, write, checked):
    shown = run(write("new\n"), ("h",), NOTHING)
    assert checked == ["start\n", "new\n"]
    assert "Hint 1 of 5" in shown


def test_trouble_is_shown_and_the_watch_goes_on(run, write, checked):
    shown = run(write("trouble\n"), NOTHING, NOTHING, write("fine\n"), NOTHING, NOTHING)
    assert "The sandbox has gone." in shown
    assert checked == ["start\n", "trouble\n", "fine\n"]


def test_what_does_not_fit_is_said(run, write, checked):
    shown = run(NOTHING, height=8)
    assert "more lines: make this window taller" in shown


def test_a_log_where_there_is_no_terminal(run, write, checked):
    shown = run(write("new\n"), NOTHING, NOTHING, live=False)
    assert shown.count("== ") == 2
    assert "\x1b" not in shown
    assert "quit" not in shown


def test_what_is_no_file_or_very_large_is_told_apart_by_its_dates(exercise, monkeypatch):
    monkeypatch.setattr("grader.workspace.looking.LONGEST", 3)
    watched = Watched(exercise)
    first = watched.look()
    assert watched.look() == first
    (exercise.folder / "fares.py").unlink()
    (exercise.folder / "fares.py").mkdir()
    assert watched.look() != first
