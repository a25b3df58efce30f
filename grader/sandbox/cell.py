"""The worker's side of a cell: the place where one submission's programs run.

Theory of operation. A cell is a supervisor (`inside/supervisor.py`) and what it spawns. Each
request has a bound. When the supervisor doesn't answer within it, the cell is ended through
the zygote, from above, and `SandboxError` is raised: the sandbox's own failure is never taken
for the learner's. Figures that come back are checked before use.
"""

from __future__ import annotations

import json
import math
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from types import TracebackType
from typing import NoReturn

from grader.errors import SandboxError

from .asking import Answer, RefusedError, UnansweredError, ask, receive
from .inside.channel import MOST_DESCRIPTORS, Channel
from .inside.waiting import readable
from .level import Level
from .limits import Ended, Leftovers

PUT_SECONDS = 30.0
SPAWN_SECONDS = 15.0
KILL_SECONDS = 15.0
FRAME_SECONDS = 5.0  # for the rest of a frame that has begun
MOST_FILES = 4096
MOST_BYTES = 64 << 20
_RESERVED = "shm"


class Cell:
    """One submission's place. Made by `Sandbox.cell`; use as a context manager."""

    def __init__(
        self, channel: Channel, root: str, level: Level, finish: Callable[[], Leftovers]
    ) -> None:
        self._channel, self._root, self._finish = channel, root, finish
        self._ended: dict[int, Ended] = {}
        self._alive = True
        self.level = level
        self.folder = f"{root}/work"

    def __enter__(self) -> Cell:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def put(self, files: Mapping[str, bytes], *, name: str = "work") -> None:
        """Make the folder `name` afresh, holding exactly `files` (relative paths with "/").

        Whatever else programs left in the cell is removed; folders with other names that were
        put before stay. Programs that still run may go on; if they get in the way of the
        removal, they are killed. Raises `SandboxError` when a path leaves the folder, or the
        files don't fit (64 MB and 4,096 files; at level full also the policy's `disk_mb`).
        """
        if not name or "/" in name or name.startswith(".") or name == _RESERVED:
            raise SandboxError(f"{name!r} can't be the name of a folder in the sandbox.")
        if len(files) > MOST_FILES or sum(len(data) for data in files.values()) > MOST_BYTES:
            raise SandboxError(
                f"The files are too many or too large for the sandbox: at most {MOST_FILES:,} "
                f"files and {MOST_BYTES >> 20} MB."
            )
        packed = _pack(files)
        with tempfile.TemporaryFile() as file:
            file.write(packed)
            file.seek(0)
            self._ask({"do": "put", "name": name}, [file.fileno()], PUT_SECONDS)

    def spawn(
        self, entry: str, arguments: object, fds: Sequence[int], *, folder: str = "work"
    ) -> int:
        """Call the function `entry` ("package.module:function") in a new process.

        The function gets `arguments` (anything JSON can carry) and the numbers that `fds` have
        there; its current folder is `folder`. All limits and filters are in force when this
        returns, and the module is imported. The process exits with 0 when the function
        returns, 1 when it raises. Returns the process's number in the cell. Raises
        `SandboxError` when we are to blame.
        """
        if len(fds) > MOST_DESCRIPTORS:
            raise SandboxError(f"At most {MOST_DESCRIPTORS} descriptors can be passed.")
        request = {"do": "spawn", "entry": entry, "arguments": arguments, "folder": folder}
        pid = self._ask(request, fds, SPAWN_SECONDS).get("pid")
        if not isinstance(pid, int) or pid <= 1:
            self._give_up("its answer made no sense")
        self._ended.pop(pid, None)
        return pid

    def kill(self, pid: int | None = None) -> None:
        """End one process, or all of the cell; return when they are gone.

        A process that has ended already is no error. The processes that a killed one had
        started go on, unless all are killed.
        """
        answer = self._ask({"do": "kill", "pid": pid}, (), KILL_SECONDS)
        if answer.get("gone") is not True:
            self._give_up("a process in it could not be ended")

    def wait(self, pid: int, timeout: float) -> Ended | None:
        """Return how the spawned process `pid` ended, or `None` if it runs after `timeout` s."""
        deadline = time.monotonic() + timeout
        while pid not in self._ended:
            self._check_open()
            left = max(deadline - time.monotonic(), 0.0)
            if not readable([self._channel.fileno()], left):
                return None
            try:
                self._note(receive(self._channel, FRAME_SECONDS))
            except UnansweredError as error:
                self._give_up(str(error))
        return self._ended[pid]

    def close(self) -> Leftovers:
        """End and remove all of it; return what could not be. May be called twice."""
        if not self._alive:
            return Leftovers()
        self._alive = False
        self._channel.close()
        return self._finish()

    # -- talking to the supervisor

    def _ask(self, request: Mapping[str, object], fds: Sequence[int], seconds: float) -> Answer:
        self._check_open()
        try:
            return ask(self._channel, request, fds, seconds=seconds, event=self._note)
        except RefusedError as error:
            raise SandboxError(f"The sandbox could not {request['do']}: {error}.") from error
        except UnansweredError as error:
            self._give_up(str(error))

    def _note(self, event: Answer) -> None:
        """Remember that a process ended; anything else is nonsense here."""
        try:
            pid, ended = _ended(event)
        except (KeyError, TypeError, ValueError):
            self._give_up("it sent something that made no sense")
        self._ended[pid] = ended

    def _check_open(self) -> None:
        if not self._alive:
            raise SandboxError("This cell of the sandbox is closed; make another one.")

    def _give_up(self, why: str) -> NoReturn:
        self.close()
        raise SandboxError(f"A cell of the sandbox failed and was shut down: {why}.")


def _ended(event: Answer) -> tuple[int, Ended]:
    """Check the figures of an event; raise `KeyError`, `TypeError`, `ValueError`."""
    pid, code, number = event["ended"], event["code"], event["signal"]
    cpu, rss = event["cpu"], event["rss"]
    if not isinstance(pid, int) or not isinstance(rss, int) or not isinstance(cpu, float | int):
        raise TypeError
    if not math.isfinite(cpu) or cpu < 0 or rss < 0 or (code is None) == (number is None):
        raise ValueError
    for value, most in ((code, 255), (number, 128)):
        if value is not None and not (isinstance(value, int) and 0 <= value <= most):
            raise ValueError
    return pid, Ended(code, number, float(cpu), rss)  # type: ignore[arg-type]


def _checked_path(path: str) -> str:
    parts = path.split("/")
    if not all(parts) or {".", ".."} & set(parts) or "\0" in path:
        raise SandboxError(f"The path {path!r} doesn't stay inside the work folder.")
    return path


def _pack(files: Mapping[str, bytes]) -> bytes:
    """Return all files as one run of bytes: the length of a list, the list, the contents."""
    head = json.dumps([[_checked_path(path), len(data)] for path, data in files.items()]).encode()
    return b"".join((len(head).to_bytes(8, "big"), head, *files.values()))
