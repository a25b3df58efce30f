"""One grading at a time, in a process of its own, by the one real command; bounded, cancellable."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import time
import uuid
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from grader.catalogue import Exercise
from grader.lab.checking import GRADE
from grader.sandbox import temporary

State = Literal["running", "done", "failed", "cancelled"]
MOST_BYTES = 4_000_000  # of a report; a larger one is not shown
MOST_WORDS = 4_000
MOST_SECONDS = 900.0
GRACE = 5.0


@dataclass
class Check:
    """One grading: which exercise, how it goes, and at the end the learner's page and report."""

    exercise: Exercise
    id: str = field(default_factory=lambda: uuid.uuid4().hex)
    began: float = field(default_factory=time.perf_counter)
    state: State = "running"
    seconds: float = 0.0
    page: str = ""
    report: bytes = b""
    trouble: str = ""
    notes: list[dict[str, Any]] = field(default_factory=list)
    task: asyncio.Task[None] | None = None

    @property
    def took(self) -> float:
        """Seconds so far, or in all."""
        return self.seconds or time.perf_counter() - self.began


class Runner:
    """Holds the last check of a workspace; starts a new one when that has ended."""

    def __init__(self) -> None:
        self.last: Check | None = None

    @property
    def busy(self) -> bool:
        """Whether a grading is under way."""
        return self.last is not None and self.last.state == "running"

    def start(self, exercise: Exercise, notes: list[dict[str, Any]]) -> Check:
        """Start grading; the caller has seen that nothing else runs."""
        check = Check(exercise, notes=notes)
        check.task = asyncio.get_running_loop().create_task(_run(check))
        self.last = check
        return check

    def find(self, name: str) -> Check | None:
        """The check of that id, if it is the last one."""
        return self.last if self.last is not None and self.last.id == name else None

    async def cancel(self, check: Check) -> None:
        """End a grading and everything that it started."""
        if check.task is not None and check.state == "running":
            check.task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await check.task


async def _run(check: Check) -> None:
    try:
        with temporary.lasting("check") as folder:
            await asyncio.wait_for(_grade(check, folder), MOST_SECONDS)
    except asyncio.CancelledError:
        check.state = "cancelled"
    except TimeoutError:
        _fail(check, f"It took longer than {MOST_SECONDS / 60:.0f} minutes and was stopped.")
    except OSError as error:
        _fail(check, f"It could not be started: {error.strerror}.")
    finally:
        check.seconds = time.perf_counter() - check.began


async def _grade(check: Check, folder: Path) -> None:
    document = folder / "report.json"
    home = check.exercise.folder.parent
    work = f"{home.name}/{check.exercise.id}"
    words = ["run", work, "--json", str(document), "--html", str(folder)]
    with (folder / "said").open("wb") as said:
        process = await asyncio.create_subprocess_exec(
            *GRADE,
            *words,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.DEVNULL,
            stderr=said,
            cwd=home.parent,
            env={**os.environ, "NO_COLOR": "1"},
            start_new_session=True,
        )
        try:
            code = await process.wait()
        except asyncio.CancelledError:
            await _end(process)
            raise
    if not document.is_file():
        trouble = _content(folder / "said", MOST_WORDS).decode("utf-8", "replace").strip()
        _fail(check, trouble or f"The grader ended with code {code} and said nothing.")
        return
    page = _content(folder / "index.html", MOST_BYTES)
    check.report, check.page = _content(document, MOST_BYTES), page.decode("utf-8", "replace")
    if MOST_BYTES in (len(check.report), len(page)):  # in bytes: letters may take several
        _fail(check, "The report is too long to be shown here. Use `grade` in a terminal.")
        return
    check.state = "done"


def _fail(check: Check, trouble: str) -> None:
    check.state, check.trouble = "failed", trouble


async def _end(process: asyncio.subprocess.Process) -> None:
    """Ask it to stop, then end the whole group that it leads."""
    with contextlib.suppress(ProcessLookupError):
        process.send_signal(signal.SIGINT)
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(process.wait(), GRACE)
        os.killpg(process.pid, signal.SIGKILL)
    await process.wait()


def _content(path: Path, most: int) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(most)
    except OSError:
        return b""
