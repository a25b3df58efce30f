"""Drives without locks, permissions or syncing: state is kept, a report is never lost to them."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
REFUSING = Path(__file__).with_name("refusing.py")
GRADE = [sys.executable, "-P", "-m", "grader"]
EXERCISE = "price-a-journey"
RIGHT = ROOT / "tests" / "submissions" / EXERCISE / "correct-plain" / "work"


@pytest.fixture
def course(tmp_path):
    """One exercise with right work, and its solution."""
    for side in ("exercises", "solutions"):
        shutil.copytree(ROOT / side / EXERCISE, tmp_path / side / EXERCISE)
    shutil.copytree(RIGHT, tmp_path / "exercises" / EXERCISE, dirs_exist_ok=True)
    return tmp_path


def grade(course, *words, refused=(), **environ):
    before = [sys.executable, str(REFUSING), *refused, "--"] if refused else []
    return subprocess.run(
        [*before, *GRADE, *words],
        cwd=course,
        env={**os.environ, **environ},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.mark.slow
@pytest.mark.parametrize(
    "refused", [["flock=ENOLCK"], ["fchmod=EPERM", "fsync=EINVAL"]], ids=lambda one: one[0]
)
def test_identity_and_hints_are_kept(course, refused):
    begun = grade(course, "start", "--id", "heron-1234", refused=refused)
    assert "heron-1234" in begun.stdout, begun.stderr
    hint = grade(course, "hint", EXERCISE, refused=refused)
    assert "Hint 1" in hint.stdout, hint.stderr
    assert "Hint 2" in grade(course, "hint", EXERCISE).stdout


@pytest.mark.parametrize("refused", [["flock=ENOLCK"], ["fsync=EIO"]], ids=lambda one: one[0])
@pytest.mark.slow
def test_a_report_is_shown_whatever_becomes_of_the_state(course, refused):
    grade(course, "start", "--id", "heron-1234")
    done = grade(course, f"exercises/{EXERCISE}", refused=refused)
    assert (done.returncode, done.stderr) == (0, "")
    assert "Price a journey: met" in done.stdout


@pytest.mark.slow
def test_a_cohort_without_locks_is_told_why_and_has_a_way(course, tmp_path):
    work = tmp_path / "submissions" / "ann" / EXERCISE
    shutil.copytree(RIGHT, work)
    words = ("cohort", "submissions")
    refused = grade(course, *words, refused=["flock=ENOLCK"])
    assert refused.returncode == 2
    assert "has no locks" in refused.stderr
    assert "another `grade`" not in refused.stderr
    done = grade(course, *words, refused=["flock=ENOLCK"], GRADE_WITHOUT_LOCKS="1")
    assert "1 hand-in graded" in done.stdout, done.stderr
    again = grade(course, *words)  # on a drive that has them, the same file
    assert "as before" in again.stdout or "known" in again.stdout, again.stdout


def test_a_held_lock_is_still_told_as_that(course, tmp_path):
    import fcntl

    (tmp_path / "submissions").mkdir()
    with (course / "gradebook.db.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        done = grade(course, "cohort", "submissions", GRADE_WITHOUT_LOCKS="1")
    assert "being written by another `grade`" in done.stderr


def test_a_full_standard_output_is_named(course):
    with open("/dev/full", "w") as full:
        done = subprocess.run(
            [*GRADE, "catalogue"], cwd=course, stdout=full, stderr=subprocess.PIPE, text=True
        )
    assert done.returncode == 2
    assert done.stderr == (
        "What this command prints can't be written: the disk is full. Make room, then run this "
        "again.\n"
    )


@pytest.mark.slow
def test_a_relative_folder_for_the_cache_is_not_made(course):
    """A place that isn't a whole path counts for nothing, as the XDG rules say."""
    before = sorted(path.name for path in course.iterdir())
    done = grade(course, f"exercises/{EXERCISE}", XDG_CACHE_HOME="kept", TMPDIR="")
    assert done.returncode == 0, done.stderr
    assert sorted(path.name for path in course.iterdir()) == before


@pytest.mark.slow
def test_a_path_in_other_bytes_is_written_out(course, tmp_path):
    """A folder that was named on an older system, in Latin-1."""
    odd = os.fsencode(tmp_path) + b"/lat\xe9in"
    os.rename(course / "exercises", odd)
    done = grade(course, os.fsdecode(odd + b"/price-a-journey"), "--json", "-")
    assert done.returncode == 0, done.stderr
    assert "lat" in json.loads(done.stdout)["submission"]
