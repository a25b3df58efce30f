"""The template: imports once, answers, forks copies, and ends when it is left."""

from __future__ import annotations

import importlib
import os
import signal
import socket
import sys
import textwrap
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from grader.bridge.candidate import frames, template
from grader.bridge.candidate.objects import Objects
from grader.bridge.candidate.server import Server
from grader.bridge.candidate.streams import Streams


class Ended(BaseException):
    """Stands for the end of the process."""


class Os:
    """The module `os`, where ending the process ends the thread and forking makes a sleeper."""

    def __init__(self) -> None:
        self.children: list[int] = []
        self.path = os.path

    def __getattr__(self, name: str) -> Any:
        return getattr(os, name)

    def _exit(self, code: int) -> None:
        raise Ended(code)

    def fork(self) -> int:
        pid = os.fork()
        if pid == 0:
            os.closerange(3, 1024)
            signal.pause()
            os._exit(0)
        self.children.append(pid)
        return pid


class Peer:
    """The examiner's end; the template's runs in a thread."""

    def __init__(self, sock: socket.socket, run: Callable[[], None], server: Server) -> None:
        self.sock = sock
        self.thread = threading.Thread(target=self._run, args=(run, server))
        self.thread.start()

    @staticmethod
    def _run(run: Callable[[], None], server: Server) -> None:
        try:
            run()
        except Ended:
            pass
        finally:
            server.sock.close()

    def send(self, message: list[Any], fds: tuple[int, ...] = ()) -> None:
        data = frames.pack(message)
        socket.send_fds(self.sock, [data[:4]], fds) if fds else self.sock.sendall(data[:4])
        self.sock.sendall(data[4:])

    def receive(self) -> list[Any]:
        head = self.sock.recv(4, socket.MSG_WAITALL)
        return frames.unpack(self.sock.recv(frames.length(head), socket.MSG_WAITALL))

    def finish(self) -> None:
        self.sock.close()
        self.thread.join(5)
        assert not self.thread.is_alive()


@pytest.fixture
def system(monkeypatch: pytest.MonkeyPatch) -> Iterator[Os]:
    shim = Os()
    monkeypatch.setattr(template, "os", shim)
    yield shim
    for pid in shim.children:
        try:
            os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)
        except (ProcessLookupError, ChildProcessError):
            pass


@pytest.fixture
def start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, system: Os) -> Iterator[Any]:
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setattr(sys, "stdin", sys.stdin)
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    peers: list[Peer] = []

    def make(files: dict[str, str], method: str, *args: Any, seal: Any = None) -> Peer:
        for name, source in files.items():
            Path(name).write_text(textwrap.dedent(source))
            monkeypatch.delitem(sys.modules, name[:-3], raising=False)
        importlib.invalidate_caches()
        ours, theirs = socket.socketpair()
        ours.settimeout(5)
        own = frozenset(name[:-3] for name in files)
        server = Server(theirs, Objects(), Streams(), own)
        made = template._Template(server, str(tmp_path), seal)
        peers.append(Peer(ours, lambda: getattr(made, method)(*args), server))
        return peers[-1]

    yield make
    for peer in peers:
        peer.finish()
    for name in ("fares", "zones", "broken"):
        sys.modules.pop(name, None)


def test_each_module_is_announced_and_reported(start: Any) -> None:
    files = {"zones.py": "CITY = 1", "broken.py": "import fares_nowhere", "fares.py": "x = ("}
    peer = start(files, "load", ["zones", "broken", "fares"])
    assert peer.receive() == ["importing", "zones"]
    assert peer.receive() == ["imported", "zones", None, "", ""]
    assert peer.receive() == ["importing", "broken"]
    told = peer.receive()
    assert told[:2] == ["imported", "broken"]
    assert told[2][:2] == ["ModuleNotFoundError", "No module named 'fares_nowhere'"]
    assert told[2][2] == [["broken.py", 1, "<module>"]]
    assert peer.receive() == ["importing", "fares"]
    assert peer.receive()[2][2] == [["fares.py", 1, ""]]
    assert peer.receive()[0] == "ready"


def test_leaving_the_program_during_an_import_is_reported(start: Any) -> None:
    peer = start({"fares.py": "import sys\nsys.exit(2)"}, "load", ["fares"])
    peer.receive()
    assert peer.receive()[2][:2] == ["SystemExit", "2"]
    assert peer.receive()[0] == "ready"


def test_threads_are_noticed(start: Any) -> None:
    source = """
        import threading
        stop = threading.Event()
        thread = threading.Thread(target=stop.wait, daemon=True)
        thread.start()
    """
    peer = start({"fares.py": source}, "load", ["fares"])
    peer.receive()
    peer.receive()
    assert peer.receive() == ["ready", True]
    sys.modules["fares"].stop.set()
    sys.modules["fares"].thread.join()


def test_questions_are_answered_without_a_copy(start: Any) -> None:
    peer = start({"fares.py": "FULL = 240"}, "run")
    peer.send(["get", 1, ["mod", "fares"], "FULL"])
    assert peer.receive() == ["ok", 1, 240, [], "", ""]


def test_a_copy_is_forked_and_the_one_before_is_killed(start: Any, system: Os, alive: Any) -> None:
    peer = start({"fares.py": ""}, "run")
    seen = []
    for number in (1, 2):
        one, other = socket.socketpair()
        with one, other:
            peer.send(["fork", number], (other.fileno(),))
        answer = peer.receive()
        assert answer[:2] == ["ok", number]
        seen.append(answer[2])
    assert not alive(seen[0])
    assert alive(seen[1])
    peer.send(["end", 3])
    assert peer.receive()[:2] == ["ok", 3]
    assert not alive(seen[1])
    peer.send(["end", 4])
    assert peer.receive()[:2] == ["ok", 4]


def test_a_copy_seals_itself_and_answers_on_its_own_socket(start: Any, tmp_path: Path) -> None:
    sealed: list[bool] = []
    ours, theirs = socket.socketpair()
    with ours:
        ours.settimeout(5)
        peer = start(
            {"fares.py": "FULL = 240"},
            "_be_copy",
            theirs.detach(),
            seal=lambda: sealed.append(True),
        )
        assert peer.sock.recv(1) == b""  # a copy leaves the template's socket alone
        assert ours.recv(len(frames.GREETING), socket.MSG_WAITALL) == frames.GREETING
        ours.sendall(frames.pack(["get", 1, ["mod", "fares"], "FULL"]))
        head = ours.recv(4, socket.MSG_WAITALL)
        body = ours.recv(frames.length(head), socket.MSG_WAITALL)
    assert frames.unpack(body) == ["ok", 1, 240, [], "", ""]
    assert sealed == [True]


def test_a_copy_that_cannot_be_sealed_answers_nothing(start: Any) -> None:
    def refuse() -> None:
        raise Ended

    ours, theirs = socket.socketpair()
    with ours:
        ours.settimeout(5)
        start({"fares.py": ""}, "_be_copy", theirs.detach(), seal=refuse)
        assert ours.recv(len(frames.GREETING), socket.MSG_WAITALL) == frames.GREETING
        assert ours.recv(1) == b""


def test_functions_are_found_by_name() -> None:
    assert template._load("os.path:join") is os.path.join
