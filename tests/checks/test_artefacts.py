"""The check `artefacts`, end to end: a course whose one exercise uses every reader.

A case is a folder `tests/courses/artefacts/cases/<case>/` with `expected.toml` and `work/`, which
is laid over the reference.
"""

from __future__ import annotations

import gzip
import importlib.util
import json
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from grader.bridge import Examiner
from grader.checks.artefacts import NAME
from grader.grading import Task, grade_one
from grader.sandbox import best_level

ROOT = Path(__file__).parents[2]
COURSE = ROOT / "tests" / "courses" / "artefacts"
CASES = sorted(path.parent for path in COURSE.glob("cases/*/expected.toml"))
GRADE = Path(sys.executable).parent / "grade"
ID = "duty-desk"


@pytest.fixture(scope="module")
def examiner():
    with Examiner(best_level()) as made:
        yield made


@pytest.fixture(scope="module")
def bundle(tmp_path_factory):
    path = ROOT / "tests/bridge/artefacts/repositories.py"
    spec = importlib.util.spec_from_file_location("repositories", path)
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    return made.bundle_of(made.handover(tmp_path_factory.mktemp("git") / "repo"))


@pytest.fixture
def course(tmp_path, bundle):
    """A copy of the course in which the reference is handed in."""
    shutil.copytree(COURSE, tmp_path / "course")
    work = tmp_path / "course" / "exercises" / ID
    for path in (COURSE / "solutions" / ID).iterdir():
        if path.is_file():
            shutil.copy(path, work)
    (work / "handover.bundle").write_bytes(bundle)
    return tmp_path / "course"


@pytest.fixture
def grade(course, examiner, course_exercise):
    """Grade with some files changed (None: not handed in); the result and its items by test."""

    def grade_it(**changes):
        exercise = course_exercise(COURSE / "exercises" / ID)
        work = course / "exercises" / ID
        for name, data in changes.items():
            path = work / name.replace("__", ".")
            path.unlink() if data is None else path.write_bytes(data)
        result = grade_one(Task(exercise, work, COURSE / "solutions" / ID), lambda: examiner)
        (check,) = result.checks
        assert check.name == NAME
        return result, {item.id.partition("::")[2]: item for item in check.items}

    return grade_it


def test_the_reference_is_met(grade):
    result, items = grade()
    assert result.status == "met", [(i.id, i.reason, i.detail) for i in items.values()]
    check = result.checks[0]
    assert (check.points, check.points_max, check.trust) == (12, 12, "observed")
    assert "not how the fault was found" in check.summary
    assert items["test_session"].facets == ("interactive",)
    assert not check.tutor_notes


def _tiers(cases, name):
    """Every sixth in the fast tier; the others are slow."""
    return [
        pytest.param(case, id=name(case), marks=pytest.mark.slow if number % 6 else ())
        for number, case in enumerate(cases)
    ]


@pytest.mark.parametrize("case", _tiers(CASES, lambda case: case.name))
def test_case(case, grade):
    expected = tomllib.loads((case / "expected.toml").read_text())
    files = {path.name: path.read_bytes() for path in case.glob("work/*")}
    result, items = grade(**files, **dict.fromkeys(expected.get("remove", ())))
    failed = {name: item for name, item in items.items() if item.outcome != "passed"}
    assert {name: item.reason for name, item in failed.items()} == expected["failed"]
    assert result.status == expected["status"]
    for name, where in expected.get("where", {}).items():
        assert items[name].where == where
    assert {item.outcome for item in items.values()} <= {"passed", "failed"}


HOSTILE = {
    "html": ("board.html", b"<b>" * 30_000, "test_board", "deep in each other"),
    "json": ("limits.json", b"[" * 200_000, "test_figures_agree", "too deeply nested"),
    "text": ("trace.log", b"x" * 1_000_000, "test_trace", "1,000,000 characters long"),
    "csv": ("gauges.csv", b"gauge,limit\nW\0,1\n", "test_rows_have_a_limit", "NUL"),
    "mermaid": ("flow.mmd", b"graph\n" + b"a-->b\n" * 30_000, "test_flow", "more than 4,000 lines"),
    "markdown": ("notes.md", b"[" * 99_000, "test_notes_have_their_sections", ""),
    "sql": ("schema.sql", b"SELECT '" * 20_000, "test_schema", "too long; split it"),
    "bundle": (
        "handover.bundle",
        gzip.compress(b"\0" * (60 << 20)),
        "test_handover",
        "holds no git repository",
    ),
}


@pytest.mark.parametrize("kind", _tiers(HOSTILE, str))
def test_a_hostile_file_is_the_learners_matter(kind, grade):
    name, data, test, said = HOSTILE[kind]
    result, items = grade(**{name: data})
    assert items[test].outcome == "failed"
    assert said in items[test].reason
    assert result.status in ("partly", "met")
    assert sum(item.outcome == "passed" for item in items.values()) >= 9


def test_from_the_command_line(course, tmp_path):
    done = subprocess.run(
        [GRADE, "exercises/", "--json", tmp_path / "report.json"],
        cwd=course,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "files handed in: 12 of 12 points" in done.stdout
    (course / "exercises" / ID / "plan.toml").write_text("start = tomorrow\n")
    done = subprocess.run(
        [GRADE, "exercises/"], cwd=course, capture_output=True, text=True, check=False, timeout=120
    )
    assert done.returncode == 1
    assert "plan.toml, line 1: this isn't TOML" in " ".join(done.stdout.split())
    report = json.loads((tmp_path / "report.json").read_text())
    assert report["exercises"][0]["status"] == "met"
