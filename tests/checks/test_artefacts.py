"""The check `artefacts`, end to end: a course whose one exercise uses every reader.

A case is a folder `tests/courses/artefacts/cases/<case>/` with `expected.toml` and `work/`, which
is laid over the reference.
"""

from __future__ import annotations

import gzip
import json
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from grader.bridge import Examiner
from grader.checks.artefacts import NAME
from grader.checks.reference import reference_work
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


@pytest.fixture
def course(tmp_path, course_exercise):
    """A copy of the course in which the reference is handed in."""
    shutil.copytree(COURSE, tmp_path / "course")
    exercise = course_exercise(COURSE / "exercises" / ID)
    for name, data in reference_work(exercise, COURSE / "solutions" / ID).items():
        (tmp_path / "course" / "exercises" / ID / name).write_bytes(data)
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
    """Every eighth in the fast tier; the others are slow."""
    return [
        pytest.param(case, id=name(case), marks=pytest.mark.slow if number % 8 else ())
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
    "html": ("board.html", b"<b>" * 5_000, "test_board", "deep in each other"),
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


def run_grade(course, *words):
    return subprocess.run(
        [GRADE, "exercises/", *words],
        cwd=course,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def test_from_the_command_line(course, tmp_path):
    (course / "exercises" / ID / "plan.toml").write_text("start = tomorrow\n")
    done = run_grade(course, "--json", tmp_path / "report.json")
    assert done.returncode == 1, done.stdout + done.stderr
    assert "plan.toml, line 1: this isn't TOML" in " ".join(done.stdout.split())
    report = json.loads((tmp_path / "report.json").read_text())
    assert report["exercises"][0]["status"] == "partly"


@pytest.mark.slow
def test_the_reference_from_the_command_line(course):
    done = run_grade(course)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "files handed in: 12 of 12 points" in done.stdout


# -- what an author can do wrong

FACTS = """format = 1
title = "Small"
client = "Becksafe"
track = "deliver"
difficulty = 1
minutes = 5
duties = ["D1"]
ksbs = ["S10"]
work = ["a.csv", "run.sh"]
[checks.artefacts]
ksbs = ["S10"]
"""

SUITE = '''
def test_unknown_name(work):
    """A name that exercise.toml doesn't have."""
    work.text("b.csv")

def test_given_file(work):
    """A given file that is no TOML."""
    work.toml("given.toml")

def test_no_shell(work):
    """A shell that the exercise does not lend."""
    work.script("run.sh")

def test_no_program(work):
    """A program that is not given."""
    work.pdb("a.csv", "gone.py")

def test_given_can_be_read(work):
    """A given file is read like any other."""
    assert work.lines("given.toml") == ["not = toml at all"]
    assert work.has("a.csv") and work.raw("a.csv") == b"x\\n1\\n"
'''


@pytest.fixture
def small(tmp_path, examiner, course_exercise):
    """Grade an exercise made for one test with its suite; the check's result."""

    def grade_it(suite, kind="artefacts", **solution):
        folder, hidden = tmp_path / "exercises" / "small", tmp_path / "solutions" / "small"
        tests = hidden / kind.removesuffix("-suite")
        tests.mkdir(parents=True)
        folder.mkdir(parents=True)
        (folder / "exercise.toml").write_text(FACTS.replace("artefacts", kind))
        (folder / "a.csv").write_text("x\n1\n")
        (folder / "run.sh").write_text("echo hi\n")
        (folder / "given.toml").write_text("not = toml at all\n")
        if suite:
            (tests / "test_small.py").write_text(suite)
        for name, text in solution.items():
            (hidden / f"{name}.toml").write_text(text)
        result = grade_one(Task(course_exercise(folder), folder, hidden), lambda: examiner)
        return result.checks[0]

    return grade_it


def test_an_authors_slip_is_never_the_learners(small):
    check = small(SUITE)
    found = {item.id.partition("::test_")[2]: item for item in check.items}
    broken = {name: item.detail for name, item in found.items() if item.outcome == "broken"}
    assert check.outcome == "broken"
    assert broken.keys() == {"unknown_name", "given_file", "no_shell", "no_program"}
    assert "doesn't name b.csv" in broken["unknown_name"]
    assert "given.toml, line 1: this isn't TOML" in broken["given_file"]
    assert 'write `processes = true` and `programs = ["/bin/sh", …]`' in broken["no_shell"]
    assert "gone.py is neither given nor among `files`" in broken["no_program"]
    assert found["given_can_be_read"].outcome == "passed"


@pytest.mark.parametrize(
    ("suite", "said"),
    [
        ("", "No test was found in solutions/small/artefacts/test_*.py"),
        ("import fares\ndef test_x(): pass\n", "No module named 'fares'"),
    ],
)
def test_a_suite_that_cannot_be_collected(small, suite, said):
    check = small(suite)
    assert check.outcome == "broken"
    assert said in check.tutor_notes[0]


def test_feedback_that_cannot_be_read(small):
    check = small("def test_x():\n    'It holds.'\n", feedback="x = ")
    assert "feedback.toml can't be read" in check.tutor_notes[0]


def test_in_a_hidden_suite_data_can_be_read(small):
    check = small(
        "def test_data(work):\n    'Has rows.'\n    assert len(work.csv('a.csv').rows) == 1\n"
        "def test_git(work):\n    'Is git.'\n    work.git('a.csv')\n",
        kind="hidden-suite",
    )
    data, git = check.items
    assert data.outcome == "passed"
    assert git.outcome == "broken"
    assert "in artefacts/ only" in git.detail
