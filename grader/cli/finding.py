"""What the commands look for in the same way: exercises, the course, solutions."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from grader.catalogue import Course, Exercise, find_course, find_exercises
from grader.checks import all_checks
from grader.errors import UsageError
from grader.grading import Task
from grader.standard import standard
from grader.tables import did_you_mean


def exercises_under(paths: Sequence[Path], *, need_starters: bool = True) -> tuple[Exercise, ...]:
    """The exercises under some paths, in course order."""
    return find_exercises(
        paths,
        kinds={name: check.options for name, check in all_checks().items()},
        known_codes=standard().ksbs,
        known_duties=standard().duties,
        need_starters=need_starters,
    )


def course_of(exercises: Sequence[Exercise]) -> Course:
    """The course that the first exercise belongs to."""
    return find_course(exercises[0].folder.parent)


def solutions_for(exercises: Sequence[Exercise], named: Path | None) -> Path | None:
    """The folder of solutions: as named, or beside the folder of exercises, or none."""
    if named is not None:
        if not named.is_dir():
            raise UsageError(f"`{named}` isn't a folder; --solutions names where solutions lie.")
        return named.resolve()
    beside = exercises[0].folder.parent.parent / "solutions"
    return beside if beside.is_dir() else None


def task_for(exercise: Exercise, solutions: Path | None, work: Path | None = None) -> Task:
    """What to grade: the exercise's own folder, or somebody's `work`."""
    solution = solutions / exercise.id if solutions is not None else None
    if solution is not None and not solution.is_dir():
        solution = None
    return Task(exercise, work or exercise.folder, solution)


def code_known(code: str) -> str:
    """A KSB as the standard writes it; UsageError with the nearest when there is none."""
    found = code.strip().upper()
    known = standard().ksbs
    if found not in known:
        raise UsageError(f"The standard has no KSB `{code}`{did_you_mean(found, list(known))}")
    return found


def duty_known(code: str) -> str:
    """A duty as the standard writes it."""
    found = code.strip().upper()
    known = standard().duties
    if found not in known:
        raise UsageError(f"The standard has no duty `{code}`{did_you_mean(found, list(known))}")
    return found
