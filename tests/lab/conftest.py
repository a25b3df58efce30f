"""A small copy of the course with notebooks to live in, without solutions."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from grader.workspace import Workspace

ROOT = Path(__file__).parents[2]


def make_course(folder: Path, *names: str) -> Path:
    exercises = folder / "exercises"
    for name in names:
        shutil.copytree(
            ROOT / "exercises" / name, exercises / name, ignore=shutil.ignore_patterns("__py*")
        )
    for name in ("course.toml", "starters.json"):
        shutil.copy(ROOT / "exercises" / name, exercises)
    return exercises


@pytest.fixture
def course(tmp_path):
    return make_course(tmp_path / "course", "price-a-journey", "first-unit")


@pytest.fixture
def workspace(course):
    return Workspace(course)


@pytest.fixture
def fares(course):
    return course / "price-a-journey" / "fares.py"
