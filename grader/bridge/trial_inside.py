"""Runs a learner's tests in the sandbox, with stand-ins for a program that lies elsewhere.

Theory of operation. This process is as hostile as the tests in it. It has the tests and the given
files, and a socket to the relay in `trial.py`; nothing of the program under trial. Everything that
must hold is held there, and by `candidate/closed.py`; here is only what makes tests work.
"""

from __future__ import annotations

import importlib
import itertools
import os
import socket
import sys
import threading
from collections.abc import Callable, Generator, Mapping, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any
from unittest import mock

import pytest

from grader.bridge.candidate import own_tests
from grader.bridge.candidate.closed import FILES
from grader.bridge.candidate.measuring import Measuring
from grader.bridge.channel import STOPPED, Channel
from grader.bridge.folder_of_test import folder_for, temporary_files
from grader.bridge.incidents import AuthorFault, Cause, Incident
from grader.bridge.lineage import Lineage, Work
from grader.bridge.modules import Finder, load_given
from grader.bridge.patience import Patience
from grader.bridge.session import Deadlines, Session

_NO_END = 1e9  # seconds: all deadlines are the relay's
_NO_COMMANDS = "a test in another process can't start the program as a command"


def warm() -> None:
    """Import and use once what every run uses, before there is any learner's code."""
    own_tests.warm()


def main(arguments: Any, fds: list[int]) -> None:
    """Entry point in the sandbox.

    `arguments`: `folder` with the tests and the given files; `program_folder`, where the program
    takes its own to lie; `tests`, `seal` and `backwards` as in `own_tests.py`; the program's
    `modules`, the `given` ones, and the `promised` names of each. `fds`: the relay's socket, and
    one at which to ask for sockets if there is a network.
    """
    line = Line(socket.socket(fileno=fds[0]), threading.RLock())
    folder = Path(arguments["folder"]).resolve()
    module, _, function = arguments["seal"].partition(":")
    getattr(importlib.import_module(module), function)()
    sys.dont_write_bytecode = True
    os.chdir(folder)
    sys.path.insert(0, str(folder))
    own_tests.forget_times(folder)
    if len(fds) > 1:
        _open_there(socket.socket(fileno=fds[1]))

    def send(*message: Any) -> None:
        line.send(list(message), _NO_END)

    send("started")
    session = _session(line, folder, arguments)
    watch = _Watch(arguments["modules"])
    _watch_patches(watch)
    reporter = TrialReporter(
        send,
        folder,
        arguments["tests"],
        Measuring(folder, []),
        backwards=bool(arguments["backwards"]),
    )
    reporter.know(session, watch)
    aside = folder.parent / "aside"  # no folder of the program's is called like that
    aside.mkdir()
    code = own_tests.run_pytest(
        arguments["tests"], aside / "kept", [reporter, Surrounding(session)]
    )
    send("finished", code, True, [])


def _session(line: Line, folder: Path, arguments: Any) -> Session:
    """What the stand-ins ask, and the stand-ins in the place of the program's modules."""
    modules, given = tuple(arguments["modules"]), tuple(arguments["given"])
    program = Remote(line, arguments["program_folder"])
    unlimited = Deadlines(*[_NO_END] * 4)
    work = Work(modules, {}, given)
    there: Any = program
    session = Session(there, work, unlimited, load_given(folder, given), program)
    session.honest = True
    sys.meta_path.insert(0, StandInFinder(session, folder, arguments["promised"]))
    session.levels.watch()
    session.mirrors.new_copy(("template", session.epoch))
    return session


class Line(Channel):
    """The conversation with the relay, which everything in this process shares."""

    def __init__(self, sock: socket.socket, lock: Any) -> None:
        super().__init__(sock)
        self.shared = sock, lock

    def close(self) -> None:
        """One copy of the program is done with: the relay knows."""

    def send(
        self, message: list[Any], deadline: float | Patience, fds: tuple[int, ...] = ()
    ) -> None:
        """One message at a time, whichever thread sends it."""
        with self.shared[1]:
            super().send(message, deadline, fds)

    def receive_frame(self, deadline: float | Patience) -> tuple[list[Any], bytes]:
        """An answer; Incident when the program has been ended."""
        found = super().receive_frame(deadline)
        if found[0][0] == "gone":
            raise Incident(Cause(found[0][1]), STOPPED)
        return found


class Remote(Lineage):
    """The program's processes and its cell, as far as they can be reached from here."""

    def __init__(self, line: Line, folder: str) -> None:
        self._line = line
        self._counter = itertools.count(1)
        self.folder = folder
        self.level = None
        self.epoch = 1
        self.module_errors = {}

    @property
    def template(self) -> Channel:
        """The conversation before the first test."""
        return self._line

    def start(self) -> None:
        """The relay has done it."""

    def revive(self) -> None:
        """The relay does it."""

    def fork(self) -> Channel:
        """A fresh copy of the program, and a line to it."""
        line = Line(*self._line.shared)
        line.send(["fork", next(self._counter)], _NO_END)
        line.receive(_NO_END)
        return line

    def end_copy(self) -> None:
        """Have the copy that runs now ended."""
        line = Line(*self._line.shared)
        line.send(["end", next(self._counter)], _NO_END)
        try:
            line.receive(_NO_END)
        except Incident:
            pass

    drop = end_copy

    def put(self, files: Mapping[str, bytes]) -> None:
        """The relay puts the program's files."""

    def spawn(self, *_: Any) -> int:
        """No processes beside the program."""
        raise AuthorFault(_NO_COMMANDS)

    def wait(self, *_: Any) -> Any:
        """There is none."""
        return None

    def kill(self, *_: Any) -> None:
        """There is none."""


class StandInFinder(Finder):
    """Gives stand-ins with the names which the program promises, and a file that isn't there."""

    def __init__(
        self, session: Session, folder: Path, promised: Mapping[str, Sequence[str]]
    ) -> None:
        super().__init__(session)
        self._folder = folder
        self._promised = promised
        self._loaded: set[str] = set()

    def exec_module(self, module: ModuleType) -> None:
        """As after an import; the program isn't imported a second time."""
        if module.__name__ in self._loaded:
            raise AuthorFault("a test in another process can't import the program again")
        self._loaded.add(module.__name__)
        promised = self._promised.get(module.__name__, ())
        names = [name for name in promised if name not in sys.stdlib_module_names]
        module.__dict__["__all__"] = names
        module.__file__ = str(self._folder / f"{module.__name__.replace('.', '/')}.py")


class _Watch:
    """Notes when a test reaches for the program's files or starts it as a command."""

    def __init__(self, modules: Sequence[str]) -> None:
        self._names = {f"{name.rpartition('.')[2]}.py" for name in modules} | {"-m"}
        self.looked = False
        sys.addaudithook(self._hear)

    def _hear(self, event: str, args: tuple[Any, ...]) -> None:
        if event == "open" and isinstance(args[0], str):
            self.looked = self.looked or os.path.basename(args[0]) in self._names  # noqa: PTH119
        elif event == "subprocess.Popen":
            words = [os.path.basename(str(word)) for word in args[1] or ()]  # noqa: PTH119
            self.looked = self.looked or not self._names.isdisjoint(words)


_CARRIED_OVER = ("builtins", "sys")  # patches that `surroundings.py` brings to the program


def _watch_patches(watch: _Watch) -> None:
    """Note patches inside the standard library, of which the program knows nothing."""
    set_attribute: Any = pytest.MonkeyPatch.setattr
    patch: Any = mock._patch
    enter: Any = patch.__enter__

    def note(target: Any) -> None:
        module = isinstance(target, ModuleType)
        name = (
            target
            if isinstance(target, str)
            else getattr(target, "__name__" if module else "__module__", "")
        )
        root = str(name).partition(".")[0]
        if root in sys.stdlib_module_names and root not in _CARRIED_OVER:
            watch.looked = True

    def patched(self: Any, target: Any, *args: Any, **kwargs: Any) -> Any:
        note(target)
        return set_attribute(self, target, *args, **kwargs)

    def entered(self: Any) -> Any:
        note(self.getter())
        return enter(self)

    pytest.MonkeyPatch.setattr = patched  # type: ignore[method-assign]
    patch.__enter__ = entered


class TrialReporter(own_tests.Reporter):
    """Says of a failure whether it was one of the test, or of what can't cross."""

    def know(self, session: Session, watch: _Watch) -> None:
        """Whose incidents count."""
        self._session = session
        self._watch = watch

    def verdict(self, call: Any, report: Any) -> str:
        """How one phase of a test ended."""
        found = super().verdict(call, report)
        if found != "failed":
            return found
        incident = self._session.log.incident
        if incident is not None and incident.cause is not Cause.MISSING:
            return "cannot-cross" if incident.cause is Cause.TOO_LARGE else "broken-off"
        if self._session.log.fault is not None:
            return "broken-off"
        error = call.excinfo.value if call.excinfo else None
        return "cannot-cross" if self._looks(error) else "failed"

    def beside(self) -> list[str]:
        """An incident that the test has swallowed."""
        incident, fault = self._session.log.incident, self._session.log.fault
        self._watch.looked = False
        return ["broken-off"] if fault or (incident and incident.cause is not Cause.MISSING) else []

    def place(self, error: BaseException | None) -> list[Any]:
        """As in `own_tests.py`; a look at the program goes by a name of its own."""
        found = super().place(error)
        return ["Looked", *found[1:]] if self._looks(error) else found

    def _looks(self, error: BaseException | None) -> bool:
        looked = self._watch.looked or self._session.log.looked
        return looked or isinstance(error, AuthorFault)


class Surrounding:
    """A pytest plugin: a program and a folder for temporary files.

    As in plain pytest, all tests have the same program: a fixture's objects last.
    """

    def __init__(self, session: Session) -> None:
        self._session = session
        self._numbers = itertools.count(1)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Generator[None, Any, Any]:
        """One test."""
        self._session.begin(keep=True)
        try:
            with temporary_files(self._session, item, f"{FILES}/{next(self._numbers)}"):
                return (yield)
        finally:
            self._session.end(keep=True)

    @pytest.fixture
    def tmp_path(self, request: pytest.FixtureRequest) -> Path:
        """A folder that the program shares."""
        return folder_for(self._session, request)


def _open_there(maker: socket.socket) -> None:
    """Have sockets made where the program is, so that servers and clients find each other."""
    plain: Callable[..., None] = socket.socket.__init__
    lock = threading.Lock()

    def fetched() -> int:
        with lock:
            maker.sendall(b"s")
            passed = socket.recv_fds(maker, 1, 1)[1]
        if not passed:
            raise OSError("no socket could be made")
        return passed[0]

    def init(
        self: socket.socket,
        family: int = -1,
        type: int = -1,
        proto: int = -1,
        fileno: int | None = None,
    ) -> None:
        internet = family in (-1, socket.AF_INET) and type in (-1, socket.SOCK_STREAM)
        if fileno is None and internet:
            fileno = fetched()
        plain(self, family, type, proto, fileno)

    socket.socket.__init__ = init  # type: ignore[method-assign]
