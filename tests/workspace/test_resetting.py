"""Starters come back, and whatever they replaced can come back too."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.cli.finding import exercises_under
from grader.errors import SubmissionError, UsageError
from grader.workspace import Workspace
from grader.workspace.resetting import changes, keep_pristine, last_replaced, reset, undo

ROOT = Path(__file__).parents[2]


@pytest.fixture
def kept(workspace, exercises):
    keep_pristine(workspace, exercises)
    return workspace


def contents(exercise):
    return {name: (exercise.folder / name).read_bytes() for name in exercise.work}


def test_a_starter_that_was_never_kept_is_said_plainly(workspace, exercise):
    with pytest.raises(SubmissionError, match=r"isn't kept here.*pack that your tutor"):
        changes(workspace, exercise, [])
    (workspace.folder.parent / ".git").mkdir()
    with pytest.raises(SubmissionError, match=r"copy it first.*git checkout HEAD -- exercises/pri"):
        changes(workspace, exercise, ["fares.py"])


def test_only_what_is_untouched_is_kept(workspace, exercises, exercise):
    (exercise.folder / "fares.py").write_text("mine\n")
    (exercise.folder / "tariffs.py").write_text("mine too\n")
    keep_pristine(workspace, exercises)
    there = workspace.folder / "pristine" / exercise.id
    assert not (there / "fares.py").exists()
    assert not (there / "tariffs.py").exists()
    assert (there / "test_fares.py").is_file()


def test_reset_and_undo_and_undo_again(kept, exercise):
    starters = contents(exercise)
    assert changes(kept, exercise, []) == ()
    (exercise.folder / "fares.py").write_text("one\ntwo\n")
    (exercise.folder / "test_fares.py").unlink()
    planned = changes(kept, exercise, [])
    assert [(one.file, one.lines) for one in planned] == [("fares.py", 2), ("test_fares.py", 0)]
    reset(kept, exercise, planned)
    assert contents(exercise) == starters
    undo(kept, exercise, last_replaced(kept, exercise))
    assert (exercise.folder / "fares.py").read_text() == "one\ntwo\n"
    undo(kept, exercise, last_replaced(kept, exercise))
    assert contents(exercise) == starters


def test_files_by_name_also_given_ones(kept, exercise):
    (exercise.folder / "fares.py").write_text("mine\n")
    tariffs = (exercise.folder / "tariffs.py").read_bytes()
    (exercise.folder / "tariffs.py").unlink()
    planned = changes(kept, exercise, [f"exercises/{exercise.id}/tariffs.py"])
    reset(kept, exercise, planned)
    assert (exercise.folder / "tariffs.py").read_bytes() == tariffs
    assert (exercise.folder / "fares.py").read_text() == "mine\n"


@pytest.mark.parametrize("name", ["fare.py", "../first-unit/zones.py", "README.md", "/etc/passwd"])
def test_other_files_are_refused(kept, exercise, name):
    with pytest.raises(UsageError, match="isn't a file of price-a-journey"):
        changes(kept, exercise, [name])


def test_nothing_to_bring_back(kept, exercise):
    with pytest.raises(SubmissionError, match="nothing to bring back"):
        last_replaced(kept, exercise)


def test_a_starter_of_an_older_course_is_not_put_back(kept, exercise):
    (kept.folder / "pristine" / exercise.id / "fares.py").write_text("old starter\n")
    with pytest.raises(SubmissionError, match="isn't kept here"):
        changes(kept, exercise, ["fares.py"])


@settings(deadline=None, max_examples=15)
@given(st.lists(st.one_of(st.binary(max_size=30), st.just("reset")), max_size=6))
def test_no_text_is_ever_lost(tmp_path_factory, steps):
    exercises = _course(tmp_path_factory.mktemp("course"))
    workspace, exercise = Workspace(exercises[0].folder.parent), exercises[0]
    keep_pristine(workspace, exercises)
    file = exercise.folder / "fares.py"
    for step in steps:
        if step != "reset":
            file.write_bytes(step)
            continue
        before = file.read_bytes()
        planned = changes(workspace, exercise, ["fares.py"])
        reset(workspace, exercise, planned)
        if planned:
            assert last_replaced(workspace, exercise)[0].after == before


def _course(folder):
    shutil.copytree(ROOT / "exercises" / "price-a-journey", folder / "exercises/price-a-journey")
    shutil.copy(ROOT / "exercises" / "starters.json", folder / "exercises")
    return exercises_under([folder / "exercises"])
