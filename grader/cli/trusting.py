"""Whose exercises are run: an exercise's own files run outside of the sandbox, as the author's.

Theory of operation. `individual.py`, given modules, examples and a `conftest.py` of an exercise are
an author's code and run with the rights of whoever grades. Where a tutor names solutions and a
folder that somebody else may have changed, the course that lies beside the solutions is what is
trusted: the folder gives the work, and its exercises have to be the course's own. Of the folder
only texts are read.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from grader.catalogue import Exercise, exercise_digest
from grader.cli.finding import exercises_under, shown_path
from grader.errors import SandboxError, UsageError
from grader.grading import Task
from grader.sandbox import Level, best_level, probe


def course_to_trust(
    exercises: Sequence[Exercise], paths: Sequence[Path], solutions: Path | None
) -> Path | None:
    """The course by which work in some folder is graded; None where the folder is the course.

    Raises UsageError when an exercise in the folder isn't the course's own. Without solutions that
    were named, the folder is the user's own course.
    """
    if solutions is None:
        return None
    course = solutions.resolve().parent / "exercises"
    strange = [one for one in exercises if one.folder.parent.resolve() != course]
    if not strange:
        return None
    named = " ".join(shown_path(path) for path in paths)
    if not any(course.glob("*/exercise.toml")):
        raise UsageError(
            f"There is no folder `exercises` beside `{shown_path(solutions)}`, by which to know "
            f"whether {named} is the course. Name it: `grade {named} --exercises COURSE "
            f"--solutions {shown_path(solutions)}`. What lies in COURSE runs as you."
        )
    ours = {one.id: exercise_digest(one, None) for one in exercises_under([course])}
    for one in strange:
        if ours.get(one.id) != exercise_digest(one, None):
            raise UsageError(
                f"`{shown_path(one.folder)}` isn't the exercise as the course has it in "
                f"`{shown_path(course)}`, and files of it would run as you. To grade the work in "
                f"it by the course: `grade {named} --exercises {shown_path(course)} --solutions "
                f"{shown_path(solutions)}`."
            )
    return course


def level_for(tasks: Sequence[Task], asked: str | None) -> Level:
    """The isolation to grade at: as asked, else the best.

    Raises SandboxError when that is less than full and work is not in the exercise's own folder:
    then it is somebody else's, and there is no silent step down.
    """
    if asked is not None:
        return Level.parse(asked)
    found = best_level()
    if found < Level.FULL and any(task.work != task.exercise.folder for task in tasks):
        raise below_full(found)
    return found


def below_full(found: Level) -> SandboxError:
    """What to say when somebody else's work would be graded with less than full isolation."""
    (full,) = probe(Level.FULL)
    missing = f"{full.reason} {full.cure}".strip() or "`grade doctor` says what is missing."
    return SandboxError(
        f"This machine gives isolation {found.label} only, and other people's programs are "
        f"graded at full. {missing} Or `--isolation {found.label}` goes on at your own risk."
    )
