"""A small copy of the course to live in, as an apprentice has it: without solutions."""

from __future__ import annotations

import pytest

from grader.cli.finding import exercises_under
from grader.workspace import Workspace
from tests.copying import make_course


@pytest.fixture
def course(tmp_path):
    """The folder of two exercises, in a folder of its own."""
    return make_course(tmp_path / "course", "price-a-journey", "first-unit")


@pytest.fixture
def exercises(course):
    return exercises_under([course], need_starters=False)


@pytest.fixture
def exercise(exercises):
    return exercises[0]


@pytest.fixture
def workspace(course):
    return Workspace(course)
