"""Files that are called as modules are, wherever a learner can put them: none is imported by us.

The names come from the processes themselves: what each kind of them has imported, the standard
library, and every package that is installed. Each file leaves its name behind when it is run.
"""

from __future__ import annotations

import importlib.metadata
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from grader.executing import LocalPool
from grader.sandbox import Level

ROOT = Path(__file__).parents[2]
GRADE = Path(sys.executable).with_name("grade")
pytestmark = pytest.mark.slow
EXERCISES = ("price-a-journey", "first-unit")
RIGHT = ROOT / "tests" / "submissions" / EXERCISES[0] / "correct-plain" / "work"
_MAIN = """
import sys
sys.argv[:] = ["grade", *sys.argv[1:]]
from grader.cli import main
try:
    main()
except SystemExit:
    pass
open({told!r}, "w").write("\\n".join(sys.modules))
"""


def _loaded():
    return list(sys.modules)


def _of_a_worker():
    """What a worker has imported once its examiner is warm."""
    pool = LocalPool(1, Level.FULL)
    executor = pool.make()
    try:
        executor.submit(_warm).result()
        return executor.submit(_loaded).result()
    finally:
        pool.end(executor)


def _warm():
    from grader.executing import workers_examiner

    workers_examiner(Level.FULL)


def _of_main(folder):
    told = folder / "told"
    course = [f"--{side}={ROOT / side}" for side in ("exercises", "solutions")]
    (folder / "submissions").mkdir()
    commands = (
        [str(ROOT / "exercises"), "--jobs", "2"],
        ["lint", "--rules"],
        ["cohort", "submissions", *course],
    )
    for words in commands:
        code = _MAIN.format(told=str(told))
        subprocess.run([sys.executable, "-c", code, *words], cwd=folder, capture_output=True)
        yield from told.read_text().split()


@pytest.fixture(scope="module")
def names(tmp_path_factory):
    found = {*sys.stdlib_module_names, *importlib.metadata.packages_distributions()}
    found |= {*_of_a_worker(), *_of_main(tmp_path_factory.mktemp("names"))}
    tops = {name.partition(".")[0] for name in found}
    return sorted(name for name in tops if name.isidentifier() and name != "__main__")


@pytest.fixture
def poison(names, tmp_path):
    """Put the files into a folder; the same function without one says which were run."""
    canary = tmp_path / "canary"
    text = (
        f"try:\n    with open({str(canary)!r}, 'a') as file: file.write(__name__ + '\\n')\n"
        "except OSError: pass\n"
    )

    def put(folder=None):
        if folder is None:
            return canary.read_text().split() if canary.exists() else []
        for name in names:
            if not (folder / f"{name}.py").exists():
                (folder / f"{name}.py").write_text(text)
        return []

    return put


@pytest.fixture
def course(tmp_path):
    home = tmp_path / "course"
    for side in ("exercises", "solutions"):
        for name in EXERCISES:
            shutil.copytree(ROOT / side / name, home / side / name)
    for name in ("course.toml", "starters.json"):
        shutil.copy(ROOT / "exercises" / name, home / "exercises")
    shutil.copytree(RIGHT, home / "exercises" / EXERCISES[0], dirs_exist_ok=True)
    return home


def run(cwd, *words, **environ):
    return subprocess.run(
        [GRADE, *map(str, words)],
        cwd=cwd,
        env={**os.environ, **environ},
        capture_output=True,
        text=True,
        timeout=200,
        check=False,
    )


def statuses(done):
    assert done.stdout, done.stderr
    return {one["id"]: one["status"] for one in json.loads(done.stdout)["exercises"]}


def test_the_names_are_many(names):
    assert {"struct", "pickle", "pytest", "click", "grader", "hypothesis", "msgspec"} <= {*names}


def test_in_the_current_folder(course, poison):
    """An apprentice's scratch files beside their exercises."""
    poison(course)
    done = run(course, "exercises/", "--jobs", "2", "--json", "-")
    assert poison() == []
    assert statuses(done) == {EXERCISES[0]: "met", EXERCISES[1]: "not-started"}


def test_in_work_that_a_tutor_grades_from_inside_it(course, poison, tmp_path):
    theirs = tmp_path / "theirs"
    shutil.copytree(RIGHT, theirs / EXERCISES[0])
    poison(theirs)
    words = ("--exercises", course / "exercises", "--solutions", course / "solutions")
    done = run(theirs, ".", *words, "--jobs", "2", "--json", "-")
    assert poison() == []
    assert statuses(done)[EXERCISES[0]] == "met"


def test_in_submissions_and_hand_ins(course, poison, tmp_path):
    submissions = tmp_path / "submissions"
    shutil.copytree(RIGHT, submissions / "ann" / EXERCISES[0])
    shutil.copytree(RIGHT, submissions / "bob" / EXERCISES[0])
    poison(submissions / "ann")
    poison(submissions / "bob" / EXERCISES[0])
    poison(submissions)
    words = ("--exercises", course / "exercises", "--solutions", course / "solutions")
    book = ("--gradebook", tmp_path / "book.db")
    done = run(submissions, "cohort", ".", *words, *book, "--jobs", "2")
    assert poison() == [], done.stderr
    assert "price-a-journey" in done.stdout


def test_in_an_exercise(course, poison):
    poison(course / "exercises" / EXERCISES[0])
    run(course / "exercises" / EXERCISES[0], ".", "--json", "-")
    run(course, "exercises", "--jobs", "2", "--json", "-")
    assert poison() == []


def test_where_a_course_is_linted(course, poison):
    poison(course)
    run(course, "lint", "--jobs", "2", "exercises/")
    assert poison() == []


def test_with_the_current_folder_in_pythonpath(course, poison, names):
    """An empty part of PYTHONPATH is the current folder. What Python itself and the script that
    pip wrote import comes before us."""
    poison(course)
    plain = {"encodings", "grader", "re", "sitecustomize", "usercustomize"}
    before = _imported_by("import re, sys") | plain
    for name in before:
        (course / f"{name}.py").unlink(missing_ok=True)
    done = run(course, "exercises/", "--json", "-", PYTHONPATH=":/elsewhere")
    assert poison() == []
    assert statuses(done)[EXERCISES[0]] == "met"


def _imported_by(code):
    done = subprocess.run(
        [sys.executable, "-c", f"{code}; print(*sys.modules)"], capture_output=True, text=True
    )
    return {name.partition(".")[0] for name in done.stdout.split()}


def test_where_a_notebook_lies(course, poison):
    """The check that a notebook and JupyterLab's server start, in the folder of notebooks."""
    from grader.lab.checking import GRADE as COMMAND

    notebooks = course / "notebooks"
    notebooks.mkdir()
    poison(notebooks)
    poison(course)
    words = [*COMMAND, "run", str(course / "exercises" / EXERCISES[0]), "--json", "-"]
    done = subprocess.run(words, cwd=notebooks, capture_output=True, text=True)
    assert poison() == []
    assert statuses(done)[EXERCISES[0]] == "met"


def test_where_jupyterlab_and_its_kernels_start(course, poison):
    pytest.importorskip("jupyterlab")
    from grader.lab.launching import command, prepare, surroundings
    from grader.workspace import Workspace

    workspace = Workspace(course / "exercises")
    prepare(workspace, [])
    (kernel,) = (course / ".grader" / "lab" / "data").rglob("kernel.json")
    starting = json.loads(kernel.read_text())["argv"]
    starting[starting.index("-f") :] = ["--version"]
    server = [*command(course, "", port=None, browser=False)[:4], "--version"]
    poison(course)
    for words in (starting, server):
        environ = surroundings(workspace, os.environ)
        done = subprocess.run(words, cwd=course, env=environ, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
    assert poison() == []
