"""The warm process that cells are forked from.

Theory of operation. It starts once, imports what cells will need, and forks a supervisor for
each cell. It holds no secret: what it has in memory, every learner's program may read after the
fork. At level full it is PID 1 of the sandbox and the only way in is the worker's socket. When
the worker's end closes it ends, and the kernel ends all cells with it. A cell's processes live
in a process namespace below, so they can't even name it.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import os
import signal
import socket
import sys
import time
from typing import NoReturn

from . import kernel, namespaces, processes, room, supervisor
from .channel import Channel, ChannelClosedError
from .child import set_environment
from .plan import FULL, CellPlan, Settings, cell_plan, settings
from .waiting import readable

START_SECONDS = 20.0
CELL_SECONDS = 8.0
END_SECONDS = 8.0


def main(fd: int) -> NoReturn:
    """Serve the worker at the other end of the socket `fd`. Never returns."""
    end = Channel(socket.socket(fileno=fd))
    try:
        message, _ = end.receive(timeout=START_SECONDS)
        plan = settings(message)
        _settle(plan)
        end.send({"ready": True, "uid": os.getuid()}, timeout=START_SECONDS)
        Zygote(end, plan).serve()
    except ChannelClosedError:
        pass
    except BaseException as error:  # noqa: BLE001 - a fork must not return into its parent's code
        with contextlib.suppress(Exception):
            end.send({"fault": f"{type(error).__name__}: {error}"[:500]}, timeout=1)
    if os.getpid() != 1:
        supervisor.kill_descendants(END_SECONDS)
    os._exit(0)


def _settle(plan: Settings) -> None:
    """Give up rights, ignore the terminal, import what cells will need."""
    if plan.user is not None:
        _become(*plan.user)
    for path in (os.__file__, *plan.readable):
        if not os.access(path, os.R_OK):
            raise PermissionError(f"{path} can't be read by the user of the sandbox")
    if sys.platform == "linux":
        if plan.level < FULL and not processes.descendants(os.getppid()):
            raise OSError("/proc isn't there")  # there, what a cell started could not be found
        kernel.prctl(kernel.PR_SET_NO_NEW_PRIVS, 1)
        kernel.prctl(kernel.PR_SET_DUMPABLE, 0)
        kernel.prctl(kernel.PR_SET_CHILD_SUBREAPER, 1)
        kernel.few_arenas()
        room.require()
    # PID 1 ignores signals that it has no handler for; children get Python's handler back
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    os.umask(0o022)
    set_environment(plan.home)
    sys.argv = [""]
    null = os.open("/dev/null", os.O_RDWR)
    for place in (0, 1, 2):
        os.dup2(null, place)
    os.close(null)
    for name in plan.preload:
        module = importlib.import_module(name)
        if callable(warm := getattr(module, "warm", None)):
            warm()
    gc.collect()
    gc.freeze()


def _become(uid: int, gid: int) -> None:
    if sys.platform == "linux":
        kernel.drop_bounding_set()
    os.setgroups([])
    os.setresgid(gid, gid, gid)
    os.setresuid(uid, uid, uid)
    if sys.platform == "linux":
        kernel.drop_capabilities()


class Zygote:
    """Forks cells and ends them."""

    def __init__(self, end: Channel, plan: Settings) -> None:
        self._end, self._plan = end, plan
        self._cells: set[int] = set()

    def serve(self) -> NoReturn:
        """Do what the worker asks, one request after the other."""
        while True:
            waiting = readable([self._end.fileno()], 5.0 if self._cells else None)
            self._reap()
            if not waiting:
                continue
            message, fds = self._end.receive(timeout=START_SECONDS, fds=1)
            try:
                if message.get("do") == "cell":
                    answer = self._make(cell_plan(message["plan"]), fds[0])  # type: ignore[arg-type]
                else:
                    answer = self._finish(message.get("cell"))
            except Exception as error:  # noqa: BLE001 - the worker turns it into words
                answer = {"fault": f"{type(error).__name__}: {error}"[:500]}
            finally:
                for fd in fds:
                    with contextlib.suppress(OSError):
                        os.close(fd)
            self._end.send({**answer, "re": message.get("n")}, timeout=START_SECONDS)

    def _make(self, plan: CellPlan, fd: int) -> dict[str, object]:
        told, tell = os.pipe()
        first = os.fork()
        if first == 0:
            self._become_cell(plan, fd, told, tell)
        os.close(tell)
        try:
            answer = _read_all(told, CELL_SECONDS)
        finally:
            os.close(told)
        if self._plan.level == FULL:
            if not answer:
                os.kill(first, signal.SIGKILL)
            os.waitpid(first, 0)
        if not answer.isdigit():
            return {"fault": answer.decode("utf-8", "replace") or "a cell did not start in time"}
        self._cells.add(int(answer))
        return {"cell": int(answer)}

    def _become_cell(self, plan: CellPlan, fd: int, told: int, tell: int) -> NoReturn:
        """Become the supervisor of a new cell, at level full by way of a process that ends."""
        proc: int | None = None
        try:
            os.close(told)
            self._end.release()
            end = Channel(socket.socket(fileno=fd))
            if self._plan.level == FULL:
                proc = namespaces.enter(plan)
                if first := os.fork():
                    os.write(tell, str(first).encode())
                    os._exit(0)
            else:
                if sys.platform == "linux":
                    kernel.prctl(kernel.PR_SET_PDEATHSIG, signal.SIGKILL)
                    proc = os.open("/proc", os.O_RDONLY | os.O_DIRECTORY)
                os.write(tell, str(os.getpid()).encode())
            os.close(tell)
        except BaseException as error:  # noqa: BLE001 - a fork must not return into its parent's code
            with contextlib.suppress(OSError):
                os.write(tell, f"{type(error).__name__}: {error}"[:500].encode())
            os._exit(1)
        supervisor.main(end, self._plan, plan, proc)

    def _finish(self, cell: object) -> dict[str, object]:
        """End a cell: at level full all its processes go with its PID 1, by the kernel's hand."""
        if not isinstance(cell, int) or cell not in self._cells:
            return {"gone": True}
        below = [] if self._plan.level == FULL else processes.descendants(cell)
        for pid in (cell, *below):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        gone = processes.wait_gone(cell, END_SECONDS)
        if self._plan.level < FULL:
            gone = self._sweep(cell) and gone
        self._reap()
        return {"gone": gone}

    def _sweep(self, cell: int) -> bool:
        """Kill what the cell left and we inherited, but not other cells; say whether all went."""
        for _ in range(200):
            self._reap()
            others = {pid for one in self._cells - {cell} for pid in processes.descendants(one)}
            left = set(processes.descendants(os.getpid())) - others - (self._cells - {cell})
            if not left:
                return True
            for pid in left:
                with contextlib.suppress(OSError):
                    os.kill(pid, signal.SIGKILL)
            time.sleep(0.005)
        return False

    def _reap(self) -> None:
        """Collect what has ended."""
        with contextlib.suppress(ChildProcessError):
            while pid := os.waitpid(-1, os.WNOHANG)[0]:
                self._cells.discard(pid)


def _read_all(told: int, seconds: float) -> bytes:
    """Read until the other ends are closed, for a bounded time."""
    text = b""
    while readable([told], seconds):
        part = os.read(told, 1000)
        if not part:
            break
        text += part
    return text
