"""The `candidate` fixture of hidden suites, and the folder that `tmp_path` shares with it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from grader.bridge.commands import Command, Completed
from grader.bridge.crossing import Capability
from grader.bridge.incidents import AuthorFault
from grader.bridge.services import Response, Service, Web, open_service
from grader.bridge.session import Session


class Candidate:
    """What a hidden test can do with the learner's program beyond importing from it.

    Everything holds for one test: the next one has a fresh copy.
    """

    def __init__(self, session: Session) -> None:
        self._session = session
        self._commands: list[Command] = []
        self._services: list[Service] = []
        self._web: Web | None = None

    @property
    def folder(self) -> str:
        """Where the learner's files lie, as their program sees it; its current folder."""
        return self._session.folder

    def stdin(self, text: str) -> None:
        """What the program reads from standard input; at its end `input()` raises EOFError."""
        self._session.ask("stdin", text)

    def environ(self, **variables: str) -> None:
        """Set environment variables."""
        self._session.ask("environ", self._session.crossing.copied(variables))

    def argv(self, *arguments: str) -> None:
        """Set `sys.argv`."""
        self._session.ask("argv", self._session.crossing.copied(list(arguments)))

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

    def may_catch(self, *kinds: type[BaseException]) -> None:
        """The program is meant to catch these from functions of the suite, such as AssertionError.

        Otherwise a check of the suite's that fails inside the program fails the test, even when
        the program catches it.
        """
        self._session.passing.allow(kinds)

    def list(self, items: Iterable[Any] = ()) -> Any:
        """A list that lives in the candidate: changes made to it later are seen."""
        return self._session.ask("make", self._session.crossing.node([*items]))

    def write(self, name: str, content: str | bytes) -> None:
        """Put a file into the program's folder."""
        data = content.encode() if isinstance(content, str) else content
        node = self._session.crossing.copied({_plain(name): data})
        self._session.ask("put", self.folder, node, ["dict"])

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
        limit = timeout or self._session.deadlines.test / 2
        argv = [str(part) for part in arguments]
        return Command(self._session, argv, stdin, environ or {}, limit).wait()

    def start(
        self,
        arguments: Iterable[str],
        *,
        stdin: str = "",
        environ: Mapping[str, str] | None = None,
    ) -> Command:
        """Run the program in the background, such as a server; `stop()` or `with` ends it."""
        self._session.settle()
        limit = self._session.deadlines.test
        argv = [str(part) for part in arguments]
        self._commands.append(Command(self._session, argv, stdin, environ or {}, limit))
        return self._commands[-1]

    def service(self, handler: Any) -> Service:
        """Run a server of the suite's that the program reaches at `.url` on its own loopback.

        `handler` is a class derived from `http.server.BaseHTTPRequestHandler` (or from
        `socketserver.BaseRequestHandler`), or the port of a server that the suite runs on
        127.0.0.1, which the program finds at the same port. A handler must not call the
        learner's code. The exercise says `loopback = true` under `[sandbox]`.
        """
        self._services.append(open_service(self._session, handler))
        return self._services[-1]

    def request(
        self,
        port: int,
        method: str,
        path: str,
        body: str | bytes = b"",
        headers: Mapping[str, str] | None = None,
    ) -> Response:
        """Send an HTTP request to a server of the program's, on its own loopback.

        Waits while the server is starting; ConnectionRefusedError when nothing listens. The
        exercise says `loopback = true` under `[sandbox]`.
        """
        if self._web is None:
            self._web = Web(self._session)
        data = body.encode() if isinstance(body, str) else body
        starting = any(command.running for command in self._commands)
        return self._web.request(port, method, path, data, dict(headers or {}), starting=starting)

    def close(self) -> None:
        """The test is over: end whatever was started beside the program."""
        for command in self._commands:
            command.stop()
        for service in self._services:
            service.close()
        if self._web is not None:
            self._web.close()


def _plain(name: str) -> str:
    if not name or name.startswith("/") or ".." in Path(name).parts:
        raise AuthorFault(f"{name!r} is not a name inside the program's folder")
    return name
