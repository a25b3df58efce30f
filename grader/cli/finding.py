"""What the commands look for in the same way: exercises, the course, solutions."""

from __future__ import annotations

import os
from collections.abc import Collection, Sequence
from datetime import datetime
from pathlib import Path

from rich.console import Console

from grader.catalogue import Course, Exercise, find_course
from grader.checks.preparing import prepare
from grader.errors import GraderError, UsageError
from grader.escaping import visible
from grader.grading import Task
from grader.reports.paper import Paper
from grader.standard import standard
from grader.tables import did_you_mean, listed
from grader.workspace import Workspace, learner_of
from grader.workspace.course import course_folder as course_folder
from grader.workspace.course import exercises_under as exercises_under
from grader.workspace.course import one_exercise as one_exercise

_CLOCK_FROM, _CLOCK_TO = 2024, 2107  # before there was a grader; the last year of a zip file


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


def refuse_unknown_ids(named: Collection[str], known: Sequence[str]) -> None:
    """Raise UsageError when --only names an exercise that the course doesn't have."""
    for one in named:
        if one not in known:
            # "pricing" is no near spelling of "price-a-journey", and begins alike.
            begins = [name for name in known if name[:4] == one.strip().casefold()[:4]]
            hint = did_you_mean(one, known) or did_you_mean(begins[0] if begins else "", known)
            raise UsageError(
                f"There is no exercise `{visible(one, 60)}`{hint or f'; there is {listed(known)}'}"
            )


def task_for(exercise: Exercise, solutions: Path | None, work: Path | None = None) -> Task:
    """What to grade: the exercise's own folder, or somebody's `work`."""
    solution = solutions / exercise.id if solutions is not None else None
    if solution is not None and not solution.is_dir():
        solution = None
    if work is not None:
        return Task(exercise, work, solution)
    # Worked on in place: the data are those of whoever's copy it is.
    return Task(exercise, exercise.folder, solution, learner=learner_of(exercise.folder.parent))


def odd_clock(now: datetime) -> str:
    """What to say when this computer's clock can't be right; "" when it may be."""
    if _CLOCK_FROM <= now.year <= _CLOCK_TO:
        return ""
    return (
        f"This computer's clock says {now:%Y-%m-%d}, which can't be. Nothing is lost by it, but "
        "dates in reports will be wrong: set the clock."
    )


def shown_path(path: Path) -> str:
    """A path as one would type it here."""
    near = os.path.relpath(path)
    return visible(str(path) if near.startswith("../../..") else near)


def prepare_own(exercise: Exercise, paper: Paper) -> tuple[str, ...]:
    """Write questions and data of the apprentice's own into their folder; the files written.

    What is answered already is kept. What stands in the way is said, and stops nothing else.
    """
    try:
        return prepare(exercise, learner_of(exercise.folder.parent), exercise.folder)
    except GraderError as error:
        paper.put((str(error), "yellow"))
        return ()


def say_notices(workspace: Workspace, console: Console) -> None:
    """Say what there is to say of the apprentice's own state, once."""
    for notice in workspace.notices:
        Paper(console).put((notice, "yellow"))
    workspace.notices.clear()


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
