"""Every golden submission gets the verdict that its `expected.toml` names.

A case is a folder `tests/submissions/<exercise>/<case>/` with `expected.toml` and `work/`, which
is laid over the starter; `tests/golden.py` says how a case is made of what is there already.
"""

from __future__ import annotations

import shutil
import tomllib
from pathlib import Path

import pytest

from grader.bridge import Examiner
from grader.catalogue.exercise import ANSWERS
from grader.checks.reference import reference_work
from grader.grading import Task, grade_one
from grader.sandbox import best_level
from tests.golden import golden_work

pytestmark = pytest.mark.interpreter

ROOT = Path(__file__).parents[1]
CASES = sorted((Path(__file__).parent / "submissions").glob("*/*/expected.toml"))


@pytest.fixture(scope="module")
def examiner():
    with Examiner(best_level()) as made:
        yield made


def _laid_over_starter(exercise, case, folder, *, answered):
    """The starters, the answers of somebody who knows them all, and the case's own files."""
    for name in exercise.work:
        shutil.copy(exercise.folder / name, folder / name)
    solution = ROOT / "solutions" / exercise.id
    known = reference_work(exercise, solution)
    if answered and ANSWERS in known:
        (folder / ANSWERS).write_bytes(known[ANSWERS])
    for name, content in golden_work(case, exercise, solution).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return folder


def _tiers():
    """Fast: every twentieth case, and every first of an exercise. The others are slow."""
    for number, path in enumerate(CASES):
        fast = number % 20 == 0 or path.parts[-3] != CASES[number - 1].parts[-3]
        name = "/".join(path.parts[-3:-1])
        yield pytest.param(path, id=name, marks=() if fast else pytest.mark.slow)


@pytest.mark.parametrize("path", list(_tiers()))
def test_verdict(path, examiner, course_exercise, tmp_path):
    expected = tomllib.loads(path.read_text("utf-8"))
    exercise = course_exercise(path.parts[-3])
    begun = expected["status"] != "not-started"
    work = _laid_over_starter(exercise, path.parent, tmp_path, answered=begun)
    solution = ROOT / "solutions" / exercise.id
    result = grade_one(Task(exercise, work, solution), lambda: examiner)

    hidden = [i for check in result.checks if check.name != "examples" for i in check.items]
    failed = {item.id.partition("[")[0] for item in hidden if item.outcome == "failed"}
    notes = [check.tutor_notes for check in result.checks]
    assert result.status == expected["status"], (sorted(failed), notes)
    assert set(expected.get("failed", ())) <= failed
    assert not set(expected.get("held", ())) & failed
    _check_feedback(expected, hidden, solution)


def _check_feedback(expected, hidden, solution):
    texts = tomllib.loads((solution / "feedback.toml").read_text("utf-8"))
    shown = {item.feedback for item in hidden if item.feedback}
    for key in expected.get("feedback", ()):
        assert texts[key]["text"] in shown, key


@pytest.mark.parametrize(
    ("like", "made"),
    [
        ("reference", b"return fewest\n"),
        ("faulty/six_zones_charged", b"return fewest + 1\n"),
        ("correct-second-loop", b"return fewest\n"),
    ],
)
def test_a_case_is_like_the_reference_a_variant_or_another_case(
    like, made, course_exercise, tmp_path
):
    case = tmp_path / "cases" / "new"
    shutil.copytree(CASES[0].parents[2] / "first-unit", case.parent)
    case.mkdir()
    edit = '[[edits]]\nfind = "FIRST_ZONE = 185"\nput = "FIRST_ZONE = 1"\n'
    (case / "expected.toml").write_text(f'like = "{like}"\nfiles = ["zones.py"]\n{edit}')
    work = golden_work(case, course_exercise("first-unit"), ROOT / "solutions" / "first-unit")
    assert list(work) == ["zones.py"]
    assert work["zones.py"].endswith(made)
    assert b"FIRST_ZONE = 1 " in work["zones.py"]


def test_every_exercise_has_right_and_wrong_programs():
    for folder in sorted((ROOT / "exercises").glob("*/exercise.toml")):
        cases = [c for c in CASES if c.parts[-3] == folder.parent.name]
        statuses = [tomllib.loads(case.read_text("utf-8"))["status"] for case in cases]
        assert statuses.count("met") >= 2
        assert len([s for s in statuses if s in ("partly", "not-yet", "must-failed")]) >= 6


@pytest.mark.slow
def test_the_reference_is_met(examiner, course_exercise, tmp_path):
    for folder in sorted((ROOT / "exercises").glob("*/exercise.toml")):
        exercise = course_exercise(folder.parent.name)
        solution = ROOT / "solutions" / exercise.id
        for name, data in reference_work(exercise, solution).items():
            (tmp_path / name).write_bytes(data)
        result = grade_one(Task(exercise, tmp_path, solution), lambda: examiner)
        assert result.status == "met", result
