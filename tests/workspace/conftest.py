"""A small copy of the course to live in, as an apprentice has it: without solutions."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from grader.cli.finding import exercises_under
from grader.workspace import Workspace

ROOT = Path(__file__).parents[2]


@pytest.fixture
def course(tmp_path):
    """The folder of two exercises, in a folder of its own."""
    exercises = tmp_path / "course" / "exercises"
    for name in ("price-a-journey", "first-unit"):
        shutil.copytree(ROOT / "exercises" / name, exercises / name)
    for name in ("course.toml", "starters.json"):
        shutil.copy(ROOT / "exercises" / name, exercises)
    return exercises


@pytest.fixture
def exercises(course):
    return exercises_under([course], need_starters=False)


@pytest.fixture
def exercise(exercises):
    return exercises[0]


@pytest.fixture
def workspace(course):
    return Workspace(course)
