"""The course around the exercises: `course.toml`, and the table of contents that it gives."""

from __future__ import annotations

import keyword
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Annotated

import msgspec

from grader.catalogue.exercise import FILE as EXERCISE_FILE
from grader.catalogue.exercise import Exercise, absolute, in_file
from grader.errors import ExerciseError
from grader.escaping import visible
from grader.tables import build, load_toml, split_format

FILE = "course.toml"
# The grader's own markers, then those of pytest and hypothesis.
TAKEN_MARKERS = frozenset(
    {
        *("ksb", "behaviour", "must", "hint", "feedback", "clause"),
        *("filterwarnings", "parametrize", "skip", "skipif", "usefixtures", "xfail"),
        *("tryfirst", "trylast", "hypothesis", "no_cover"),
    }
)
FORMAT = 1


class Attempts(msgspec.Struct, frozen=True, kw_only=True, rename="kebab"):
    """What a course asks of hand-ins of one exercise; 0 is no limit.

    A hand-in beyond `allowed`, or one that comes sooner than `wait-hours` after the last that
    counted, is graded as practice.
    """

    allowed: Annotated[int, msgspec.Meta(ge=0, le=1000)] = 0
    wait_hours: Annotated[float, msgspec.Meta(ge=0, le=10_000)] = 0.0


class Retention(msgspec.Struct, frozen=True, kw_only=True):
    """How many months after somebody's last hand-in their record is kept; 0 is undecided."""

    months: Annotated[int, msgspec.Meta(ge=0, le=240)] = 0


class Course(msgspec.Struct, frozen=True, kw_only=True, rename="kebab"):
    """What exercises share. A folder without `course.toml` has these defaults.

    `clients` maps a client's name to a line on it, `tracks` a track's id to its title, in the
    order of the file. `salt` is public. `levels`, `facets` and `musts` are the file's tables as
    they stand; the rules of evidence interpret them. `markers` are pytest markers that hidden
    suites may use beside the grader's own, each with a line on what it is for.
    """

    title: str = "Practice exercises"
    clients: Mapping[str, str] = {}
    tracks: Mapping[str, str] = {}
    salt: str = ""
    levels: Mapping[str, object] = {}
    facets: Mapping[str, object] = {}
    musts: Mapping[str, object] = {}
    markers: Mapping[str, str] = {}
    attempts: Attempts = Attempts()
    retention: Retention = Retention()


class Track(msgspec.Struct, frozen=True, kw_only=True):
    """One track of a course and its exercises in order."""

    id: str
    title: str
    exercises: tuple[Exercise, ...]


def find_course(folder: Path) -> Course:
    """Read the `course.toml` of a folder of exercises, or the one beside a single exercise.

    Raises ExerciseError with one line for each problem.
    """
    home = absolute(folder)
    path = (home.parent if (home / EXERCISE_FILE).is_file() else home) / FILE
    if not path.is_file():
        return Course()
    document, problems = load_toml(path)
    course: Course | None = None
    if not problems:
        table, problems, readable = split_format(document, FORMAT)
        if readable:
            course, faults = build(table, Course)
            problems += faults
            problems += _marker_problems(course.markers if course else {})
    if course is None or problems:
        raise ExerciseError("The course can't be used:", in_file(path, problems))
    return course


def _marker_problems(markers: Mapping[str, str]) -> list[str]:
    """Say which names of markers pytest or the grader can't take."""
    problems = []
    for name, text in markers.items():
        place = f"`markers.{visible(name, 60)}`"
        if not name.isascii() or not name.isidentifier() or keyword.iskeyword(name):
            problems.append(f"{place}: a marker's name has letters, digits and `_`, as in `slow`")
        elif name in TAKEN_MARKERS:
            problems.append(f"{place}: pytest or the grader has that one; take another name")
        elif not text.strip():
            problems.append(f"{place}: say in a few words what the marker is for")
    return problems


def tracks(exercises: Iterable[Exercise], course: Course) -> tuple[Track, ...]:
    """Group exercises by track: the course's order, then tracks that it doesn't name.

    Tracks without an exercise are left out; a track that the course doesn't name keeps its id
    as its title.
    """
    members: dict[str, list[Exercise]] = {name: [] for name in course.tracks}
    for exercise in exercises:
        members.setdefault(exercise.track, []).append(exercise)
    return tuple(
        Track(id=name, title=course.tracks.get(name, name), exercises=tuple(found))
        for name, found in members.items()
        if found
    )
