"""The worker's side of the warm process that cells are forked from.

Theory of operation. A `Sandbox` starts one zygote (see `inside/zygote.py`) and asks it for
cells. All that comes back is bounded and checked, and each wait has an end. A zygote that
doesn't answer, or answers nonsense, is killed with all that it holds, and started anew when it
is next needed. On the worker's side nothing is run, read or opened that a learner's program
made.
"""

from __future__ import annotations

import os
import socket
import threading
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from types import TracebackType

from grader.errors import SandboxError

from . import interpreter
from .asking import RefusedError, UnansweredError, receive
from .cell import Cell
from .folders import Folders, becomes
from .inside.channel import Channel
from .inside.plan import CellPlan
from .inside.processes import count_of_user
from .level import Level
from .limits import Leftovers, Mount, Policy
from .starting import Recipe, Running, start

CELL_SECONDS = 20.0
_INSIDE = Mount(Path(__file__).parent / "inside", "_inside")


class Sandbox:
    """Starts a warm process once and makes cells from it; one for each worker process.

    `packages` can be imported inside; those named in `preload` are imported once, beforehand
    (and their function `warm` is called, if they have one). `programs` are paths of programs
    that cells may see besides Python. Without a `level` it is the best that works here.

    May be used by several threads, and by forks of the worker one at a time. Raises
    `SandboxError` when the level can't be had here.
    """

    def __init__(
        self,
        *,
        level: Level | None = None,
        packages: Sequence[Mount] = (),
        preload: Sequence[str] = (),
        programs: Sequence[Path] = (),
    ) -> None:
        if os.name != "posix":
            raise SandboxError(
                "Learners' programs can't be run safely on Windows itself. Run this in WSL2."
            )
        if level is None:
            from .probe import best_level

            level = best_level()
        self.level = level
        mounts = (*_checked(packages), _INSIDE)
        self._recipe = Recipe(
            level, interpreter.describe(), mounts, tuple(preload), tuple(programs)
        )
        self._lock = threading.Lock()
        self._folders = Folders(level, mounts)
        try:
            self._running: Running | None = start(self._recipe, self._folders)
        except BaseException:
            self._folders.close()
            raise

    def __enter__(self) -> Sandbox:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def cell(self, policy: Policy | None = None) -> Cell:
        """Make a cell: fresh namespaces and folders, for one submission.

        Raises `SandboxError` when that fails twice; in between the zygote is started anew.
        """
        policy = policy or Policy()
        if policy.loopback and self.level == Level.RESTRICTED:
            raise SandboxError(
                "This exercise uses the network, and level restricted can't keep that inside "
                "the exercise. Use level full for it."
            )
        with self._lock:
            try:
                return self._cell(policy)
            except (UnansweredError, RefusedError):
                self._drop()
            try:
                return self._cell(policy)
            except (UnansweredError, RefusedError) as error:
                self._drop()
                raise SandboxError(f"The sandbox could not make a cell: {error}.") from error

    def close(self) -> None:
        """End the zygote and all cells, and remove what they left. May be called twice."""
        with self._lock:
            self._drop()
            self._folders.close()

    def _drop(self) -> bool:
        running, self._running = self._running, None
        return running.kill() if running is not None else True

    def _cell(self, policy: Policy) -> Cell:
        if self._running is None:
            self._running = start(self._recipe, self._folders)
        running = self._running
        root = self._folders.new_root()
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)
        channel = Channel(ours)
        try:
            with theirs:
                plan = asdict(self._plan(policy, root))
                request = {"do": "cell", "plan": plan}
                answer = running.ask(request, [theirs.fileno()], seconds=CELL_SECONDS)
            number = answer.get("cell")
            if not isinstance(number, int):
                raise UnansweredError("its answer made no sense")
            hello = receive(channel, CELL_SECONDS)
            if hello.get("ready") is not True:
                raise RefusedError(str(hello.get("fault"))[:500])
        except BaseException:
            channel.close()
            self._folders.drop_root(root)
            raise
        return Cell(channel, root, self.level, lambda: self._finish(running, number, root))

    def _plan(self, policy: Policy, root: str) -> CellPlan:
        user = becomes(self.level) or (os.getuid(), os.getgid())
        others = 0 if _counts_by_namespace(self.level) else count_of_user(user[0])
        return CellPlan(root, policy.limits, policy.processes, policy.loopback, others)

    def _finish(self, running: Running, number: int, root: str) -> Leftovers:
        """End a cell; called by the cell itself, once."""
        found: list[str] = []
        with self._lock:
            try:
                if self._running is running:
                    answer = running.ask({"do": "end", "cell": number}, seconds=CELL_SECONDS)
                    if answer.get("gone") is not True:
                        raise UnansweredError("processes of the cell could not be ended")
            except (UnansweredError, RefusedError) as error:
                if not self._drop():
                    found.append(f"processes of the cell may still run ({error})")
            found += self._folders.drop_root(root)
        return Leftovers(tuple(found))


def _checked(packages: Sequence[Mount]) -> tuple[Mount, ...]:
    """Check that packages can be mounted; raise `SandboxError`."""
    for mount in packages:
        if not mount.source.exists():
            raise SandboxError(f"The package {mount.name} was not found at {mount.source}.")
        if not mount.name or "/" in mount.name or mount.name.startswith((".", "_inside")):
            raise SandboxError(f"{mount.name!r} can't be the name of a package in the sandbox.")
    return tuple(packages)


def _counts_by_namespace(level: Level) -> bool:
    """Say whether the limit on processes counts a cell's own only.

    It does in a user namespace since Linux 5.14; before, and without one, it counts all
    processes of the user, so that these must be added to the limit.
    """
    if level < Level.FULL:
        return False
    major, minor = os.uname().release.split(".")[:2]
    digits = "".join(c for c in minor if c.isdigit()) or "0"
    return (int(major), int(digits)) >= (5, 14)
