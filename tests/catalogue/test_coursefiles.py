"""What the course gave is told from what somebody left in an exercise's folder."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from grader.catalogue import (
    Exercise,
    exercise_digest,
    find_given,
    given_files,
    make_starters,
    read_exercise,
)


@pytest.fixture
def exercise(write_exercise: Callable[..., Path], known: dict[str, Any]) -> Exercise:
    folder = write_exercise()
    (folder / "tariffs.py").write_text("HARROWDALE = [185]\n", encoding="utf-8")
    (folder / "examples").mkdir()
    (folder / "examples" / "test_examples.py").write_text("", encoding="utf-8")
    found = read_exercise(folder, **known)
    (folder.parent / "starters.json").write_bytes(make_starters([found]))
    return found


def test_what_a_program_leaves_is_not_given_and_changes_no_digest(exercise: Exercise) -> None:
    before = exercise_digest(exercise, None)
    (exercise.folder / "trace.log").write_text("DEBUG", encoding="utf-8")
    (exercise.folder / "helper.py").write_text("x = 1", encoding="utf-8")
    (exercise.folder / "examples" / "out.txt").write_text("x", encoding="utf-8")
    assert given_files(exercise) == ("tariffs.py",)
    assert exercise_digest(exercise, None) == before
    assert find_given(exercise).changed == ()


def test_a_given_file_that_was_changed_or_has_gone_is_named(exercise: Exercise) -> None:
    before = exercise_digest(exercise, None)
    (exercise.folder / "tariffs.py").write_bytes(b"HARROWDALE = [185]\r\n")
    assert find_given(exercise).changed == ()  # an editor on Windows
    (exercise.folder / "tariffs.py").write_text("HARROWDALE = [1]\n", encoding="utf-8")
    (exercise.folder / "examples" / "test_examples.py").unlink()
    found = find_given(exercise)
    assert (found.changed, found.missing) == (("tariffs.py",), ("examples/test_examples.py",))
    assert exercise_digest(exercise, None) != before


def test_an_exercise_that_is_not_listed_yet_has_all_that_lies_there(
    exercise: Exercise, write_exercise: Callable[..., Path], known: dict[str, Any]
) -> None:
    folder = write_exercise("fare-cap")
    (folder / "rules.md").write_text("x", encoding="utf-8")
    assert given_files(read_exercise(folder, **known)) == ("rules.md",)
