"""The clean process at the head of a cell: makes the work folder, spawns, kills, reaps, reports.

Theory of operation. At level full this is PID 1 of the cell's own process namespace. It never
imports a learner's module and holds nothing that a learner's program must not have. Such a
program runs under the same user id, so it could try to signal, trace or limit this process:
PID 1 ignores signals that it has no handler for, and it has none; filters and Landlock in the
child refuse the rest. It obeys the worker over a socket that no child inherits; when the
worker's end closes, it ends, and the kernel ends the cell with it. Below level full it collects
orphans as a subreaper and kills by descent.
"""

# ruff: noqa: PTH102, PTH103, PTH118, PTH120 - pathlib is not imported inside, to start faster
from __future__ import annotations

import contextlib
import json
import os
import signal
import sys
import time
from collections.abc import Callable
from typing import BinaryIO, NoReturn

from . import child, kernel, landlock, lockdown, processes
from .channel import MOST_DESCRIPTORS, Channel, ChannelClosedError
from .plan import FULL, RESTRICTED, CellPlan, Settings
from .removal import empty_folder
from .waiting import readable

WORK, SHARED_MEMORY = "work", "shm"
PATIENCE = 10.0  # seconds for the rest of a frame
KILL_SECONDS = 5.0
SPAWN_SECONDS = 5.0
TIDY_SECONDS = 5.0
ORPHANS_SECONDS = 0.2


def main(end: Channel, settings: Settings, plan: CellPlan, proc: int | None) -> NoReturn:
    """Run a cell until the worker closes its end. Never returns."""
    code = 0
    try:
        supervisor = Supervisor(end, settings, plan, proc)
        end.send({"ready": True}, timeout=PATIENCE)
        supervisor.serve()
    except ChannelClosedError:
        pass
    except BaseException as error:  # noqa: BLE001 - a fork must not return into its parent's code
        code = 1
        with contextlib.suppress(Exception):
            end.send({"fault": f"{type(error).__name__}: {error}"[:500]}, timeout=1)
    if settings.level < FULL:
        kill_descendants(KILL_SECONDS)
    os._exit(code)


class Supervisor:
    """The life of one cell."""

    def __init__(self, end: Channel, settings: Settings, plan: CellPlan, proc: int | None) -> None:
        self._end, self._plan, self._proc = end, plan, proc
        self._full = settings.level == FULL
        self._spawned: dict[int, int] = {}  # number -> descriptor of the process, or -1
        self._folders = {SHARED_MEMORY, WORK}
        if not self._full and sys.platform == "linux":
            kernel.prctl(kernel.PR_SET_CHILD_SUBREAPER, 1)
        for name in self._folders:
            os.mkdir(os.path.join(plan.root, name), 0o700)
        self._lockdown = lockdown.prepare(settings.level, plan, settings.readable)
        if settings.level == RESTRICTED:
            # a program must not be able to trick this process into writing for it elsewhere
            seen = (*settings.readable, "/proc")
            landlock.restrict(landlock.ruleset(seen, (plan.root,), tcp=True, scoped=False))

    def serve(self) -> NoReturn:
        """Do what the worker asks, one request after the other."""
        requests: dict[object, Callable[[dict[str, object], list[int]], dict[str, object]]] = {
            "put": self._put,
            "spawn": self._spawn,
            "kill": self._kill,
        }
        while True:
            self._reap()
            end = self._end.fileno()
            if end not in readable((end, *self._spawned.values()), self._pause()):
                continue
            message, fds = self._end.receive(timeout=PATIENCE, fds=MOST_DESCRIPTORS)
            try:
                answer = requests[message.get("do")](message, fds)
            except Exception as error:  # noqa: BLE001 - the worker turns it into words
                answer = {"fault": f"{type(error).__name__}: {error}"[:500]}
            finally:
                for fd in fds:
                    os.close(fd)
            self._end.send({**answer, "re": message.get("n")}, timeout=PATIENCE)

    def _pause(self) -> float | None:
        """Return how long to wait before looking for orphans again, in seconds."""
        if not self._spawned:
            return None
        return ORPHANS_SECONDS if min(self._spawned.values()) >= 0 else ORPHANS_SECONDS / 20

    # -- the work folder

    def _put(self, message: dict[str, object], fds: list[int]) -> dict[str, object]:
        """Make a folder afresh; what gets in the way of that is killed."""
        name = str(message["name"])
        with open(fds[0], "rb", closefd=False) as file:
            head = json.loads(file.read(int.from_bytes(file.read(8), "big")))
            start = file.tell()
            try:
                self._replace(name, head, file, TIDY_SECONDS / 5)
                return {"killed": False}
            except OSError:
                if self._reap():
                    raise  # nobody was there to get in the way
            self._kill_all()
            file.seek(start)
            self._replace(name, head, file, TIDY_SECONDS)
            return {"killed": True}

    def _replace(
        self, name: str, head: list[tuple[str, int]], contents: BinaryIO, seconds: float
    ) -> None:
        """Remove the old folder and all that doesn't belong; write the new one."""
        root = self._plan.root
        empty_folder(root, keep=self._folders - {name, SHARED_MEMORY}, seconds=seconds)
        os.mkdir(os.path.join(root, SHARED_MEMORY), 0o700)
        self._folders.add(name)
        _write(os.path.join(root, name), head, contents)

    # -- processes

    def _spawn(self, message: dict[str, object], fds: list[int]) -> dict[str, object]:
        folder = os.path.join(self._plan.root, str(message["folder"]))
        job = child.Job(str(message["entry"]), message["arguments"], folder, self._proc)
        told, status = os.pipe()
        pid = os.fork()
        if pid == 0:
            child.run(job, fds, status, self._lockdown)
        os.close(status)
        try:
            reason = _read_status(told, SPAWN_SECONDS)
        finally:
            os.close(told)
        if reason != child.READY:
            os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)
            words = reason.decode("utf-8", "replace") or "the new process ended at once"
            return {"fault": words}
        self._spawned[pid] = processes.hold(pid)
        return {"pid": pid}

    def _kill(self, message: dict[str, object], _: list[int]) -> dict[str, object]:
        pid = message["pid"]
        if pid is None:
            return {"gone": self._kill_all()}
        if not isinstance(pid, int) or pid <= 1:
            return {"fault": f"{pid!r} is not the number of a process"}
        if self._full or pid in self._spawned:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        else:
            processes.end_if_descendant(pid, os.getpid())
        return {"gone": self._until(lambda: self._is_gone(pid))}

    def _is_gone(self, pid: int) -> bool:
        if pid in self._spawned:
            return False
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return True
        except PermissionError:
            return True  # the number is somebody else's by now
        return processes.wait_gone(pid, 0)

    def _kill_all(self) -> bool:
        def ended() -> bool:
            if self._full:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(-1, signal.SIGKILL)
            else:
                _signal_descendants(tuple(self._spawned))
            return self._reap()

        return self._until(ended)

    def _until(self, done: Callable[[], bool]) -> bool:
        """Reap and wait until `done`; give up after a while and say so."""
        deadline = time.monotonic() + KILL_SECONDS
        while True:
            self._reap()
            if done():
                return True
            if time.monotonic() > deadline:
                return False
            time.sleep(0.001)

    def _reap(self) -> bool:
        """Collect what has ended and tell the worker; say whether no process is left."""
        while True:
            try:
                pid, status, used = os.wait4(-1, os.WNOHANG)
            except ChildProcessError:
                return True
            if pid == 0:
                return False
            if pid in self._spawned:
                if (held := self._spawned.pop(pid)) >= 0:
                    os.close(held)
                code = os.waitstatus_to_exitcode(status)
                event = {
                    "ended": pid,
                    "code": code if code >= 0 else None,
                    "signal": -code if code < 0 else None,
                    "cpu": used.ru_utime + used.ru_stime,
                    "rss": used.ru_maxrss,
                }
                self._end.send(event, timeout=PATIENCE)


def _read_status(told: int, seconds: float) -> bytes:
    if not readable([told], seconds):
        return b"the new process did not get ready in time"
    return os.read(told, 1000)


def _signal_descendants(spawned: tuple[int, ...]) -> None:
    found = processes.descendants(os.getpid()) or spawned
    for pid in found:
        with contextlib.suppress(OSError):
            os.kill(pid, signal.SIGKILL)


def kill_descendants(seconds: float) -> bool:
    """Kill all that comes from this process until nothing is left; say whether that worked."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        _signal_descendants(())
        try:
            while os.waitpid(-1, os.WNOHANG)[0]:
                pass
        except ChildProcessError:
            return True
        time.sleep(0.002)
    return False


def _write(folder: str, head: list[tuple[str, int]], contents: BinaryIO) -> None:
    """Write the files of a put: `head` has (path, size) of each."""
    os.mkdir(folder, 0o700)
    made = {folder}
    for path, size in head:
        parts = path.split("/")
        if not all(parts) or {".", ".."} & set(parts):
            raise ValueError("a path leaves the work folder")
        where = os.path.join(folder, *parts)
        if (parent := os.path.dirname(where)) not in made:
            os.makedirs(parent, 0o755, exist_ok=True)
            made.add(parent)
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW
        file = os.open(where, flags, 0o644)
        try:
            data = contents.read(size)
            while data:
                data = data[os.write(file, data) :]
        finally:
            os.close(file)
