"""Runs a learner's own tests against one program in the sandbox, and believes little of it.

Theory of operation. Tests and program share a hostile process, which says over one socket which
test runs and how it ended. Each message is bounded, typed and checked against the list of tests
that was said first; a test that is said to have ended twice has the worse outcome, one that was
never said to have ended has none. The deadlines are ours. What comes back is no more than
reported, and holds no text of the learner's process but names of tests, files and exceptions.
"""

from __future__ import annotations

import contextlib
import re
import socket
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from grader.bridge.channel import Channel
from grader.bridge.incidents import Cause, Incident
from grader.bridge.patience import Patience
from grader.sandbox import Cell, Limits, Policy, Sandbox

MOST_TESTS = 500
MOST_MESSAGES = 4 * MOST_TESTS
MOST_ARCS = 100_000
MOST_LINE = 1_000_000
CANNOT_CROSS, BROKEN_OFF = "cannot-cross", "broken-off"  # in two processes only: see trial.py
LOOKED = "Looked"  # in the place of an exception's name, when a test file looks at the program
OUTCOMES = (
    "failed",
    CANNOT_CROSS,
    BROKEN_OFF,
    "skipped",
    "expected-failure",
    "unexpected-pass",
    "passed",
)
_BOUND = 3  # times the CPU time of a test may pass on the clock
_ENTRY = "grader.bridge.candidate.own_tests:main"
SEAL = "_inside.lockdown:deny_new_processes"
_NAME = re.compile(r"[^\W\d]\w{0,79}")


@dataclass(frozen=True)
class OwnDeadlines:
    """Seconds: from one sign of life to the next outside tests, per test, in all.

    The first two are CPU time of the process in which the tests run, `total` is on the clock.
    """

    silence: float = 10.0
    test: float = 5.0
    total: float = 30.0


@dataclass(frozen=True)
class OwnTests:
    """One run: all files of the folder, which of them are tests and which are measured.

    `backwards` runs the tests in the opposite order; `only` these, where there are any.
    """

    files: Mapping[str, bytes]
    tests: tuple[str, ...]
    measured: tuple[str, ...] = ()
    deadlines: OwnDeadlines = field(default_factory=OwnDeadlines)
    policy: Policy = field(default_factory=lambda: Policy(limits=Limits(cpu_seconds=40)))
    backwards: bool = False
    only: tuple[str, ...] = ()


@dataclass(frozen=True)
class Place:
    """Where something went wrong: an exception's name, the line in a test file, the innermost
    file and line of the learner's. Empty and 0 where that isn't known."""

    error: str = ""
    test_line: int = 0
    file: str = ""
    line: int = 0


@dataclass(frozen=True)
class Case:
    """How one test (with one set of parameters) ended. `phase` is setup, call or teardown."""

    id: str
    outcome: str
    phase: str = ""
    place: Place = Place()
    altered: bool = False
    seconds: float = 0.0


@dataclass
class Reported:
    """All that a run said. `stopped` is why it broke off, `during` the test that ran then.

    `overdue`: it was the time for all tests together that was up.
    """

    collected: tuple[str, ...] = ()
    more: int = 0
    cases: dict[int, Case] = field(default_factory=dict)
    unloaded: dict[str, Place] = field(default_factory=dict)
    passed_over: set[str] = field(default_factory=set)
    arcs: dict[str, tuple[tuple[int, int], ...]] = field(default_factory=dict)
    steady: bool = True
    foreign: tuple[str, ...] = ()
    twice: bool = False
    finished: bool = False
    stopped: Cause | None = None
    during: str = ""
    overdue: bool = False


def run_own_tests(sandbox: Sandbox, wanted: OwnTests) -> Reported:
    """Run the tests in a fresh cell; always comes back. Raises SandboxError, which is ours."""
    with sandbox.cell(wanted.policy) as cell:
        cell.put(dict(wanted.files))
        return converse(cell, wanted)


def converse(cell: Cell, wanted: OwnTests) -> Reported:
    """Start the run in a cell that holds the files, and listen to it."""
    arguments = {
        "folder": cell.folder,
        "tests": list(wanted.tests),
        "measured": list(wanted.measured),
        "seal": SEAL,
        "backwards": wanted.backwards,
        "only": list(wanted.only),
    }
    ours, theirs = socket.socketpair()
    with contextlib.closing(Channel(ours)) as channel:
        with theirs:
            cell.spawn(_ENTRY, arguments, (theirs.fileno(),))
        return listen(channel, wanted)


def listen(channel: Channel, wanted: OwnTests) -> Reported:
    """Hear a run out, or break it off at a deadline or at the first nonsense."""
    listener = Listener(wanted)
    end = time.monotonic() + wanted.deadlines.total
    try:
        for _ in range(MOST_MESSAGES + len(wanted.measured)):
            seconds = wanted.deadlines.test if listener.running else wanted.deadlines.silence
            message = channel.receive(waiting(channel, seconds, end))
            if not listener.hear(message):
                raise Incident(Cause.PROTOCOL, "")
            if listener.said.finished:
                return listener.said
        raise Incident(Cause.PROTOCOL, "")
    except Incident as incident:
        listener.said.stopped = incident.cause
        listener.said.during = listener.running
        listener.said.overdue = incident.cause is Cause.TIME and time.monotonic() >= end
        return listener.said


def waiting(channel: Channel, seconds: float, end: float) -> Patience:
    """A wait for the tests: so much CPU time of theirs, and at most until `end`."""
    return Patience(seconds, min(end, time.monotonic() + _BOUND * seconds), channel.used)


class Listener:
    """Checks each message of a run of tests and notes what it says."""

    def __init__(self, wanted: OwnTests) -> None:
        self._wanted = wanted
        self.said = Reported()
        self.running = ""
        self._kinds: dict[str, Callable[[list[Any]], bool]] = {
            "started": lambda rest: not rest,
            "collected": self._collected,
            "unloaded": self._unloaded,
            "passed-over": self._passed_over,
            "running": self._running,
            "ended": self._ended,
            "measured": self._measured,
            "finished": self._finished,
        }

    def hear(self, message: list[Any]) -> bool:
        """Note a message; False when it is none that can be."""
        kind = message[0]
        return type(kind) is str and kind in self._kinds and self._kinds[kind](message[1:])

    def _collected(self, rest: list[Any]) -> bool:
        if len(rest) != 2 or type(rest[0]) is not list or self.said.collected:
            return False
        ids, more = rest
        if len(ids) > MOST_TESTS or not all(_is_id(one) for one in ids) or not _is_number(more):
            return False
        self.said.collected, self.said.more = tuple(ids), more
        return True

    def _unloaded(self, rest: list[Any]) -> bool:
        place = _place(rest[1:])
        if place is None or not _is_id(rest[0]) or len(self.said.unloaded) > MOST_TESTS:
            return False
        self.said.unloaded.setdefault(rest[0].partition("::")[0], place)
        return True

    def _passed_over(self, rest: list[Any]) -> bool:
        if len(rest) != 1 or not _is_id(rest[0]):
            return False
        self.said.passed_over.add(rest[0].partition("::")[0])
        return True

    def _running(self, rest: list[Any]) -> bool:
        if len(rest) != 1 or not self._is_place_in_list(rest[0]):
            return False
        self.running = self.said.collected[rest[0]]
        return True

    def _ended(self, rest: list[Any]) -> bool:
        if len(rest) != 9:
            return False
        number, outcome, phase, altered, milliseconds = *rest[:3], *rest[7:]
        place = _place(rest[3:7])
        known = outcome in OUTCOMES and phase in ("", "setup", "call", "teardown")
        if not self._is_place_in_list(number) or not known or place is None:
            return False
        if type(altered) is not bool or not _is_number(milliseconds):
            return False
        id_ = self.said.collected[number]
        case = Case(id_, outcome, phase, place, altered, milliseconds / 1000)
        before = self.said.cases.get(number)
        self.said.twice = self.said.twice or before is not None
        if before is None or OUTCOMES.index(outcome) < OUTCOMES.index(before.outcome):
            self.said.cases[number] = case
        self.running = ""
        return True

    def _measured(self, rest: list[Any]) -> bool:
        if len(rest) != 2 or rest[0] not in self._wanted.measured or type(rest[1]) is not list:
            return False
        lines = rest[1]
        fits = len(lines) <= 2 * MOST_ARCS and len(lines) % 2 == 0
        if not fits or not all(type(n) is int and abs(n) < MOST_LINE for n in lines):
            return False
        self.said.arcs[rest[0]] = tuple(zip(lines[::2], lines[1::2], strict=True))
        return True

    def _finished(self, rest: list[Any]) -> bool:
        if len(rest) != 3 or type(rest[1]) is not bool or type(rest[2]) is not list:
            return False
        if not all(name in self._wanted.measured for name in rest[2]):
            return False
        self.said.steady, self.said.foreign = rest[1], tuple(sorted(set(rest[2])))
        self.said.finished = True
        return True

    def _is_place_in_list(self, number: object) -> bool:
        return type(number) is int and 0 <= number < len(self.said.collected)


def _is_number(value: object) -> bool:
    return type(value) is int and 0 <= value < MOST_LINE


def _is_id(value: object) -> bool:
    return type(value) is str and 0 < len(value) <= 1000


def _place(parts: list[Any]) -> Place | None:
    """A place, its words kept only when they look like a name or a file of the folder's."""
    if len(parts) != 4:
        return None
    error, test_line, file, line = parts
    if type(error) is not str or type(file) is not str or len(file) > 200:
        return None
    if not _is_number(test_line) or not _is_number(line):
        return None
    return Place(error if _NAME.fullmatch(error) else "", test_line, file, line)
