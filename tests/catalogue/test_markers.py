"""Markers that a course declares: taken over into its exercises, or refused in words."""

from __future__ import annotations

import pytest

from grader.catalogue import find_course
from grader.errors import ExerciseError


def test_markers_are_read(tmp_path):
    (tmp_path / "course.toml").write_text('format = 1\n[markers]\nslow = "takes long"\n')
    assert find_course(tmp_path).markers == {"slow": "takes long"}


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('"a b" = "x"', "`markers.a b`: a marker's name has letters"),
        ('class = "x"', "`markers.class`: a marker's name has letters"),
        ('must = "x"', "`markers.must`: pytest or the grader has that one"),
        ('parametrize = "x"', "`markers.parametrize`: pytest or the grader has that one"),
        ('slow = " "', "`markers.slow`: say in a few words"),
        ("slow = 3", "markers"),
    ],
)
def test_what_can_not_be_a_marker_is_refused(tmp_path, line, said):
    (tmp_path / "course.toml").write_text(f"format = 1\n[markers]\n{line}\n")
    with pytest.raises(ExerciseError) as caught:
        find_course(tmp_path)
    assert any(said in problem for problem in caught.value.problems)
