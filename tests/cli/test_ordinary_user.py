"""Grading at isolation full as an ordinary user, where the other tests may run as root."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
GRADE = Path(sys.executable).parent / "grade"
EXERCISES = sorted(path.parent.name for path in (ROOT / "exercises").glob("*/exercise.toml"))
_SCRIPT = """
set -e
work=$(mktemp -d)
mkdir "$work/$4"
cp "$1"/*.py "$work/$4"
exec "$2" "$work" --exercises "$3" --json -
"""


def _grade(as_ordinary_user, folder, exercise):
    words = [str(folder), str(GRADE), str(ROOT / "exercises"), exercise]
    done = as_ordinary_user(["sh", "-c", _SCRIPT, "sh", *words])
    assert done.stdout, done.stderr
    report = json.loads(done.stdout)
    statuses = {one["id"]: one["status"] for one in report["exercises"]}
    return report["isolation"], statuses[exercise]


@pytest.mark.parametrize(
    "exercise",
    [pytest.param(e, marks=pytest.mark.slow if e != "price-a-journey" else ()) for e in EXERCISES],
)
def test_the_reference_is_met_at_full(as_ordinary_user, exercise):
    found = _grade(as_ordinary_user, ROOT / "solutions" / exercise, exercise)
    assert found == ("full", "met")


def test_a_wrong_program_is_not(as_ordinary_user):
    case = ROOT / "tests" / "submissions" / "price-a-journey" / "accepts-true"
    found = _grade(as_ordinary_user, case / "work", "price-a-journey")
    assert found == ("full", "partly")
