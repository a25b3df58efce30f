"""Tries a learner's tests on a program, with each of the two in a sandboxed process of its own.

Theory of operation. The tests are hostile: they would read the program, if they could, to tell
faulty ones by their text. So the program lies in another cell, and between the two stands this
relay, which is trusted and lets only listed questions through, one at a time, each with a deadline.
What a question may be about is decided beside the program, by `candidate/closed.py`: the program
is an author's. The tests hold no rights: copies of the program are made and ended here. What they
say of themselves is heard as in `own_tests.py`: closed, typed, bounded.
"""

from __future__ import annotations

import contextlib
import socket
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import TracebackType
from typing import Any

from grader.bridge.channel import Channel
from grader.bridge.incidents import Cause, Incident
from grader.bridge.lineage import Lineage, Work
from grader.bridge.own_tests import MOST_MESSAGES, SEAL, Listener, OwnTests, Reported, waiting
from grader.bridge.patience import BOUND, Patience, until
from grader.sandbox import Cell, Policy, Sandbox

PASSED_ON = frozenset(
    "call get op sync set del restore levels handlers describe snapshot make swap stdin environ "
    "chdir argv put fetch return throw".split()
)
GONE = "gone"
_ENTRY = "grader.bridge.trial_inside:main"
_SOCKETS = "_candidate.sockets:main"
_START = 5.0  # seconds for a program to be imported, and for a copy of it to be made
_LAST_WORDS = 1.0  # seconds for a test to end after its program was ended


@dataclass(frozen=True)
class Program:
    """A program under trial. `files` hold the given ones too; `promised` are names by module."""

    files: Mapping[str, bytes]
    modules: tuple[str, ...]
    given: tuple[str, ...]
    promised: Mapping[str, tuple[str, ...]]
    call: float = 2.0


class Stand:
    """Where trials take place: a context manager that holds the cell of the programs.

    Without a network, one cell serves all programs of a run in turn: it is emptied in between.
    """

    def __init__(self, tools: Sandbox, programs: Sandbox, policy: Policy) -> None:
        self._tools = tools
        self._programs = programs
        self._policy = policy
        self._cell: Cell | None = None

    def __enter__(self) -> Stand:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._cell is not None:
            self._cell.close()

    def run(self, wanted: OwnTests, program: Program) -> Reported:
        """Try the tests on a program; always comes back. Raises SandboxError, which is ours."""
        if self._policy.loopback:  # ports that were used could tell of earlier programs
            with self._programs.cell(self._policy) as cell:
                return self._run(cell, wanted, program)
        if self._cell is None:
            self._cell = self._programs.cell(self._policy)
        return self._run(self._cell, wanted, program)

    def _run(self, cell: Cell, wanted: OwnTests, program: Program) -> Reported:
        with contextlib.closing(_Home(cell, program)) as home:
            if not home.start():
                return Reported(stopped=Cause.IMPORT)
            with self._tools.cell(wanted.policy) as tests:
                tests.put(dict(wanted.files))
                return self._converse(tests, cell, wanted, home)

    def _converse(self, tests: Cell, cell: Cell, wanted: OwnTests, home: _Home) -> Reported:
        arguments = {
            "folder": tests.folder,
            "program_folder": cell.folder,
            "tests": list(wanted.tests),
            "modules": list(home.program.modules),
            "given": list(home.program.given),
            "promised": home.program.promised,
            "seal": SEAL,
            "backwards": wanted.backwards,
        }
        ours, theirs = socket.socketpair()
        with contextlib.closing(Channel(ours)) as channel:
            with theirs:
                sockets = home.open_sockets() if self._policy.loopback else ()
                tests.spawn(_ENTRY, arguments, (theirs.fileno(), *sockets))
            return _Relay(channel, home, wanted).run()


class _Home:
    """The program's cell: its template and copies, its files, its sockets."""

    def __init__(self, cell: Cell, program: Program) -> None:
        self.program = program
        self._cell = cell
        work = Work(program.modules, {}, program.given, promised=program.promised)
        self._lineage = Lineage(cell, work, _START)
        self._ends: list[socket.socket] = []
        self._maker = 0
        self._forked = False
        self.copy: Channel | None = None

    @property
    def template(self) -> Channel:
        """The conversation with the program before the first test."""
        return self._lineage.template

    def start(self) -> bool:
        """Import the program; False when that does not work."""
        self._put(texts=True)
        self._lineage.start()
        return not self._lineage.module_errors

    def _put(self, *, texts: bool) -> None:
        own = {f"{name.replace('.', '/')}{end}" for name in self.program.modules for end in _ENDS}
        files = self.program.files
        self._cell.put({name: files[name] for name in files if texts or name not in own})

    def fork(self) -> None:
        """A fresh copy; from the second on, in a fresh folder."""
        self.hang_up()
        if self._forked or self._lineage.imports_next:
            self._put(texts=self._lineage.imports_next)
        self._forked = True
        self.copy = self._lineage.fork()
        self._keep_sockets()

    def end_copy(self) -> None:
        """Kill what runs."""
        if self.copy is None:
            self._lineage.drop()
        else:
            self.hang_up()
            self._lineage.end_copy()

    def hang_up(self) -> None:
        """This copy has done its work."""
        if self.copy is not None:
            self.copy.close()
            self.copy = None

    def open_sockets(self) -> tuple[int, ...]:
        """The end at which the tests ask for sockets of this cell's network."""
        self._ends = [*socket.socketpair()]
        self._keep_sockets()
        return (self._ends[0].fileno(),)

    def _keep_sockets(self) -> None:
        """Have somebody there who makes them: ending all processes has ended him too."""
        if self._ends and (not self._maker or self._cell.wait(self._maker, 0) is not None):
            self._maker = self._cell.spawn(_SOCKETS, {}, (self._ends[1].fileno(),))

    def close(self) -> None:
        """End all of it."""
        self.hang_up()
        self._lineage.drop()
        for end in self._ends:
            end.close()


_ENDS = (".py", "/__init__.py")


class _Relay:
    """Hears the tests, and passes their questions on."""

    def __init__(self, tests: Channel, home: _Home, wanted: OwnTests) -> None:
        self._tests = tests
        self._home = home
        self._listener = Listener(wanted)
        self._limits = wanted.deadlines
        self._call = min(home.program.call, wanted.deadlines.test)
        self._end = time.monotonic() + wanted.deadlines.total
        self._patience = until(self._end)
        self._begun = False
        self._ended_one = False
        self._heard = 0

    def run(self) -> Reported:
        """Until the tests have finished, a deadline, or the first nonsense."""
        said = self._listener.said
        try:
            while not said.finished:
                self._next()
        except Incident as incident:
            said.stopped = incident.cause
            said.during = self._listener.running
            said.overdue = incident.cause is Cause.TIME and time.monotonic() >= self._end
        return said

    def _next(self) -> None:
        if not self._listener.running:
            self._patience = waiting(self._tests, self._limits.silence, self._end)
        message, frame = self._tests.receive_frame(self._patience)
        if message[0] == "fork":
            self._answer(self._home.fork)
        elif message[0] == "end":
            self._answer(self._home.end_copy)
        elif type(message[0]) is str and message[0] in PASSED_ON:
            self._pass_on(frame)
        else:
            self._hear(message)

    def _hear(self, message: list[Any]) -> None:
        self._heard += 1
        if self._heard > MOST_MESSAGES or not self._listener.hear(message):
            raise Incident(Cause.PROTOCOL, "")
        if message[0] == "running":
            self._begun, self._ended_one = True, False
            self._patience = waiting(self._tests, self._limits.test, self._end)

    def _answer(self, action: Callable[[], None]) -> None:
        try:
            action()
        except Incident as incident:
            self._tell_gone(incident)
        else:
            self._tests.send(["ok"], self._end)

    def _pass_on(self, frame: bytes) -> None:
        try:
            program = self._home.copy or self._template()
            end = min(self._end, time.monotonic() + BOUND * self._call)
            patience = Patience(self._call, end, program.used)
            program.send_frame(frame, patience)
            answer = program.receive_frame(patience)[1]
        except Incident as incident:
            self._home.end_copy()
            self._tell_gone(incident)
        else:
            self._tests.send_frame(answer, self._end)

    def _template(self) -> Channel:
        if self._begun:
            raise Incident(Cause.STOPPED, "")
        return self._home.template

    def _tell_gone(self, incident: Incident) -> None:
        if not self._ended_one:
            self._ended_one = True
            last = waiting(self._tests, _LAST_WORDS, self._end)
            self._patience = max(self._patience, last, key=lambda one: one.end)
        self._tests.send([GONE, incident.cause], self._end)
