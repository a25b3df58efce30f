"""What counts as begun: also work that could not be read, of which nothing else is there."""

from __future__ import annotations

import pytest

from grader.catalogue import read_starters
from grader.grading import Task, not_started, read_work

ID = "price-a-journey"


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({}, True),
        ({"fares.py": None}, True),
        ({"fares.py": b"x = 1\n"}, False),
        ({f"{ID}.ipynb": b'{"cells": ['}, False),
        ({"fares.py": None, f"{ID}.ipynb": b'{"cells": ['}, True),
    ],
    ids=["nothing", "starter", "something", "broken notebook", "starter and broken notebook"],
)
def test_what_was_begun(tmp_path, course_exercise, files, expected):
    exercise = course_exercise(ID)
    for name, data in files.items():
        starter = exercise.folder / name
        (tmp_path / name).write_bytes(starter.read_bytes() if data is None else data)
    submission = read_work(Task(exercise, tmp_path))
    starters = read_starters(exercise.folder.parent)
    assert not_started(exercise, submission, starters) is expected
