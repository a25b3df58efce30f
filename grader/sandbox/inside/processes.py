"""Finds and ends processes where there is no process namespace to end them all at once."""

# ruff: noqa: PTH116, PTH123, PTH208 - pathlib is not imported inside, to start faster
from __future__ import annotations

import contextlib
import os
import signal
from collections.abc import Iterator

from .waiting import readable


def _parents() -> dict[int, int]:
    """Return the parent of each process that can be seen; empty where there is no /proc."""
    parents: dict[int, int] = {}
    try:
        names = os.listdir("/proc")
    except OSError:
        return parents
    for name in names:
        if name.isdigit():
            with (
                contextlib.suppress(OSError, ValueError, IndexError),
                open(f"/proc/{name}/stat", "rb") as file,
            ):
                # the name of the program is in brackets and may hold anything
                parents[int(name)] = int(file.read().rpartition(b")")[2].split()[1])
    return parents


def descendants(of: int) -> list[int]:
    """Return the processes that come from the process `of`, nearest first."""
    children: dict[int, list[int]] = {}
    for pid, parent in _parents().items():
        children.setdefault(parent, []).append(pid)

    def walk() -> Iterator[int]:
        queue = [of]
        while queue:
            below = children.get(queue.pop(0), [])
            queue += below
            yield from below

    return list(walk())


def end_if_descendant(pid: int, of: int) -> bool:
    """Send SIGKILL to `pid` if it comes from `of`; say whether it did.

    The process is held by descriptor between look and kill, so that a number which was given
    to another process meanwhile hits nobody.
    """
    try:
        held = os.pidfd_open(pid)
    except (OSError, AttributeError):
        return False
    try:
        if pid not in descendants(of):
            return False
        signal.pidfd_send_signal(held, signal.SIGKILL)
        return True
    except ProcessLookupError:
        return True
    finally:
        os.close(held)


def wait_gone(pid: int, seconds: float) -> bool:
    """Wait until the process has ended; say whether it did. It may still be unreaped."""
    try:
        held = os.pidfd_open(pid)
    except ProcessLookupError:
        return True
    try:
        return bool(readable([held], seconds))
    finally:
        os.close(held)


def count_of_user(uid: int) -> int:
    """Return how many processes and threads of this user there are, 0 where that is unknown."""
    total = 0
    try:
        names = [name for name in os.listdir("/proc") if name.isdigit()]
    except OSError:
        return 0
    for name in names:
        with contextlib.suppress(OSError):
            if os.stat(f"/proc/{name}").st_uid == uid:
                total += len(os.listdir(f"/proc/{name}/task"))
    return total
