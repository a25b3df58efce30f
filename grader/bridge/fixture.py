"""The `candidate` fixture of hidden suites, and the folder that `tmp_path` shares with it."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from grader.bridge.crossing import Capability
from grader.bridge.incidents import AuthorFault, Cause, Incident
from grader.bridge.pipes import converse
from grader.bridge.session import Session


@dataclass(frozen=True)
class Completed:
    """How the learner's program ended when it was run as a command."""

    returncode: int
    stdout: str
    stderr: str


class Candidate:
    """What a hidden test can do with the learner's program beyond importing from it.

    Everything holds for one test: the next one has a fresh copy.
    """

    def __init__(self, session: Session) -> None:
        self._session = session

    @property
    def folder(self) -> str:
        """Where the learner's files lie, as their program sees it; its current folder."""
        return self._session.folder

    def stdin(self, text: str) -> None:
        """What the program reads from standard input; at its end `input()` raises EOFError."""
        self._session.ask("stdin", text)

    def environ(self, **variables: str) -> None:
        """Set environment variables."""
        self._session.ask("environ", self._session.crossing.node(variables))

    def argv(self, *arguments: str) -> None:
        """Set `sys.argv`."""
        self._session.ask("argv", self._session.crossing.node(list(arguments)))

    def swap(self, name: str, value: Any) -> None:
        """Replace `fares.rate`, or a built-in such as `builtins.input`, by `value`."""
        module, _, attribute = name.rpartition(".")
        if not module:
            raise AuthorFault(f'candidate.swap("{name}", …): write "module.name"')
        self._session.ask("swap", module, attribute, self._session.crossing.node(value))

    def lend(self, target: object, *methods: str) -> Capability:
        """Hand an object of the suite to the program: only the named methods can be used."""
        for name in methods:
            if name.startswith("_") or not callable(getattr(target, name, None)):
                raise AuthorFault(f"candidate.lend: {name} is not a public method")
        return Capability(target, methods)

    def list(self, items: Iterable[Any] = ()) -> Any:
        """A list that lives in the candidate: changes made to it later are seen."""
        return self._session.ask("make", self._session.crossing.node([*items]))

    def write(self, name: str, content: str | bytes) -> None:
        """Put a file into the program's folder."""
        data = content.encode() if isinstance(content, str) else content
        self._session.ask("put", self.folder, self._session.crossing.node({_plain(name): data}))

    def read_bytes(self, name: str) -> bytes:
        """Contents of a file in the program's folder; FileNotFoundError when it isn't there."""
        found = self._session.fetch(self.folder)
        if _plain(name) not in found:
            raise FileNotFoundError(name)
        return found[_plain(name)]

    def read_text(self, name: str) -> str:
        """Contents of a UTF-8 file in the program's folder."""
        return self.read_bytes(name).decode("utf-8")

    def files(self) -> dict[str, bytes]:
        """Every regular file in the program's folder, by relative name."""
        return self._session.fetch(self.folder)

    def run(
        self,
        arguments: Iterable[str],
        *,
        stdin: str = "",
        environ: Mapping[str, str] | None = None,
        timeout: float | None = None,
    ) -> Completed:
        """Run the program as a command: `candidate.run(["fares.py", "3", "adult"])`.

        The process imports nothing before; its folder is the one that calls in this test use.
        """
        shared = self._session.shared_folder
        if shared is not None:
            shared.push()
        try:
            return _run(self._session, [str(a) for a in arguments], stdin, environ or {}, timeout)
        finally:
            if shared is not None and self._session.log.incident is None:
                shared.pull()


def _plain(name: str) -> str:
    if not name or name.startswith("/") or ".." in Path(name).parts:
        raise AuthorFault(f"{name!r} is not a name inside the program's folder")
    return name


def _run(
    session: Session, argv: list[str], stdin: str, environ: Mapping[str, str], timeout: float | None
) -> Completed:
    shared = session.shared_folder
    there, back = (shared.translated, shared.restored) if shared else (str, str)
    limit = timeout or session.deadlines.test / 2
    pipes = [os.pipe() for _ in range(3)]
    theirs = (pipes[0][0], pipes[1][1], pipes[2][1])
    arguments = {
        "argv": [there(part) for part in argv],
        "folder": session.folder,
        "environ": {name: there(value) for name, value in environ.items()},
    }
    try:
        pid = session.spawn_program(arguments, theirs)
    finally:
        for fd in theirs:
            os.close(fd)
    deadline = time.monotonic() + limit
    try:
        out, err = converse(
            pipes[0][1], there(stdin).encode(), (pipes[1][0], pipes[2][0]), deadline
        )
        ended = session.wait_program(pid, max(0.05, deadline - time.monotonic()))
    except TimeoutError:
        ended = None
    if ended is None:
        session.kill_program(pid)
        text = f"your program was still running after {limit:g} seconds"
        raise session.stop(Incident(Cause.TIME, text))
    code = ended.code if ended.code is not None else -(ended.signal or 0)
    return Completed(code, back(_text(out)), back(_text(err)))


def _text(data: bytes) -> str:
    return data.decode("utf-8", "backslashreplace")
