"""The command line as its users call it, each time in a process of its own."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest

from grader.checks.reference import reference_work
from grader.results import schema

ROOT = Path(__file__).parents[2]
GRADE = Path(sys.executable).parent / "grade"


def grade(*arguments, cwd=ROOT, env=None):
    return subprocess.run(
        [GRADE, *map(str, arguments)],
        cwd=cwd,
        env=env,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


@pytest.fixture
def course(tmp_path):
    """A copy of the course, so that a test may edit it."""
    for name in ("exercises", "solutions"):
        shutil.copytree(ROOT / name, tmp_path / name)
    return tmp_path


def test_help_names_the_commands():
    done = grade("--help")
    assert done.returncode == 0
    for command in ("catalogue", "explain", "doctor", "starters"):
        assert command in done.stdout


def test_starter_is_not_started():
    done = grade("exercises/")
    assert done.returncode == 1, done.stderr
    assert "not started yet" in done.stdout
    assert "isolation full" in done.stdout
    assert "\x1b" not in done.stdout  # not a terminal: no colour


@pytest.mark.slow
def test_reference_is_met(course, course_exercise):
    for solution in (course / "solutions").iterdir():
        if solution.name == "loopback-json":  # it takes as long as all others
            shutil.rmtree(course / "exercises" / solution.name)
            continue
        for name, data in reference_work(course_exercise(solution.name), solution).items():
            (course / "exercises" / solution.name / name).write_bytes(data)
    done = grade("exercises/", "--json", "report.json", "--html", "page", cwd=course)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Price a journey: met" in done.stdout

    report = json.loads((course / "report.json").read_text())
    jsonschema.validate(report, schema())
    assert {exercise["status"] for exercise in report["exercises"]} == {"met"}
    assert report["isolation"] == "full"
    skills = {skill["code"]: skill for skill in report["ksbs"]}
    assert skills["S15"]["level"] == "no evidence yet"  # practice never counts
    assert skills["S15"]["practice_level"] == "consistent"  # two clients, one of difficulty 2
    assert "http-equiv" in (course / "page" / "index.html").read_text()


def test_wrong_program_is_told_what_to_mend(course):
    work = course / "exercises" / "price-a-journey"
    case = ROOT / "tests" / "submissions" / "price-a-journey" / "half-fare-ends-early"
    shutil.copytree(case / "work", work, dirs_exist_ok=True)
    done = grade("exercises/price-a-journey", cwd=course)
    assert done.returncode == 1
    assert "First thing to mend" in done.stdout
    assert "price(" in done.stdout  # an example to paste
    assert max(len(line) for line in done.stdout.splitlines()) <= 80
    assert "test_fares_hidden" not in done.stdout

    tutor = grade("exercises/price-a-journey", "-v", cwd=course)
    assert "test_fares_hidden" in tutor.stdout


def test_without_solutions_it_is_provisional(course):
    shutil.rmtree(course / "solutions")
    case = ROOT / "tests" / "submissions" / "price-a-journey" / "correct-plain"
    shutil.copytree(case / "work", course / "exercises" / "price-a-journey", dirs_exist_ok=True)
    done = grade("exercises/", "--json", "-", cwd=course)
    report = json.loads(done.stdout)
    assert report["exercises"][0]["provisional"] is True
    assert "hidden-suite" not in [check["name"] for check in report["exercises"][0]["checks"]]
    assert "provisional" in grade("exercises/", cwd=course).stdout.lower()


def test_somebody_elses_work_beside_the_course(course, tmp_path):
    case = ROOT / "tests" / "submissions" / "price-a-journey" / "correct-class-and-generator"
    work = tmp_path / "handed-in" / "price-a-journey"
    shutil.copytree(case / "work", work)
    done = grade(tmp_path / "handed-in", "--exercises", "exercises/", "--json", "-", cwd=course)
    statuses = [exercise["status"] for exercise in json.loads(done.stdout)["exercises"]]
    assert statuses[0] == "met", done.stderr
    assert set(statuses[1:]) == {"not-started"}  # the others were not handed in


def test_a_broken_suite_is_not_the_learners_fault(course):
    hidden = course / "solutions" / "price-a-journey" / "hidden" / "test_fares_hidden.py"
    hidden.write_text("import nothing_of_that_name\n")
    case = ROOT / "tests" / "submissions" / "price-a-journey" / "correct-plain"
    shutil.copytree(case / "work", course / "exercises" / "price-a-journey", dirs_exist_ok=True)
    done = grade("exercises/", cwd=course)
    assert done.returncode == 2
    assert "not your fault" in done.stdout.lower()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["nowhere/"], "isn't there"),
        (["exercises/", "--only", "price-a-journy"], "did you mean `price-a-journey`"),
        (["exercises/", "--ksb", "S99"], "did you mean `S9`"),
        (["exercises/", "--solutions", "nowhere"], "isn't a folder"),
        (["tests/", "--exercises", "exercises/"], "There is no work in tests"),
        (["catalogue", "--duty", "D99"], "no duty"),
        (["explain", "Q1"], "no KSB"),
    ],
)
def test_wrong_use(arguments, words):
    done = grade(*arguments)
    assert done.returncode == 2
    assert words in done.stderr
    assert "Traceback" not in done.stderr


def test_all_problems_of_an_exercise_at_once(course):
    file = course / "exercises" / "price-a-journey" / "exercise.toml"
    file.write_text(file.read_text().replace("ksbs =", "ksb =", 1).replace("minutes = 45", ""))
    done = grade("exercises/", cwd=course)
    assert done.returncode == 2
    assert "did you mean `ksbs`" in done.stderr
    assert "minutes" in done.stderr


def test_catalogue_and_its_maps():
    done = grade("catalogue")
    assert done.returncode == 0
    assert "Build components" in done.stdout
    assert "K19" in grade("catalogue", "--ksb", "K19").stdout
    assert "D7" in grade("catalogue", "--duty", "D7").stdout


def test_explain_tells_how_a_level_came_about(course):
    case = ROOT / "tests" / "submissions" / "price-a-journey" / "correct-plain"
    shutil.copytree(case / "work", course / "exercises" / "price-a-journey", dirs_exist_ok=True)
    done = grade("explain", "s15", cwd=course)
    assert done.returncode == 0
    assert "emerging" in done.stdout
    assert "price-a-journey" in done.stdout


def test_doctor_names_every_layer():
    done = grade("doctor", "--isolation", "full")
    assert done.returncode == 0, done.stdout
    assert done.stdout.count("holds") == 8
    assert "held to their own files by the kernel and by Python" in done.stdout


def test_doctor_is_one_screen_and_changes_nothing(tmp_path):
    done = grade("doctor", cwd=tmp_path, env={**os.environ, "COLUMNS": "80"})
    assert done.returncode == 0, done.stdout
    assert len(done.stdout.splitlines()) <= 24
    assert "full is in force" in done.stdout
    assert not list(tmp_path.iterdir())


def test_doctor_tells_a_help_desk_no_names(tmp_path):
    done = grade("doctor", "--json", "-", cwd=tmp_path)
    found = json.loads(done.stdout)
    assert found["in_force"] == "full"
    assert [one["level"] for one in found["levels"]] == ["full", "restricted", "basic", "none"]
    assert {one["name"] for one in found["facts"]} >= {"python", "kernel", "drive", "locks", "git"}
    for name in (socket.gethostname(), str(Path.home()), str(tmp_path)):
        assert name not in done.stdout


def test_starters_are_up_to_date():
    done = grade("starters", "--check")
    assert done.returncode == 0, done.stdout
