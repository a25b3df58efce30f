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


_COHORT = """
import os, pathlib, sys
grade, exercises, text = sys.argv[1:]
os.chdir(__import__("tempfile").mkdtemp())
for who in ("heron-1", "heron-2", "heron-3", "heron-4"):
    folder = pathlib.Path("in", who, "price-a-journey")
    folder.mkdir(parents=True)
    (folder / "fares.py").write_text(text)
pathlib.Path("in/heron-1/price-a-journey/fares.py").chmod(0)
pathlib.Path("in/heron-2").chmod(0)
pathlib.Path("in/heron-3").chmod(0o400)
os.execv(grade, [grade, "cohort", "in", "--exercises", exercises, "--isolation", "basic"])
"""


@pytest.mark.slow
def test_what_the_tutor_may_not_read_is_left_out_and_stops_nobody(as_ordinary_user):
    words = [str(GRADE), str(ROOT / "exercises"), "x = 1\n"]
    done = as_ordinary_user([sys.executable, "-c", _COHORT, *words])
    told = " ".join(done.stdout.split())
    assert done.returncode == 1, done.stdout + done.stderr
    assert "1 hand-in graded" in told
    assert "heron-4 price-a-journey: not-yet" in told
    assert "heron-1 price-a-journey: fares.py can't be read: its permissions forbid it" in told
    assert "heron-2 was left out: `heron-2` can't be read: Permission denied; allow" in told
    assert "heron-3 price-a-journey:" in told
    assert "Allow reading it" in told


@pytest.mark.slow
def test_a_wrong_program_is_not(as_ordinary_user):
    case = ROOT / "tests" / "submissions" / "price-a-journey" / "accepts-true" / "work"
    work = {path.name: path.read_bytes() for path in case.glob("*.py")}
    assert _grade(as_ordinary_user, work, "price-a-journey") == ("full", "partly")
