"""Grading at isolation full as an ordinary user, where the other tests may run as root."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from grader.checks.reference import reference_work

ROOT = Path(__file__).parents[2]
GRADE = Path(sys.executable).parent / "grade"
EXERCISES = sorted(path.parent.name for path in (ROOT / "exercises").glob("*/exercise.toml"))
# That user sees a /tmp of its own: the work comes as an argument.
_SCRIPT = """
import json, os, pathlib, sys, tempfile
grade, exercises, exercise, files = sys.argv[1:]
work = tempfile.mkdtemp()
for name, text in json.loads(files).items():
    path = pathlib.Path(work, exercise, name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
os.execv(grade, [grade, work, "--exercises", exercises, "--json", "-"])
"""


def _grade(as_ordinary_user, files, exercise):
    texts = {name: data.decode() for name, data in files.items()}
    words = [str(GRADE), str(ROOT / "exercises"), exercise, json.dumps(texts)]
    done = as_ordinary_user([sys.executable, "-c", _SCRIPT, *words])
    assert done.stdout, done.stderr
    report = json.loads(done.stdout)
    statuses = {one["id"]: one["status"] for one in report["exercises"]}
    return report["isolation"], statuses[exercise]


@pytest.mark.parametrize(
    "exercise",
    [pytest.param(e, marks=pytest.mark.slow if e != "price-a-journey" else ()) for e in EXERCISES],
)
def test_the_reference_is_met_at_full(as_ordinary_user, course_exercise, exercise):
    work = reference_work(course_exercise(exercise), ROOT / "solutions" / exercise)
    assert _grade(as_ordinary_user, work, exercise) == ("full", "met")


@pytest.mark.slow
def test_a_wrong_program_is_not(as_ordinary_user):
    case = ROOT / "tests" / "submissions" / "price-a-journey" / "accepts-true" / "work"
    work = {path.name: path.read_bytes() for path in case.glob("*.py")}
    assert _grade(as_ordinary_user, work, "price-a-journey") == ("full", "partly")
