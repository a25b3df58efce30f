"""Readers that work in the sandbox: each in a cell of its own, for one question.

Theory of operation. What needs a library that is too large to trust with hostile bytes (git), or
runs something (SQL, a debugger), is done by a process in a cell that is thrown away afterwards.
It gets the files and a question and gives one JSON object, bounded in size and time and decoded
by a closed schema. Whatever else comes, or nothing, means that the file could not be read.
"""

from __future__ import annotations

import importlib.util
import os
import selectors
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Generic, TypeVar

import msgspec

from grader.bridge.artefacts.malformed import Malformed
from grader.bridge.artefacts.trying import TOO_MUCH, UNREADABLE
from grader.errors import SandboxError
from grader.sandbox import Level, Limits, Mount, Policy, Sandbox

PACKAGE = "_candidate"
MOST_ANSWER = 24 << 20
SEAL = "_inside.lockdown:deny_new_processes"

_CANDIDATE = Path(__file__).parents[1] / "candidate"
_LIMITS = Limits(
    memory_mb=512, cpu_seconds=10, processes=8, file_mb=64, disk_mb=128, descriptors=128
)

T = TypeVar("T")


class Told(msgspec.Struct, Generic[T], frozen=True):
    """What a reader answers: what it found, or why it found nothing."""

    found: T | None = None
    problem: str | None = None
    detail: str = ""


def reader_sandbox(level: Level) -> Sandbox:
    """A warm sandbox in which these readers run; close it when done."""
    spec = importlib.util.find_spec("dulwich")
    if spec is None or spec.origin is None:
        raise SandboxError(
            "Reading git repositories needs the package dulwich, which isn't installed here. "
            "Install the grader again with its dependencies."
        )
    return Sandbox(
        level=level,
        packages=(Mount(_CANDIDATE, PACKAGE), Mount(Path(spec.origin).parent, "dulwich")),
        preload=(f"{PACKAGE}.git_reading", f"{PACKAGE}.sql_running", f"{PACKAGE}.replaying"),
    )


def ask_reader(
    sandbox: Sandbox,
    entry: str,
    files: Mapping[str, bytes],
    arguments: object,
    kind: type[Told[T]],
    *,
    seconds: float = 15.0,
    late: str = TOO_MUCH,
    note: Callable[[str], None] = lambda _: None,
) -> T:
    """Ask one reader about `files`; Malformed when it can't say, SandboxError when we can't.

    `late` is said when the time is up; `note` is told of what a library said, for the tutor.
    """
    with sandbox.cell(Policy(limits=_LIMITS)) as cell:
        cell.put(files)
        ours, theirs = os.pipe()
        try:
            cell.spawn(f"{PACKAGE}.{entry}:main", arguments, (theirs,))
        finally:
            os.close(theirs)
        data, in_time = gathered(ours, time.monotonic() + seconds)
    if not in_time:
        raise Malformed(late)
    return told(data, kind, note)


def told(data: bytes, kind: type[Told[T]], note: Callable[[str], None]) -> T:
    """The answer in the bytes that a reader wrote; Malformed when there is none."""
    try:
        said = msgspec.json.decode(data, type=kind)
    except (msgspec.DecodeError, RecursionError):
        raise Malformed(TOO_MUCH) from None  # it died, or was made to say something else
    if said.found is not None:
        return said.found
    if said.detail:
        note(said.detail[:300])
    raise Malformed((said.problem or UNREADABLE)[:300])


def gathered(reader: int, deadline: float, most: int = MOST_ANSWER) -> tuple[bytes, bool]:
    """All that is written until the end or the deadline, and whether the end came first.

    Takes over and closes `reader`. Too much counts as nothing.
    """
    data = bytearray()
    with selectors.DefaultSelector() as selector:
        selector.register(reader, selectors.EVENT_READ)
        try:
            while selector.select(max(0.0, deadline - time.monotonic())):
                piece = os.read(reader, 1 << 18)
                data += piece
                if not piece or len(data) > most:
                    return (b"" if piece else bytes(data)), True
            return b"", False
        finally:
            os.close(reader)
