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


def hold(pid: int) -> int:
    """Return a descriptor of the process, -1 when it is gone or this system has no such thing."""
    try:
        return os.pidfd_open(pid)
    except (OSError, AttributeError):
        return -1


def end_if_descendant(pid: int, of: int) -> bool:
    """Send SIGKILL to `pid` if it comes from `of`; say whether it did.

    The process is held by descriptor between look and kill, where the kernel has that, so that a
    number which was given to another process meanwhile hits nobody.
    """
    held = hold(pid)
    try:
        if pid not in descendants(of):
            return False
        if held >= 0:
            signal.pidfd_send_signal(held, signal.SIGKILL)
        else:
            os.kill(pid, signal.SIGKILL)
        return True
    except ProcessLookupError:
        return True
    finally:
        if held >= 0:
            os.close(held)


def wait_gone(pid: int, seconds: float) -> bool:
    """Wait until the process has ended; say whether it did. It may still be unreaped.

    Where a process can't be held it is taken to end, as it was told to.
    """
    held = hold(pid)
    if held < 0:
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
