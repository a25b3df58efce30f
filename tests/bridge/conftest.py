"""A learner's program behind a session, in a process of its own but without a sandbox."""

from __future__ import annotations

import ctypes
import importlib
import json
import os
import shutil
import signal
import socket
import sys
import textwrap
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any, cast

import pytest

from grader.bridge.candidate import frames
from grader.bridge.candidate.codec import Decoder, Encoder, Node
from grader.bridge.candidate.objects import Objects
from grader.bridge.candidate.server import Closed, Server
from grader.bridge.candidate.streams import Streams
from grader.bridge.incidents import AuthorFault, Incident
from grader.bridge.lineage import Work
from grader.bridge.modules import Finder, load_given, module_names
from grader.bridge.session import Deadlines, Session
from grader.sandbox import Cell

# Ample, so that a busy machine fails no test; those about deadlines pass shorter ones.
AMPLE = Deadlines(start=10.0, call=5.0, test=20.0, session=60.0)
_HIGH = 200  # where a child keeps its one descriptor, out of the way of all others
_SUBREAPER = 36
PROGRAMS = Path(__file__).parent / "programs"
_CANDIDATE = "grader.bridge.candidate"


class FakeCell:
    """What `Session` needs of a sandbox, made with `fork`; every process can be accounted for.

    Each spawned process leads a group of its own, so that what it forks is found by its number.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = str(folder)
        self.pids: list[int] = []

    def put(self, files: dict[str, bytes]) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)
        for name, data in files.items():
            path = Path(self.folder, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)

    def spawn(self, entry: str, arguments: Any, fds: tuple[int, ...]) -> int:
        pid = os.fork()
        if pid == 0:
            _be_child(entry, arguments, fds[0])
        os.setpgid(pid, pid)
        self.pids.append(pid)
        return pid

    def kill(self, pid: int | None = None) -> None:
        for leader in self.pids if pid is None else [pid]:
            _kill_group(leader)

    def wait(self, pid: int, timeout: float) -> None:
        raise NotImplementedError


def _be_child(entry: str, arguments: Any, fd: int) -> None:
    try:
        os.setpgid(0, 0)
        os.dup2(fd, _HIGH)
        os.closerange(3, _HIGH)
        os.closerange(_HIGH + 1, 1024)
        sys.meta_path[:] = [finder for finder in sys.meta_path if isinstance(finder, type)]
        for name in arguments["own"] + arguments["given"]:
            sys.modules.pop(name, None)
        module, _, function = entry.partition(":")
        start = getattr(importlib.import_module(module), function)
        start(json.loads(json.dumps(arguments)), [_HIGH])
    finally:
        os._exit(0)


def _kill_group(leader: int) -> None:
    try:
        os.killpg(leader, signal.SIGKILL)
    except ProcessLookupError:
        pass
    try:
        while True:
            os.waitpid(-leader, 0)
    except ChildProcessError:
        pass


def is_alive(pid: int) -> bool:
    """Whether a process with this number exists, zombies not counted."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state not in "ZX"


@pytest.fixture
def adopting() -> Iterator[None]:
    """Orphans of this test become children of the test process, so that it can end them."""
    libc = ctypes.CDLL(None)
    libc.prctl(_SUBREAPER, 1, 0, 0, 0)
    yield
    libc.prctl(_SUBREAPER, 0, 0, 0, 0)


@dataclass
class Learner:
    """A running program and what the suite would import from it."""

    session: Session
    cell: FakeCell
    fares: Any

    def module(self, name: str) -> Any:
        """Stand-in for another module of the learner's."""
        return importlib.import_module(name)

    def again(self) -> Any:
        """The next test begins; returns the log of the one before."""
        log = self.session.end()
        self.session.begin()
        return log


@pytest.fixture
def learner(
    tmp_path: Path, adopting: None, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[..., Learner]]:
    """`learner(source, {"other.py": …})`: the program's template runs, and a test has begun."""
    made: list[Learner] = []

    def make(
        source: str,
        files: dict[str, str] | None = None,
        *,
        deadlines: Deadlines = AMPLE,
        given: tuple[str, ...] = (),
        collecting: bool = False,
        public: bool = True,
    ) -> Learner:
        texts = {"fares.py": source, **(files or {})}
        data = {name: textwrap.dedent(text).encode() for name, text in texts.items()}
        cell = FakeCell(tmp_path / f"cell{len(made)}")
        cell.put(data)
        names = tuple(name for name in module_names(data) if name not in given)
        work = Work(names, data, given=given, package=_CANDIDATE, seal="")
        for name in (*names, *given):
            sys.modules.pop(name, None)  # not by monkeypatch, which would bring it back at the end
        session = Session(cast("Cell", cell), work, deadlines, load_given(Path(cell.folder), given))
        session.public = public
        finder = Finder(session)
        monkeypatch.setattr(sys, "meta_path", [finder, *sys.meta_path])
        session.start()
        stand_in = importlib.import_module("fares")
        made.append(Learner(session, cell, stand_in))
        if not collecting:
            session.begin()
        return made[-1]

    before = set(sys.modules)
    yield make
    for one in made:
        one.session.end()
        one.session.close()
        one.cell.kill()
        left = [pid for pid in one.cell.pids if is_alive(pid)]
        assert not left, "a process outlived its test"
    for name in set(sys.modules) - before:
        if isinstance(sys.modules[name], ModuleType) and name.startswith(("fares", "given")):
            del sys.modules[name]


# -- the candidate's side alone, in a thread


@dataclass
class Raw:
    """Not a value: a node."""

    node: Node


class Asker:
    """The examiner's end of a bare conversation: sends questions, reads raw answers."""

    def __init__(self, sock: socket.socket, server: Server) -> None:
        self.sock = sock
        self.server = server
        self._number = 0

    def send(self, message: list[Any]) -> None:
        self.sock.sendall(frames.pack(message))

    def receive(self) -> list[Any]:
        head = self._exactly(4)
        return frames.unpack(self._exactly(frames.length(head)))

    def _exactly(self, size: int) -> bytes:
        got = b""
        while len(got) < size:
            piece = self.sock.recv(size - len(got))
            if not piece:
                raise EOFError
            got += piece
        return got

    def post(self, op: str, *parts: Any) -> int:
        """Send a question without waiting for the answer; its number."""
        self._number += 1
        self.server.streams.install()  # pytest puts its own in place before each phase
        self.send([op, self._number, *parts])
        return self._number

    def ask(self, op: str, *parts: Any) -> list[Any]:
        """The answer, without its sequence number: [head, node, changes, out, err]."""
        number = self.post(op, *parts)
        head, answered, *rest = self.receive()
        assert answered == number
        return [head, *rest]

    def value(self, op: str, *parts: Any) -> Any:
        """The value of an answer that must be one."""
        head, node, *_ = self.ask(op, *parts)
        assert head == "ok", node
        return Decoder(lambda found: found).value(node)

    def call(self, path: str, *args: Any, shared: tuple[Node, ...] = (), **kwargs: Any) -> Any:
        """Raw answer to the call of a function of the module fares."""
        contents = [[2 * i, node] for i, node in enumerate(shared)]
        return self.ask("call", self.ref(path), contents, *map(self.node, (list(args), kwargs)))

    @staticmethod
    def node(value: Any) -> Node:
        """A value as a node; `asker.raw(…)` stands for itself."""
        return Encoder(lambda found: found.node).node(value)

    @staticmethod
    def ref(path: str) -> Node:
        """What names something of the module fares."""
        return ["ref", ["fares", path]]

    @staticmethod
    def raw(*node: Any) -> Raw:
        """A node to be sent as it is, within a value."""
        return Raw(list(node))


@pytest.fixture
def served(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], Asker]]:
    """`served(source)`: a server in a thread that has imported the source as fares."""
    for name in ("stdin", "stdout", "stderr", "__stdout__", "__stderr__"):
        monkeypatch.setattr(sys, name, getattr(sys, name))
    monkeypatch.setattr(sys, "argv", list(sys.argv))
    monkeypatch.setattr(sys, "path", [str(tmp_path), *sys.path])
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    monkeypatch.chdir(tmp_path)
    running: list[tuple[socket.socket, threading.Thread]] = []

    def make(source: str, *, given: tuple[str, ...] = ()) -> Asker:
        Path("fares.py").write_text(textwrap.dedent(source))
        importlib.invalidate_caches()
        sys.modules.pop("fares", None)
        ours, theirs = socket.socketpair()
        ours.settimeout(5)
        server = Server(theirs, Objects(), Streams(), frozenset({"fares"}))
        server.know_given(list(given))
        server.objects.register_module(importlib.import_module("fares"), server.own)
        thread = threading.Thread(target=_serve, args=(server,))
        thread.start()
        running.append((ours, thread))
        return Asker(ours, server)

    yield make
    for sock, thread in running:
        sock.close()
        thread.join(5)
        assert not thread.is_alive()
    sys.modules.pop("fares", None)


def _serve(server: Server) -> None:
    try:
        while True:
            server.answer(server.receive())
    except Closed:
        pass
    finally:
        server.sock.close()


@pytest.fixture
def until() -> Callable[..., Any]:
    """Wait until a condition holds; its value, or the last one when time is up."""

    def wait(condition: Callable[[], Any], seconds: float = 3.0) -> Any:
        end = time.monotonic() + seconds
        while not (found := condition()) and time.monotonic() < end:
            time.sleep(0.005)
        return found

    return wait


@pytest.fixture
def incident() -> type[Incident]:
    return Incident


@pytest.fixture
def author_fault() -> type[AuthorFault]:
    return AuthorFault


@pytest.fixture
def alive() -> Callable[[int], bool]:
    return is_alive


# -- programs


@pytest.fixture
def hostile() -> str:
    """A program to be graded: programs/hostile.py."""
    return (PROGRAMS / "hostile.py").read_text()


@pytest.fixture
def asker(served: Callable[..., Asker]) -> Asker:
    """programs/asked.py is served."""
    return served((PROGRAMS / "asked.py").read_text())


@pytest.fixture
def program(learner: Callable[..., Any]) -> Any:
    """programs/kinds.py runs, which has one of every kind of object."""
    return learner((PROGRAMS / "kinds.py").read_text())


@pytest.fixture
def fares(program: Any) -> Any:
    return program.fares


@pytest.fixture
def refused(program: Any) -> Any:
    """Check that an action ends the test with a sentence that names the class."""

    def check(action: Callable[[], Any], title: str = "Total") -> None:
        with pytest.raises(Incident) as caught:
            action()
        assert caught.value.cause == "wrong-type"
        assert title in caught.value.text
        assert "is needed" in caught.value.text
        assert program.session.log.incident is caught.value
        assert program.again().incident is caught.value

    return check
