"""Grading at isolation full as an ordinary user, where the other tests may run as root."""

from __future__ import annotations

import json
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
GRADE = Path(sys.executable).parent / "grade"
_SCRIPT = """
set -e
work=$(mktemp -d)
mkdir "$work/price-a-journey"
cp "$1" "$work/price-a-journey/fares.py"
exec "$2" "$work" --exercises "$3" --json -
"""


def _grade(as_ordinary_user, source):
    course = ROOT / "exercises"
    done = as_ordinary_user(["sh", "-c", _SCRIPT, "sh", str(source), str(GRADE), str(course)])
    assert done.stdout, done.stderr
    return json.loads(done.stdout)


def test_the_reference_is_met_at_full(as_ordinary_user):
    report = _grade(as_ordinary_user, ROOT / "solutions" / "price-a-journey" / "fares.py")
    assert report["exercises"][0]["status"] == "met"
    assert report["isolation"] == "full"


def test_a_wrong_program_is_not(as_ordinary_user):
    case = ROOT / "tests" / "submissions" / "price-a-journey" / "accepts-true"
    report = _grade(as_ordinary_user, case / "work" / "fares.py")
    assert report["exercises"][0]["status"] == "partly"
