"""`course.toml`: defaults without one, all its problems at once, and the table of contents."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from grader.catalogue import Course, find_course, find_exercises, tracks
from grader.errors import ExerciseError

TEXT = """\
format = 1
title = "Workshop"
salt = "harbour"
[clients]
Tapline = "smart-card ticketing"
Wayfare = "journey planning"
[tracks]
test = "Test"
build = "Build components"
[levels]
consistent = { exercises = 2 }
[facets.S26]
needed = 2
[musts.no-row-lost]
ksb = "S4"
"""


def test_without_a_file_there_are_defaults(exercises: Path) -> None:
    assert find_course(exercises) == Course()


def test_the_course_beside_the_exercises(
    exercises: Path, write_exercise: Callable[..., Path]
) -> None:
    (exercises / "course.toml").write_text(TEXT, encoding="utf-8")
    course = find_course(exercises)
    assert (course.title, course.salt) == ("Workshop", "harbour")
    assert course.clients["Wayfare"] == "journey planning"
    assert list(course.tracks.items()) == [("test", "Test"), ("build", "Build components")]
    assert course.levels == {"consistent": {"exercises": 2}}
    assert course.facets == {"S26": {"needed": 2}}
    assert course.musts == {"no-row-lost": {"ksb": "S4"}}
    assert find_course(write_exercise()) == course


def test_all_problems_at_once(exercises: Path) -> None:
    text = TEXT.replace("format = 1", "format = 0").replace("[tracks]", "[track]")
    text = text.replace('"harbour"', "7").replace('"journey planning"', "[]")
    (exercises / "course.toml").write_text(text, encoding="utf-8")
    with pytest.raises(ExerciseError) as caught:
        find_course(exercises)
    assert sorted(caught.value.problems) == [
        "exercises/course.toml: `clients`, `Wayfare`: expected text, found a list of 0",
        "exercises/course.toml: `format`: expected 1, found the whole number 0",
        "exercises/course.toml: `salt`: expected text, found the whole number 7",
        "exercises/course.toml: key `track` is unknown; did you mean `tracks`?",
    ]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("format = 9", ": `format` is 9 but this grader reads 1: update the grader"),
        ("format", " isn't valid TOML: "),
    ],
)
def test_a_file_that_cannot_be_read(exercises: Path, text: str, problem: str) -> None:
    (exercises / "course.toml").write_text(text, encoding="utf-8")
    with pytest.raises(ExerciseError) as caught:
        find_course(exercises)
    assert caught.value.problems[0].startswith(f"exercises/course.toml{problem}")


def test_tracks_group_exercises_in_the_courses_order(
    exercises: Path, write_exercise: Callable[..., Path], known: dict[str, Any]
) -> None:
    write_exercise("a")
    write_exercise("b", ('"build"', '"test"'))
    write_exercise("c")
    found = find_exercises([exercises], **known)
    course = Course(tracks={"test": "Test", "empty": "Nothing yet"})
    contents = [(one.id, one.title, [e.id for e in one.exercises]) for one in tracks(found, course)]
    assert contents == [("test", "Test", ["b"]), ("build", "build", ["a", "c"])]


def test_attempts_and_retention_are_off_unless_they_are_set(exercises: Path) -> None:
    assert (Course().attempts.allowed, Course().attempts.wait_hours) == (0, 0)
    more = "[attempts]\nallowed = 3\nwait-hours = 12\n[retention]\nmonths = 24\n"
    (exercises / "course.toml").write_text(f"format = 1\n{more}", encoding="utf-8")
    course = find_course(exercises)
    assert (course.attempts.allowed, course.attempts.wait_hours) == (3, 12)
    assert course.retention.months == 24
    (exercises / "course.toml").write_text("format = 1\n[attempts]\nallowed = -1\n")
    with pytest.raises(ExerciseError, match="attempts"):
        find_course(exercises)
