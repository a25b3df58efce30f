"""A warm sandbox for all tests, cells for each, and an ordinary user where we are root."""

from __future__ import annotations

import json
import os
import textwrap
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from grader.errors import SandboxError
from grader.sandbox import Cell, Ended, Level, Mount, Policy, Sandbox
from grader.sandbox.inside.waiting import readable

PROGRAMS = Mount(Path(__file__).parent / "programs.py", "programs")


@dataclass(frozen=True)
class Outcome:
    """What a program said, the error that ended it, and how it ended."""

    said: list[object]
    error: str | None
    ended: Ended | None


@dataclass(frozen=True)
class Started:
    """A program that runs: its number, and the end of the pipe that it writes to."""

    pid: int
    pipe: int

    def line(self, seconds: float = 10.0) -> bytes:
        """Return what it wrote next; nothing when it doesn't write in time."""
        return os.read(self.pipe, 1 << 16) if readable([self.pipe], seconds) else b""


@pytest.fixture(scope="session")
def sandbox() -> Iterator[Sandbox]:
    try:
        made = Sandbox(level=Level.FULL, packages=[PROGRAMS], preload=["programs"])
    except SandboxError as error:
        pytest.skip(f"this machine can't: {error}")
    with made:
        yield made


@pytest.fixture
def new_cell(sandbox: Sandbox) -> Iterator[Callable[..., Cell]]:
    cells: list[Cell] = []

    def make(policy: Policy | None = None) -> Cell:
        cells.append(sandbox.cell(policy))
        return cells[-1]

    yield make
    for cell in cells:
        assert not cell.close()


@pytest.fixture
def cell(new_cell: Callable[..., Cell]) -> Cell:
    return new_cell()


@pytest.fixture
def launch() -> Iterator[Callable[..., Started]]:
    pipes: list[int] = []

    def start(cell: Cell, code: str, *, deny: bool = False) -> Started:
        told, tell = os.pipe()
        pipes.append(told)
        try:
            arguments = {"code": textwrap.dedent(code), "deny": deny}
            return Started(cell.spawn("programs:run", arguments, [tell]), told)
        finally:
            os.close(tell)

    yield start
    for pipe in pipes:
        os.close(pipe)


@pytest.fixture
def run(launch: Callable[..., Started]) -> Callable[..., Outcome]:
    def finish(cell: Cell, code: str, *, deny: bool = False, seconds: float = 15.0) -> Outcome:
        started = launch(cell, code, deny=deny)
        text = started.line(seconds)
        ended = cell.wait(started.pid, seconds)
        found = json.loads(text) if text else {"said": [], "error": "it said nothing"}
        return Outcome(found["said"], found["error"], ended)

    return finish


def processes_named(name: str) -> list[int]:
    """Return the processes of the whole machine that call themselves `name`."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                if (entry / "comm").read_text().strip() == name:
                    found.append(int(entry.name))
            except OSError:
                continue
    return found


@pytest.fixture
def named() -> Callable[[str], list[int]]:
    return processes_named
