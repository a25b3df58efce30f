"""A fault of ours or the suite's is broken and never failed; no program gets away as broken."""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
import textwrap
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest

from grader.checks.soundness import ENDED
from grader.cli.run import exit_code
from grader.errors import SandboxError
from grader.evidence import Mode, records_of
from grader.executing import grade_all
from grader.grading import Task, could_not_be_graded, grade_one, weigh
from grader.results import CheckResult, Item, Outcome
from grader.sandbox import Cell, Level

HERE = Path(__file__).parent
HOST = HERE / "host"
WRONG = (HOST / "work" / "wrong.py").read_text()
RIGHT = (HOST / "solutions" / "parcel-rates" / "solution.py").read_text()
PASSES = 'def test_rate():\n    """The rate is right."""\n    assert rate(1) == 250\n'


@pytest.fixture
def task(lab: Any, tmp_path: Path) -> Callable[..., Task]:
    """`task(suite, program)`: the host exercise with another hidden suite."""

    def make(suite: str, program: str = RIGHT, feedback: str = "") -> Task:
        base = Path(tempfile.mkdtemp(dir=tmp_path))
        shutil.copytree(HOST, base, dirs_exist_ok=True)
        solution = base / "solutions" / "parcel-rates"
        shutil.rmtree(solution / "hidden")
        (solution / "hidden").mkdir()
        source = "import os, pytest\nfrom solution import rate\n" + textwrap.dedent(suite)
        (solution / "hidden" / "test_it.py").write_text(source)
        (solution / "feedback.toml").write_text(feedback)
        (base / "work" / "solution.py").write_text(program)
        shutil.copy(solution / "test_solution.py", base / "work")
        folder = base / "exercises" / "parcel-rates"
        checks = {"hidden-suite": lab.exercise.checks["hidden-suite"]}
        exercise = msgspec.structs.replace(lab.exercise, folder=folder, checks=checks)
        return Task(exercise, base / "work", solution)

    return make


FAULTS = {
    "a fixture": "@pytest.fixture(autouse=True)\ndef f():\n    raise KeyError\n",
    "a fixture's end": "@pytest.fixture(autouse=True)\ndef f():\n    yield\n    raise KeyError\n",
    "a test": 'def test_it():\n    """It is."""\n    assert rate(1) == 3\n',
    "an interrupt": 'def test_it():\n    """It is."""\n    raise KeyboardInterrupt\n',
    "leaving": 'def test_it():\n    """It is."""\n    pytest.exit("enough", 0)\n',
    "dying": 'def test_it():\n    """It is."""\n    os._exit(0)\n',
    "what can't cross": (
        'import threading\n\n\ndef test_it():\n    """It is."""\n    rate(threading.Lock())\n'
    ),
    "a syntax error": "def test_it(:\n",
    "an import": "import nothing_of_the_kind\n",
    "no test": "",
    "a hook": "def pytest_runtest_call(): pass\nraise SystemExit\n",
}


QUICK = ("a fixture", "a test", "dying")
CASES = [pytest.param(n, marks=() if n in QUICK else pytest.mark.slow) for n in FAULTS]


@pytest.mark.parametrize("name", CASES)
def test_a_fault_of_the_suite_is_broken(name: str, task: Any, lab: Any) -> None:
    suite = FAULTS[name] + (PASSES if FAULTS[name] and "(:" not in FAULTS[name] else "")
    result = grade_one(task(suite, WRONG), lambda: lab.examiner)
    assert result.status == "broken"
    assert exit_code([result]) == 2
    check = result.checks[0]
    assert check.tutor_notes or any(item.detail for item in check.items)
    broken = [item for item in check.items if item.outcome == "broken"]
    assert not [item for item in broken if item.reason or item.hint or item.feedback]


def test_feedback_that_cannot_be_read_is_broken(task: Any, lab: Any) -> None:
    for text in ("key = [", "[key]\ntext = '\\"):
        result = grade_one(task(PASSES, RIGHT, text), lambda: lab.examiner)
        assert result.status == "broken"
        assert "feedback.toml" in result.checks[0].tutor_notes[0]


def test_a_program_that_makes_the_tests_break_off_has_failed(task: Any, lab: Any) -> None:
    """The suite stands for whatever a program may yet find to end the examiner."""
    head = 'def test_it():\n    """It is."""\n    if rate(1) != 250:\n        '
    dies, starves = f"{head}os._exit(0)\n", f"{head}raise MemoryError\n"
    for suite in (dies, starves):
        result = grade_one(task(suite, WRONG), lambda: lab.examiner)
        assert result.status == "not-yet"
        assert [item.reason for item in result.checks[0].items] == [ENDED]
        assert grade_one(task(suite, RIGHT), lambda: lab.examiner).status == "met"


def test_what_goes_wrong_once_is_tried_again(task: Any, lab: Any) -> None:
    reader, writer = os.pipe()  # a byte for the first examiner, and none for the next
    os.write(writer, b"x")
    os.set_blocking(reader, False)
    suite = f"""
        import contextlib

        def test_it():
            \"\"\"It is.\"\"\"
            with contextlib.suppress(BlockingIOError):
                os.read({reader}, 1)
                os._exit(0)
            assert rate(1) == 250
    """
    assert grade_one(task(suite), lambda: lab.examiner).status == "met"
    os.close(reader)
    os.close(writer)


@pytest.mark.parametrize(
    "patch",
    [
        (Cell, "put", SandboxError("the sandbox does not answer")),
        (Cell, "spawn", SandboxError("the sandbox does not answer")),
        (tempfile, "mkdtemp", OSError(errno.ENOSPC, "No space left on device")),
    ],
    ids=["put", "spawn", "disk"],
)
def test_a_fault_of_the_machine_is_broken(
    patch: Any, task: Any, lab: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also when the suite takes every exception for one of the program's."""
    suite = """
        def test_it(tmp_path):
            \"\"\"It is.\"\"\"
            with pytest.raises(Exception):
                rate(0)
    """
    made = task(suite)

    def fail(*_args: Any, **_options: Any) -> Any:
        raise patch[2]

    assert grade_one(made, lambda: lab.examiner).status == "met"
    monkeypatch.setattr(patch[0], patch[1], fail)
    lab.examiner._remembered.clear()
    result = grade_one(made, lambda: lab.examiner)
    assert result.status == "broken"
    monkeypatch.undo()
    assert grade_one(made, lambda: lab.examiner).status == "met"


def test_no_room_where_the_suite_writes_is_broken(task: Any, lab: Any) -> None:
    suite = """
        def test_it(tmp_path):
            \"\"\"It is.\"\"\"
            raise OSError(28, "No space left on device")
    """
    assert grade_one(task(suite), lambda: lab.examiner).status == "broken"


def test_the_same_error_of_the_program_is_the_programs(task: Any, lab: Any) -> None:
    program = "def rate(weight):\n    raise OSError(28, 'No space left on device')\n"
    result = grade_one(task(PASSES, program), lambda: lab.examiner)
    assert result.status == "not-yet"
    program = "def rate(weight):\n    raise MemoryError\n"
    assert grade_one(task(PASSES, program), lambda: lab.examiner).status == "not-yet"


# Ends the sandboxes of a process: all that descends from it but the one that runs this.
KILL = """
def kill_sandboxes(pid):
    with open(f"/proc/{pid}/task/{pid}/children") as file:
        for child in map(int, file.read().split()):
            if child != os.getpid():
                kill_sandboxes(child)
                os.kill(child, 9)
"""


def test_a_sandbox_that_is_killed_is_started_anew(task: Any, lab: Any) -> None:
    made = task(PASSES)
    space: dict[str, Any] = {"os": os}
    exec(KILL, space)
    space["kill_sandboxes"](os.getpid())
    assert grade_one(made, lambda: lab.examiner).status == "met"


def test_a_sandbox_that_is_killed_in_the_midst_is_broken(task: Any, lab: Any) -> None:
    suite = """
        def test_it():
            \"\"\"It is.\"\"\"
            kill_sandboxes(os.getppid())
            rate(1)

        def test_more():
            \"\"\"It is, too.\"\"\"
            rate(1)
    """
    result = grade_one(task(KILL + textwrap.dedent(suite)), lambda: lab.examiner)
    assert result.status == "broken"
    assert grade_one(task(PASSES), lambda: lab.examiner).status == "met"


def test_work_that_cannot_be_read_stops_nobody_else(task: Any, lab: Any, tmp_path: Path) -> None:
    made = task(PASSES)
    (tmp_path / "file").write_text("")
    refused = grade_one(Task(made.exercise, tmp_path / "file", made.solution), lambda: lab.examiner)
    assert refused.status == "not-yet"
    assert refused.findings
    assert exit_code([refused]) == 1


@pytest.mark.slow
def test_a_worker_that_dies_takes_its_own_task_only(task: Any) -> None:
    suite = 'def test_it():\n    """It is."""\n    rate(1)\n    os.kill(os.getppid(), 9)\n'
    tasks = [task(PASSES), task(suite), task(PASSES), task(suite), task(PASSES), task(PASSES)]
    results = list(grade_all(tasks, level=Level.FULL, jobs=2))
    assert [one.status for one in results] == ["met", "broken", "met", "broken", "met", "met"]
    assert exit_code(results) == 2


def test_what_could_not_be_graded_is_no_evidence(task: Any) -> None:
    result = could_not_be_graded(task(PASSES), RuntimeError("ours"))
    at = datetime(2030, 1, 1, tzinfo=UTC)
    assert records_of(result, learner="a", attempt=1, mode=Mode.ASSESSED, at=at) == []
    assert "ours" in result.checks[0].tutor_notes[0]


def test_a_failed_must_is_told_beside_what_is_broken() -> None:
    must = Item(id="a", outcome=Outcome.FAILED, sentence="Kept.", musts=("kept",))
    unclear = Item(id="b", outcome=Outcome.BROKEN, sentence="Unclear.")
    check = CheckResult(name="hidden-suite", outcome=Outcome.BROKEN, items=(must, unclear))
    assert weigh([check]) == "must-failed"
    other = msgspec.structs.replace(check, items=(unclear,))
    assert weigh([other]) == "broken"
