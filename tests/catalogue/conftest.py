"""A small course in a temporary folder, and the two kinds of check that it knows."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import msgspec
import pytest
from msgspec import Meta


class HiddenSuite(msgspec.Struct, frozen=True, kw_only=True, rename="kebab"):
    ksbs: tuple[str, ...] = ()
    needed: float = 0.9
    required: bool = True
    shared: bool = False


class OwnTests(msgspec.Struct, frozen=True, kw_only=True, rename="kebab"):
    ksbs: tuple[str, ...] = ()
    needed: float = 1.0
    required: bool = True
    branch_coverage: Annotated[float, Meta(ge=0, le=100)] = 80.0


SOUND = """\
format = 1
title = "Price a journey"
client = "Tapline"
track = "build"
after = []
difficulty = 1
minutes = 45
duties = ["D1", "D7"]
ksbs = ["S1", "S15", "K19"]
work = ["fares.py", "test_fares.py"]

[checks.own-tests]
branch-coverage = 90
[checks.hidden-suite]
ksbs = ["S1", "K19"]
needed = 0.8

[sandbox]
loopback = true
seconds = 5
"""

WriteExercise = Callable[..., Path]


@pytest.fixture
def known() -> dict[str, Any]:
    """What every reading needs besides the path."""
    return {
        "kinds": {"hidden-suite": HiddenSuite, "own-tests": OwnTests},
        "known_codes": {"S1", "S5", "S15", "K19", "B1"},
        "known_duties": {"D1", "D7"},
    }


@pytest.fixture
def exercises(tmp_path: Path) -> Path:
    folder = tmp_path / "exercises"
    folder.mkdir()
    return folder


@pytest.fixture
def write_exercise(exercises: Path) -> WriteExercise:
    """Write `exercises/<id>`; pairs of old and new text change the sound `exercise.toml`."""

    def write(name: str = "price-a-journey", *changes: tuple[str, str]) -> Path:
        text = SOUND
        for old, new in changes:
            assert old in text
            text = text.replace(old, new)
        folder = exercises / name
        folder.mkdir()
        (folder / "exercise.toml").write_text(text, encoding="utf-8")
        (folder / "fares.py").write_text('"""Fares."""\n', encoding="utf-8")
        (folder / "test_fares.py").write_text("", encoding="utf-8")
        return folder

    return write
