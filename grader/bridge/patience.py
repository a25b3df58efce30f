"""How long a hostile process may take: so much CPU time, and never longer than a wall-clock bound.

Theory of operation. On a busy machine a right program waits for its turn, so the CPU time of its
process decides. A process that sleeps, stops itself or leaves the work to another one uses none:
it ends at the bound. The kernel says which process has sent a message, and what CPU time that one
has used; what a program can do about it brings it to the bound and no further. Where the kernel
tells no such thing, wall-clock time decides as if it were CPU time.
"""

from __future__ import annotations

import contextlib
import socket
import struct
import time
from collections.abc import Callable

BOUND = 5  # times the CPU time of a call may pass on the clock
_WHOLE_PROCESS = 2  # see CPUCLOCK_SCHED in the kernel's posix-timers.h
_CREDENTIALS = struct.Struct("@3i")  # process, user and group
_ROOM = socket.CMSG_LEN(_CREDENTIALS.size)  # so that no descriptor finds room beside them
_STEP = 0.01  # seconds until CPU time is looked at again, at least


def cpu_seconds(pid: int) -> float | None:
    """CPU time of a process and its threads, without its children; None where it isn't told."""
    try:
        return time.clock_gettime((~pid << 3) | _WHOLE_PROCESS)
    except OSError:
        return None


class Peer:
    """The process at the other end of a socket, known from the first bytes that it sends."""

    def __init__(self, sock: socket.socket) -> None:
        self._sock = sock
        self._pid = 0
        self._awaited = False
        with contextlib.suppress(OSError, AttributeError):
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_PASSCRED, 1)
            self._awaited = True

    def receive(self, most: int) -> bytes:
        """Bytes from the socket."""
        if not self._awaited:
            return self._sock.recv(most)
        data, said, _, _ = self._sock.recvmsg(most, _ROOM)
        for level, kind, value in said:
            if (level, kind) == (socket.SOL_SOCKET, socket.SCM_CREDENTIALS):
                self._pid = _CREDENTIALS.unpack(value[: _CREDENTIALS.size])[0]
        self._awaited = False
        self._sock.setsockopt(socket.SOL_SOCKET, socket.SO_PASSCRED, 0)
        return data

    def used(self) -> float | None:
        """CPU time of the process in seconds; None when that isn't known."""
        return cpu_seconds(self._pid) if self._pid > 0 else None


class Patience:
    """One wait: over after `computing` seconds of CPU time as `used` tells it, or at `end`."""

    def __init__(
        self,
        computing: float,
        end: float,
        used: Callable[[], float | None] = lambda: None,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self.end = end
        self._used = used
        self._now = now
        self._looked = False
        self._most = (used() or 0.0) + computing
        self._until = min(now() + computing, end)

    @property
    def seconds(self) -> float:
        """Until `over` should be asked, on the clock; may be negative."""
        return self._until - self._now()

    @property
    def idle(self) -> bool:
        """Whether it ended at the bound, after the CPU time had been found to be left."""
        return self._looked and self._now() >= self.end

    def extend(self, seconds: float) -> None:
        """Time passed in which the process had to wait for us."""
        self.end += seconds
        self._until += seconds

    def over(self) -> bool:
        """Whether time is up."""
        now = self._now()
        if now < self._until:
            return False
        used = self._used() if now < self.end else None
        if used is None or used >= self._most:
            return True
        self._looked = True
        self._until = min(now + max(self._most - used, _STEP), self.end)
        return False


def until(end: float) -> Patience:
    """A wait for what is no program's computing: over at `end` (monotonic seconds)."""
    return Patience(end - time.monotonic(), end)
