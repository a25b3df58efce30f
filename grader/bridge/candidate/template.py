"""The template: imports the learner's modules once, then forks a copy for each test.

It answers questions itself while tests are being collected, so that what a suite makes of the
learner's classes at that time exists in every copy.
"""

from __future__ import annotations

import importlib
import os
import signal
import socket
import sys
import threading
from typing import Any

from . import site_names
from .closed import ClosedServer
from .frames import GREETING
from .notices import Notices
from .objects import Objects
from .server import Closed, Server
from .streams import Streams


def main(arguments: Any, fds: list[int]) -> None:
    """Entry point in the sandbox.

    `arguments`: `modules` to import in this order, `own` names of the learner's modules, `given`
    of the author's, `folder` they lie in, `seal` (`package.module:function`, called in each copy),
    `cpu` to stay on, `measured` files of an author's program. `promised` names of each module: then
    the program is one that may be called and not looked at.
    """
    os.dup2(os.open(os.devnull, os.O_RDWR), 2)
    if arguments.get("cpu") is not None:
        os.sched_setaffinity(0, {arguments["cpu"]})
    seal = _load(arguments["seal"]) if arguments.get("seal") else None
    sock = socket.socket(fileno=fds[0])
    streams = Streams()
    streams.install()
    sys.dont_write_bytecode = True
    site_names.add()
    os.chdir(arguments["folder"])
    sys.path.insert(0, arguments["folder"])
    own = frozenset(arguments["own"])
    closed = arguments.get("promised")
    if closed is None:
        server = Server(sock, Objects(), streams, own)
    else:
        server = ClosedServer(sock, streams, own, closed)
    server.notices = Notices(server)
    server.notices.watch_warnings()
    template = _Template(server, arguments["folder"], seal)
    server.know_given(arguments["given"])
    if arguments.get("measured"):
        from .reach import Reach

        server.reach = Reach(arguments["folder"], arguments["measured"])
        server.reach.begin()
    template.load(arguments["modules"])
    template.run()


def _load(name: str) -> Any:
    module, _, function = name.partition(":")
    return getattr(importlib.import_module(module), function)


class _Template:
    def __init__(self, server: Server, folder: str, seal: Any) -> None:
        self._server = server
        self._folder = folder
        self._seal = seal
        self._copy = 0
        self._pid = os.getpid()

    def load(self, modules: list[str]) -> None:
        """Import each module, saying which before and how it went after."""
        server = self._server
        for name in modules:
            server.send(["importing", name])
            try:
                module = importlib.import_module(name)
                server.objects.register_module(module, server.own)
                head: list[Any] = ["imported", name, None]
            except Closed:
                raise
            except BaseException as error:  # noqa: BLE001 - SystemExit included
                head = ["imported", name, server.told_at_import(error)]
            if os.getpid() != self._pid:  # the module forked while it was imported
                os._exit(0)
            server.send([*head, *server.streams.take()])
        server.imported()
        server.send(["ready", threading.active_count() > 1])

    def run(self) -> None:
        """Answer questions and fork copies until the examiner hangs up."""
        server = self._server
        try:
            while True:
                message, passed = server.receive_with_descriptors()
                if message[0] == "fork":
                    self._fork(message[1], passed)
                elif message[0] == "end":
                    self._end_copy()
                    server.send(["ok", message[1], None, [], "", ""])
                else:
                    server.answer(message)
        except Closed:
            os._exit(0)

    def _end_copy(self) -> None:
        if self._copy:
            try:
                os.kill(self._copy, signal.SIGKILL)
                os.waitpid(self._copy, 0)
            except (ProcessLookupError, ChildProcessError):
                self._seal()
            self._copy = 0

    def _fork(self, number: int, passed: list[int]) -> None:
        self._end_copy()
        if self._server.reach is not None:
            self._server.reach.end()
        self._copy = os.fork()
        if self._copy == 0:
            self._be_copy(passed[0])
        os.close(passed[0])
        self._server.send(["ok", number, self._copy, [], "", ""])

    def _be_copy(self, fd: int) -> None:
        server = self._server
        try:
            server.sock.close()
            server.sock = socket.socket(fileno=fd)
            server.sock.sendall(GREETING)
            if self._seal is not None:
                self._seal()
            os.chdir(self._folder)
            server.begin_copy()
            if server.notices is not None:
                server.notices.begin()
            if server.reach is not None:
                server.reach.begin()
            while True:
                server.answer(server.receive())
        except Closed:
            pass
        finally:
            os._exit(0)
