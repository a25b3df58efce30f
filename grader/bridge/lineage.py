"""The processes of one candidate: a template, and the copies forked from it.

Theory of operation. Whatever these processes say is hostile. Names and texts from an import that
happens after the first test are not passed on, since the program may have kept hidden inputs by
then. A template that breaks the rules is killed with everything in its cell.
"""

from __future__ import annotations

import itertools
import socket
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from grader.bridge.advice import advice_on
from grader.bridge.channel import GARBLED, Channel
from grader.bridge.incidents import Cause, Incident
from grader.bridge.newer_syntax import newer_syntax
from grader.bridge.patience import Patience
from grader.bridge.places import place
from grader.escaping import visible

if TYPE_CHECKING:
    from grader.bridge.steady import SteadyCell
    from grader.sandbox import Cell

__tracebackhide__ = True  # the suite's own lines are what a tutor wants to see

_LONGEST = 200  # characters of an exception's name and text
START_BOUND = 3  # times the CPU time of an import may pass on the clock
_NOT_STARTED = "your program could not be started"


@dataclass(frozen=True)
class Work:
    """What the candidate gets: the learner's modules to import and every file of the exercise."""

    modules: tuple[str, ...]
    files: dict[str, bytes]
    given: tuple[str, ...] = ()
    package: str = "_candidate"
    seal: str = "_inside.lockdown:deny_new_processes"
    cpu: int | None = None
    measured: tuple[str, ...] = ()
    promised: Mapping[str, Sequence[str]] | None = None  # see candidate/closed.py


class ModuleError(NamedTuple):
    """Why a module of the learner's could not be imported, and where."""

    cause: Cause
    text: str
    where: str


class Lineage:
    """The template of one submission, started anew when it has died.

    `patience` is how long an import and a fork may take, in seconds of CPU time.
    """

    def __init__(self, cell: SteadyCell | Cell, work: Work, patience: float) -> None:
        self._cell = cell
        self._work = work
        self._patience = patience
        self._numbers = itertools.count(1)
        self._template: Channel | None = None
        self._anew = False
        self.epoch = 0
        self.module_errors: dict[str, ModuleError] = {}

    @property
    def imports_next(self) -> bool:
        """Whether the next copy imports the modules anew, so that it needs their files."""
        return self._template is None or self._anew

    @property
    def template(self) -> Channel:
        """The conversation with the template itself; Incident when there is none."""
        if self._template is None:
            raise Incident(Cause.STOPPED, _NOT_STARTED)
        return self._template

    def start(self) -> None:
        """Spawn the template and wait until it has imported; errors are kept, not raised."""
        arguments = {
            "modules": list(self._work.modules),
            "own": list(self._work.modules),
            "given": list(self._work.given),
            "folder": self._cell.folder,
            "seal": self._work.seal,
            "cpu": self._work.cpu,
            "measured": list(self._work.measured),
            "promised": self._work.promised,
        }
        ours, theirs = socket.socketpair()
        with theirs:
            self._cell.spawn(f"{self._work.package}.template:main", arguments, (theirs.fileno(),))
        self._template = Channel(ours)
        self.epoch += 1
        self.module_errors = {}
        self._await_imports(self._template)

    def revive(self) -> None:
        """Start a template where there is none, unless none of its modules can be imported."""
        hopeless = len(self.module_errors) == len(self._work.modules) > 0
        if self._template is None and not hopeless:
            self.start()

    def fork(self) -> Channel:
        """A fresh copy; with threads in the template, a fresh import instead."""
        if self._anew:
            self.drop()
        if self._template is None:
            self.start()
        template = self.template
        if self._anew:
            self._template = None
            return template
        ours, theirs = socket.socketpair()
        copy = Channel(ours, greeted=True)
        try:
            self._control("fork", (theirs.fileno(),))
        except BaseException:
            copy.close()
            raise
        finally:
            theirs.close()
        return copy

    def end_copy(self) -> None:
        """Kill the copy that runs now, and everything if the template won't."""
        if self._template is None:
            self._cell.kill()
            return
        try:
            self._control("end")
        except Incident:
            self._cell.kill()

    def drop(self) -> None:
        """Kill the template and all that came of it."""
        if self._template is not None:
            self._template.close()
            self._template = None
        self._cell.kill()

    def _wait(self, channel: Channel) -> Patience:
        seconds = self._patience
        return Patience(seconds, time.monotonic() + START_BOUND * seconds, channel.used)

    def _control(self, op: str, fds: tuple[int, ...] = ()) -> None:
        deadline = self._wait(self.template)
        number = next(self._numbers)
        try:
            self.template.check_quiet()
            self.template.send([op, number], deadline, fds)
            answer = self.template.receive(deadline)
            if answer[:2] != ["ok", number]:
                raise Incident(Cause.PROTOCOL, GARBLED)
        except Incident:
            self.drop()
            raise

    # -- imports

    def _await_imports(self, channel: Channel) -> None:
        deadline = self._wait(channel)
        current = ""
        try:
            while True:
                message = channel.receive(deadline)
                if message[0] == "importing" and len(message) == 2:
                    current = self._module(message[1])
                elif message[0] == "ready" and len(message) == 2:
                    self._anew = message[1] is True
                    return
                elif message[0] == "imported" and len(message) == 5:
                    self._note_import(self._module(message[1]), message[2])
                else:
                    raise Incident(Cause.PROTOCOL, GARBLED)
        except Incident as incident:
            self._import_stopped(current, incident)

    def _module(self, name: object) -> str:
        if name not in self._work.modules:
            raise Incident(Cause.PROTOCOL, GARBLED)
        return str(name)

    def _note_import(self, name: str, error: object) -> None:
        if error is None:
            return
        text, where = self._read_error(error)
        if self.epoch > 1:
            text, where = "it could be imported before, and now it can't", ""
        text = f"{name}.py could not be imported: {text}"
        self.module_errors[name] = ModuleError(Cause.IMPORT, text, where)

    def _read_error(self, error: object) -> tuple[str, str]:
        """What to say of a module that can't be imported, and where the fault is.

        Nothing hidden has reached the candidate yet, so its own words may be shown.
        """
        if type(error) is not list or [type(part) for part in error] != [str, str, list]:
            raise Incident(Cause.PROTOCOL, GARBLED)
        kind, text, frames = error
        told = visible(f"{kind[:60]}: {text}" if text else kind[:60], _LONGEST)
        where = place(next(iter(frames), None), self._work.files)
        more = advice_on(kind) or (self._newer(where, text) if kind == "SyntaxError" else "")
        return f"{told}; {more}" if more else told, where

    def _newer(self, where: str, message: str) -> str:
        """What a syntax error of an older Python's has to do with a newer one."""
        name, _, line = where.partition(", line ")
        number = line.partition(",")[0].partition(" ")[0]
        source = self._work.files.get(name, b"")
        return newer_syntax(source, int(number), message) if number.isdecimal() else ""

    def _import_stopped(self, current: str, incident: Incident) -> None:
        """The template is gone: no module of the learner's can be used."""
        name = f"{current}.py" if current else "your program"
        late = f"{name} did not finish being imported within {self._patience:g} seconds"
        text = {
            Cause.TIME: late,
            Cause.STOPPED: f"your program stopped by itself while {name} was being imported",
        }.get(incident.cause, f"{incident.text} while {name} was being imported")
        for module in self._work.modules:
            self.module_errors[module] = ModuleError(Cause.IMPORT, text, "")
        self.drop()
