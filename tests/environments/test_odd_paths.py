"""Folders with odd names above a course and above a learner's work: graded as anywhere else."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
EXERCISES = ("price-a-journey", "first-unit")
RIGHT = ROOT / "tests" / "submissions" / EXERCISES[0] / "correct-plain" / "work"
BESIDE = ("--exercises", "exercises", "--solutions", "solutions", "--jobs", "2")
ODD = {
    "brackets": "Year [1]",
    "colons": "a::b",
    "quotes": "O'Brien's \"best\"",
    "blanks": " two  blanks ",
    "line-feed": "line\nfeed",
    "latin-1": os.fsdecode(b"caf\xe9"),
    "percent": "100%s %(x)s",
    "hash": "C#",
    "dollar": "$HOME ${x} `x`",
    "pattern": "what?*",
    "backslash": "back\\slash",
    "dash": "-k x",
}


def _course(home: Path, names: tuple[str, ...]) -> None:
    for side in ("exercises", "solutions"):
        for name in names:
            shutil.copytree(ROOT / side / name, home / side / name)
    for name in ("course.toml", "starters.json"):
        shutil.copy(ROOT / "exercises" / name, home / "exercises")


def _work(home: Path, names: tuple[str, ...]) -> Path:
    """The references as work, in a folder `work`."""
    for name in names:
        shutil.copytree(ROOT / "exercises" / name, home / "work" / name)
        for file in (ROOT / "solutions" / name).glob("*.*"):
            shutil.copy(file, home / "work" / name)
    return home / "work"


def _graded(cwd: Path, *words: str) -> dict[str, object]:
    """What each check of each exercise came to."""
    done = subprocess.run(
        [sys.executable, "-P", "-m", "grader", *words, "--json", "-"],
        cwd=cwd,
        capture_output=True,
        timeout=300,
    )
    assert done.stdout, done.stderr
    return {
        one["id"]: (
            one["status"],
            [(check["name"], check["outcome"], check["points"]) for check in one["checks"]],
        )
        for one in json.loads(done.stdout)["exercises"]
    }


def _same_everywhere(tmp_path: Path, odd: Path, names: tuple[str, ...]) -> None:
    plain = tmp_path / "plain"
    found = []
    for home in (plain, odd):
        _course(home, names)
        work = _work(home / "theirs", names)
        found.append(_graded(home, f"./{work.relative_to(home)}", *BESIDE))
    assert found[0] == found[1]
    assert found[0]["price-a-journey"][0] == "met"


@pytest.mark.slow
def test_all_at_once_above_course_and_work(tmp_path):
    odd = tmp_path.joinpath(*ODD.values())
    _course(odd, EXERCISES[:1])
    work = odd / "theirs [2]" / EXERCISES[0]
    shutil.copytree(RIGHT, work)
    words = ("--exercises", str(odd / "exercises"), "--solutions", str(odd / "solutions"))
    status, checks = _graded(tmp_path, str(work.parent), *words)[EXERCISES[0]]
    assert status == "met"
    assert ("hidden-suite", "passed", 9) in checks


@pytest.mark.slow
def test_own_tests_and_variants_in_worker_processes(tmp_path):
    """Called from inside, with relative paths."""
    _same_everywhere(tmp_path, tmp_path.joinpath(*ODD.values()), EXERCISES)


@pytest.mark.slow
@pytest.mark.parametrize("name", ODD.values(), ids=ODD)
def test_a_cohort_in_each(tmp_path, name):
    home = tmp_path / name
    _course(home, EXERCISES[:1])
    shutil.copytree(RIGHT, home / "in" / "ann" / EXERCISES[0])
    done = subprocess.run(
        [sys.executable, "-P", "-m", "grader", "cohort", "in", *BESIDE],
        cwd=home,
        capture_output=True,
        text=True,
        timeout=300,
    )
    told = " ".join(done.stdout.split())
    assert " price-a-journey: met 1 hand-in graded" in told, done.stdout + done.stderr
