"""A small copy of the course with notebooks to live in, without solutions."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.workspace import Workspace
from tests.copying import make_course

ROOT = Path(__file__).parents[2]


@pytest.fixture
def course(tmp_path):
    return make_course(tmp_path / "course", "price-a-journey", "first-unit")


@pytest.fixture
def workspace(course):
    return Workspace(course)


@pytest.fixture
def fares(course):
    return course / "price-a-journey" / "fares.py"
