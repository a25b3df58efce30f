"""Finds the exercises under some paths, and reports the problems of all of them at once."""

from __future__ import annotations

import itertools
import stat
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path

import msgspec

from grader.catalogue.course import FILE as COURSE_FILE
from grader.catalogue.course import Course, find_course
from grader.catalogue.exercise import FILE, Exercise, Kinds, absolute, examine_exercise, in_file
from grader.catalogue.ordering import cycles, in_order
from grader.errors import ExerciseError, UsageError
from grader.escaping import visible
from grader.tables import did_you_mean


def find_exercises(
    paths: Iterable[Path],
    *,
    kinds: Kinds,
    known_codes: Collection[str],
    known_duties: Collection[str],
    need_starters: bool = True,
    closed: list[Path] | None = None,
) -> tuple[Exercise, ...]:
    """Return every exercise under `paths`, each an exercise's folder or a folder of them.

    Ordered by prerequisites, then by the tracks of `course.toml`, then by id. Folders inside one of
    `paths` that may not be read are added to `closed`, or raise UsageError where that is None.
    Raises UsageError when a path holds no exercise, ExerciseError with the problems of all.
    """
    folders = _exercise_folders(paths, closed)
    found: list[Exercise] = []
    problems: list[str] = []
    for folder in folders:
        exercise, faults = examine_exercise(
            folder,
            kinds=kinds,
            known_codes=known_codes,
            known_duties=known_duties,
            need_starters=need_starters,
        )
        problems += faults
        if exercise is not None:
            found.append(exercise)
    courses, course_problems = _courses(folders)
    problems += course_problems + _same_id_problems(folders) + _after_problems(found)
    for exercise in found:
        problems += _course_problems(exercise, courses.get(exercise.folder.parent, Course()))
    if problems:
        count = "one problem" if len(problems) == 1 else f"{len(problems)} problems"
        raise ExerciseError(f"The exercises can't be used, {count}:", tuple(problems))
    tracks = dict.fromkeys(track for course in courses.values() for track in course.tracks)
    with_markers = [
        msgspec.structs.replace(one, markers=courses[one.folder.parent].markers) for one in found
    ]
    return in_order(with_markers, tuple(tracks))


def _exercise_folders(paths: Iterable[Path], closed: list[Path] | None) -> list[Path]:
    """Return absolute folders in alphabetical order of their ids, each once."""
    folders: dict[Path, Path] = {}
    for path in paths:
        for folder in _folders_under(path, closed):
            folders.setdefault(folder.resolve(), absolute(folder))
    return sorted(folders.values(), key=lambda folder: (folder.name, folder))


def _folders_under(path: Path, closed: list[Path] | None) -> list[Path]:
    shown = visible(str(path))
    if not path.exists():
        raise UsageError(f"`{shown}` isn't there; name an exercise's folder or a folder of them.")
    if not path.is_dir():
        raise UsageError(f"`{shown}` is a file; name the exercise's folder instead.")
    if (path / FILE).is_file():
        return [path]
    try:
        inside = sorted(one for one in path.iterdir() if not one.name.startswith("."))
    except OSError as error:
        raise UsageError(f"`{shown}` can't be read: {error.strerror}.") from error
    found = [one for one in inside if _is_exercise(one, closed)]
    if found:
        return found
    deeper = path / "exercises"
    hint = f" Did you mean `{visible(str(deeper))}`?" if deeper.is_dir() else ""
    raise UsageError(
        f"There is no exercise in `{shown}`: looked for `{FILE}` in it and in the folders "
        f"directly inside it.{hint}"
    )


def _is_exercise(folder: Path, closed: list[Path] | None) -> bool:
    try:
        return stat.S_ISREG((folder / FILE).stat().st_mode)
    except PermissionError as error:
        if closed is None:
            shown = visible(str(folder))
            raise UsageError(f"`{shown}` can't be read: {error.strerror}.") from error
        closed.append(folder)
    except OSError:  # as is_file() has it: there is none
        pass
    return False


def _courses(folders: Sequence[Path]) -> tuple[dict[Path, Course], list[str]]:
    """Read the course beside each exercise, once."""
    courses: dict[Path, Course] = {}
    problems: list[str] = []
    for home in dict.fromkeys(folder.parent for folder in folders):
        try:
            courses[home] = find_course(home)
        except ExerciseError as error:
            problems += error.problems
    return courses, problems


def _same_id_problems(folders: Sequence[Path]) -> list[str]:
    """Folders are sorted by name, so equal ids stand side by side."""
    return [
        f"two exercises have the id `{visible(one.name)}`, in {visible('/'.join(one.parts[-3:]))} "
        f"and {visible('/'.join(two.parts[-3:]))}; rename one of the folders"
        for one, two in itertools.pairwise(folders)
        if one.name == two.name
    ]


def _after_problems(exercises: Sequence[Exercise]) -> list[str]:
    """Say which prerequisites don't exist (found or beside the exercise), and which go round."""
    problems: list[str] = []
    ids = {exercise.id for exercise in exercises}
    beside = {home: _ids_in(home) for home in {exercise.folder.parent for exercise in exercises}}
    for exercise in exercises:
        known = sorted(ids | beside[exercise.folder.parent])
        faults = [
            f"`after`: there is no exercise `{visible(name, 60)}`{did_you_mean(name, known)}"
            for name in exercise.after
            if name not in known
        ]
        problems += in_file(exercise.folder / FILE, faults)
    return problems + [
        f"`after` goes round in a circle: {' → '.join((*circle, circle[0]))}; take one of them out"
        for circle in cycles({exercise.id: exercise.after for exercise in exercises})
    ]


def _ids_in(home: Path) -> set[str]:
    closed: list[Path] = []  # may be an exercise, so it isn't missing
    there = {folder.name for folder in home.iterdir() if _is_exercise(folder, closed)}
    return there.union(folder.name for folder in closed)


def _course_problems(exercise: Exercise, course: Course) -> tuple[str, ...]:
    """Say which client and track the course doesn't have; one that lists none takes all."""
    pairs = (("client", exercise.client, course.clients), ("track", exercise.track, course.tracks))
    faults = [
        f"`{key}`: `{visible(name, 60)}` isn't in {COURSE_FILE}{did_you_mean(name, known)}"
        for key, name, known in pairs
        if known and name not in known
    ]
    return in_file(exercise.folder / FILE, faults)
