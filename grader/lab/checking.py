"""Grades one exercise in a process of its own, and says meanwhile that it is at work."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass

import msgspec

from grader.catalogue import Exercise
from grader.errors import UsageError
from grader.results import GradeReport
from grader.sandbox import temporary

# -P: nothing beside the notebook can stand in for a module of ours.
GRADE = (sys.executable, "-P", "-m", "grader")
EVERY = 1.0


@dataclass(frozen=True)
class Checked:
    """What `grade` said: the report, and the same as text; how many seconds it took."""

    report: GradeReport
    text: str
    seconds: float


def check(exercise: Exercise, progress: Callable[[str], None]) -> Checked:
    """Grade an exercise in its folder; UsageError with what `grade` says when it can't."""
    began = time.perf_counter()
    progress(f"Checking {exercise.id} …")
    with temporary.lasting("check") as folder:
        document = folder / "report.json"
        command = [*GRADE, "run", str(exercise.folder), "--json", str(document)]
        code, text, trouble = _run(command, began, progress, exercise.id)
        if not document.is_file():
            said = trouble.strip() or f"it ended with code {code}"
            raise UsageError(f"{exercise.id} could not be checked: {said}")
        report = msgspec.json.decode(document.read_bytes(), type=GradeReport)
    text = "\n".join(line for line in text.split("\n") if str(document) not in line)
    return Checked(report, text.strip("\n"), time.perf_counter() - began)


def _run(
    command: list[str], began: float, progress: Callable[[str], None], name: str
) -> tuple[int, str, str]:
    environ = {**os.environ, "NO_COLOR": "1", "COLUMNS": "96", "PYTHONIOENCODING": "utf-8"}
    for gone in ("FORCE_COLOR", "CLICOLOR_FORCE"):
        environ.pop(gone, None)
    running = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        env=environ,
        start_new_session=True,  # interrupting the kernel is ours to pass on
    )
    try:
        while True:
            try:
                out, trouble = running.communicate(timeout=EVERY)
                return running.returncode, out, trouble
            except subprocess.TimeoutExpired:
                progress(f"Checking {name} … {time.perf_counter() - began:.0f} s")
    finally:
        _end(running)


def _end(running: subprocess.Popen[str]) -> None:
    if running.poll() is not None:
        return
    running.send_signal(signal.SIGINT)
    try:
        running.communicate(timeout=5)
    except subprocess.TimeoutExpired:
        running.kill()
        running.communicate()
