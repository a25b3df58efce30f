"""The learner's program run as a command: to its end, or in the background."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from grader.bridge.incidents import Cause, Incident
from grader.bridge.pipes import converse
from grader.bridge.session import Session


@dataclass(frozen=True)
class Completed:
    """How the learner's program ended when it was run as a command."""

    returncode: int
    stdout: str
    stderr: str


class Command:
    """The learner's program, running; a context manager that ends it.

    `limit` is how long it may run, in seconds; `entry` what in the candidate runs it.
    """

    def __init__(
        self,
        session: Session,
        argv: Sequence[str],
        stdin: str,
        environ: Mapping[str, str],
        limit: float,
        entry: str = "program:main",
    ) -> None:
        self._session = session
        self._limit = limit
        session.notice_files()
        self._shared = session.shared_folder
        self._output: list[bytes] | None = []
        self._ended: Completed | None = None
        if self._shared is not None:
            self._shared.push()
        pipes = [os.pipe() for _ in range(3)]
        theirs = (pipes[0][0], pipes[1][1], pipes[2][1])
        variables = {**session.surroundings.variables(), **environ}
        arguments = {
            "argv": [self._there(part) for part in argv],
            "folder": session.folder,
            "environ": {name: self._there(value) for name, value in variables.items()},
            "measured": list(session.measured),
        }
        try:
            self._pid = session.spawn_program(arguments, theirs, entry)
        finally:
            for fd in theirs:
                os.close(fd)
        self._deadline = time.monotonic() + limit
        ours = (pipes[0][1], pipes[1][0], pipes[2][0])
        self._reader = threading.Thread(target=self._converse, args=(stdin, *ours), daemon=True)
        self._reader.start()

    def __enter__(self) -> Command:
        return self

    def __exit__(self, *_exc: object) -> None:
        self.stop()

    @property
    def running(self) -> bool:
        """Whether it has not ended yet."""
        return self._ended is None and self._session.wait_program(self._pid, 0) is None

    def wait(self) -> Completed:
        """How it ended by itself; time-out of the test when it doesn't."""
        if self._ended is None:
            self._reader.join()
            left = max(0.05, self._deadline - time.monotonic())
            if self._output is None or self._session.wait_program(self._pid, left) is None:
                self._session.kill_program(self._pid)
                text = f"your program was still running after {self._limit:g} seconds"
                raise self._session.stop(Incident(Cause.TIME, text))
        return self._finish()

    def stop(self) -> Completed:
        """End it now, if it still runs; what it has said until then."""
        if self._ended is None:
            self._session.kill_program(self._pid)
            self._reader.join()
        return self._finish()

    def _finish(self) -> Completed:
        if self._ended is None:
            ended = self._session.wait_program(self._pid, 1.0)
            code = ended.code if ended.code is not None else -(ended.signal or 0)
            out, err = self._output or (b"", b"")
            self._ended = Completed(code, self._back(_text(out)), self._back(_text(err)))
            self._session.printed += self._ended.stdout, self._ended.stderr
            if self._shared is not None and self._session.log.incident is None:
                self._shared.pull()
        return self._ended

    def _converse(self, stdin: str, feed: int, out: int, err: int) -> None:
        try:
            data = self._there(stdin).encode()
            self._output = converse(feed, data, (out, err), self._deadline)
        except TimeoutError:
            self._output = None

    def _there(self, text: str) -> str:
        return self._shared.translated(text) if self._shared else text

    def _back(self, text: str) -> str:
        return self._shared.restored(text) if self._shared else text


def _text(data: bytes) -> str:
    return data.decode("utf-8", "backslashreplace")
