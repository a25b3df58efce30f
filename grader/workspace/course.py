"""Finds the course from wherever one is, and the exercises in it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from grader.catalogue import Exercise, find_exercises
from grader.checks import all_checks
from grader.errors import UsageError
from grader.escaping import visible
from grader.standard import standard
from grader.tables import did_you_mean, listed


def exercises_under(
    paths: Sequence[Path], *, need_starters: bool = True, closed: list[Path] | None = None
) -> tuple[Exercise, ...]:
    """The exercises under some paths, in course order.

    Folders that may not be read are added to `closed`, or raise where that is None.
    """
    return find_exercises(
        paths,
        kinds={name: check.options for name, check in all_checks().items()},
        known_codes=standard().ksbs,
        known_duties=standard().duties,
        need_starters=need_starters,
        closed=closed,
    )


def course_folder(named: Path | None) -> Path:
    """The folder of exercises: as named, or the nearest here or above, from wherever one is."""
    if named is not None:
        return named
    here = Path.cwd()
    for folder in (here, *here.parents):
        for one in (folder, folder / "exercises"):
            is_course = one.name == "exercises" or (one / "course.toml").is_file()
            if is_course and any(one.glob("*/exercise.toml")):
                return one
    raise UsageError(
        "There are no exercises in this folder or above it. Go to the folder of your course (the "
        "one with `exercises` in it), or name the folder of exercises with --exercises."
    )


def one_exercise(text: str, exercises: Sequence[Exercise]) -> Exercise:
    """The exercise that is meant by its id or by its folder."""
    ids = [exercise.id for exercise in exercises]
    name = Path(text).name if "/" in text else text
    if name not in ids:
        near = did_you_mean(name, ids) or f"; there are {listed(ids)}"
        raise UsageError(f"There is no exercise `{visible(name, 60)}`{near}")
    return exercises[ids.index(name)]
