"""Telling work that nobody has begun, and the digest of an exercise."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.catalogue import (
    Exercise,
    exercise_digest,
    is_untouched,
    make_starters,
    read_exercise,
    read_starters,
    text_digest,
)
from grader.errors import ExerciseError

STARTER = b'"""Fares."""\n\n\ndef price(zones):\n    ...\n'


@pytest.fixture
def exercise(write_exercise: Callable[..., Path], known: dict[str, Any]) -> Exercise:
    folder = write_exercise()
    (folder / "fares.py").write_bytes(STARTER)
    return read_exercise(folder, **known)


def test_starters_are_sorted_stable_and_come_back(exercise: Exercise, exercises: Path) -> None:
    text = make_starters([exercise])
    document = json.loads(text)
    assert document["format"] == 1
    assert list(document["starters"]["price-a-journey"]) == ["fares.py", "test_fares.py"]
    assert document["starters"]["price-a-journey"]["fares.py"].startswith("sha256:")
    assert text.endswith(b"}\n")
    (exercises / "starters.json").write_bytes(text)
    assert read_starters(exercises) == document["starters"]
    (exercise.folder / "fares.py").write_bytes(STARTER.replace(b"\n", b"\r\n"))
    assert make_starters([exercise]) == text


@pytest.mark.parametrize(
    ("files", "untouched"),
    [
        ({"fares.py": STARTER, "test_fares.py": b""}, True),
        ({"fares.py": STARTER}, True),
        ({}, True),
        ({"fares.py": STARTER.replace(b"\n", b"\r\n"), "test_fares.py": b"\r\n"}, True),
        ({"fares.py": b"\xef\xbb\xbf" + STARTER.replace(b"...", b"...  \t")}, True),
        ({"fares.py": STARTER.rstrip()}, True),
        ({"fares.py": STARTER, "test_fares.py": b"x"}, False),
        ({"fares.py": b""}, False),
        ({"fares.py": STARTER.replace(b"    ...", b"...")}, False),
        ({"fares.py": STARTER, "notes.txt": b"much"}, True),
    ],
)
def test_is_untouched(exercise: Exercise, files: dict[str, bytes], untouched: bool) -> None:
    starters = json.loads(make_starters([exercise]))["starters"]
    assert is_untouched(exercise, files, starters) is untouched


def test_without_digests_it_is_not_known(exercise: Exercise, exercises: Path) -> None:
    assert read_starters(exercises) == {}
    assert is_untouched(exercise, {"fares.py": STARTER}, {}) is None
    known = json.loads(make_starters([exercise]))["starters"]
    del known["price-a-journey"]["test_fares.py"]
    assert is_untouched(exercise, {"fares.py": STARTER, "test_fares.py": b""}, known) is None
    assert is_untouched(exercise, {"fares.py": b"x", "test_fares.py": b""}, known) is False


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("{", "exercises/starters.json isn't a list of starters: "),
        ('{"format": 1}', "exercises/starters.json isn't a list of starters: "),
        ('{"format": 1, "starters": {"a": {"b": 1}}}', "exercises/starters.json isn't a list"),
        ('{"format": 2, "starters": {}}', "exercises/starters.json: `format` is 2 but"),
        ('{"format": 1, "starters": {"\\ud800": {}}}', "exercises/starters.json isn't a list"),
    ],
)
def test_a_file_that_cannot_be_used(exercises: Path, text: str, problem: str) -> None:
    (exercises / "starters.json").write_text(text, encoding="utf-8")
    with pytest.raises(ExerciseError) as caught:
        read_starters(exercises)
    assert caught.value.problems[0].startswith(problem)


def test_a_starter_that_has_gone(exercise: Exercise) -> None:
    (exercise.folder / "fares.py").unlink()
    with pytest.raises(ExerciseError, match=r"^The starter `fares.py` of `price-a-journey` can't"):
        make_starters([exercise])


LINES = st.lists(st.text(alphabet="ab \t", max_size=4), max_size=4)


@settings(deadline=None)
@given(LINES, st.sampled_from(["\n", "\r\n", "\r"]), st.text(alphabet=" \t", max_size=2))
def test_line_ends_and_trailing_white_space_never_count(
    lines: list[str], end: str, trailing: str
) -> None:
    exercise = Exercise(
        id="a", folder=Path(), title="a", client="c", track="t", difficulty=1, minutes=1,
        duties=(), ksbs=(), work=("a.py",),
    )  # fmt: skip
    starters = {"a": {"a.py": text_digest("\n".join(lines).encode())}}
    saved = "".join(line + trailing + end for line in lines).encode()
    assert is_untouched(exercise, {"a.py": saved}, starters) is True
    assert is_untouched(exercise, {"a.py": saved + b"x"}, starters) is False


def test_the_digest_of_an_exercise_covers_both_folders_but_not_the_work(
    exercise: Exercise, tmp_path: Path
) -> None:
    solution = tmp_path / "solution"
    (solution / "hidden").mkdir(parents=True)
    suite = solution / "hidden" / "test_fares.py"
    suite.write_text("a", encoding="utf-8")
    alone, both = exercise_digest(exercise, None), exercise_digest(exercise, solution)
    assert alone != both
    assert exercise_digest(exercise, tmp_path / "nowhere") == alone
    (exercise.folder / "fares.py").write_text("x = 1", encoding="utf-8")
    (exercise.folder / "__pycache__").mkdir()
    (exercise.folder / "__pycache__" / "fares.pyc").touch()
    assert exercise_digest(exercise, solution) == both
    suite.write_text("b", encoding="utf-8")
    assert exercise_digest(exercise, solution) != both
    suite.write_text("a", encoding="utf-8")
    (exercise.folder / "tariff.csv").touch()
    assert exercise_digest(exercise, solution) != both
