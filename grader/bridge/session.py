"""One submission's candidate, as the examiner talks to it.

Theory of operation. A session owns a template process in the sandbox, which has imported the
learner's modules, and for each test a copy of it with a socket of its own. Every question has a
deadline; after a breach, a death or a malformed answer the copy is killed, the test is over
(every later question in it repeats the incident), and the next test gets a fresh copy. The
verdict never rests on pytest's outcome alone: a test during which an incident was raised has
failed, whatever the suite made of the exception.
"""

from __future__ import annotations

import builtins
import contextlib
import itertools
import json
import os
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from types import ModuleType
from typing import TYPE_CHECKING, Any, TypeVar

from grader.bridge.allowance import Allowance, check_files
from grader.bridge.candidate.codec import CodecError
from grader.bridge.candidate.frames import FrameError, unpack
from grader.bridge.candidate.given import Given
from grader.bridge.candidate.twins import Twins
from grader.bridge.channel import GARBLED, Channel
from grader.bridge.crossing import TOO_LARGE, Crossing
from grader.bridge.identity import uses_of
from grader.bridge.incidents import AuthorFault, Cause, GraderFault, Incident
from grader.bridge.lineage import Lineage, ModuleError, Work
from grader.bridge.mirrors import Mirrors
from grader.bridge.notices import Levels
from grader.bridge.passing_through import STEPS, PassingThrough, mark_step
from grader.bridge.patience import BOUND, Patience
from grader.bridge.places import stands_in
from grader.bridge.standins import MAKING, EnumMirror, Handle, Mirror, was_given_again
from grader.bridge.steady import SteadyCell
from grader.bridge.surroundings import Surroundings

if TYPE_CHECKING:
    from grader.bridge.shared_folder import SharedFolder
    from grader.sandbox import Cell, Level, Sandbox

__tracebackhide__ = True  # the suite's own lines are what a tutor wants to see

_TOO_MANY_STOPS = 4
TEST_BOUND = 3  # times the CPU time of a test may pass on the clock
_PATCHERS = ("_pytest.monkeypatch", "unittest.mock")
_GIVING = ("call", "get", "op", "fetch")  # questions whose answers are values of the learner's
_IN_STEP = ("get", "set", "del", "restore", "op", "swap", "make", "snapshot")
_LOOKING = ("snapshot", "describe")  # questions that run nothing of the learner's


T = TypeVar("T")


@dataclass(frozen=True)
class Deadlines:
    """Seconds of the program's CPU time, but for `session`: that is time on the clock.

    What uses no CPU time, such as a program that sleeps, ends at a bound: see `patience.py`.
    """

    start: float = 5.0
    call: float = 2.0
    test: float = 10.0
    session: float = 60.0


@dataclass
class Log:
    """What happened during one test."""

    incident: Incident | None = None
    fault: GraderFault | None = None
    reported: bool = False
    given: bool = False  # whether the program has given a value in it
    looked: bool = False  # whether it asked what a closed program does not tell


class Session:
    """Questions to the candidate of one submission; used by one examiner process."""

    def __init__(
        self,
        cell: Cell,
        work: Work,
        deadlines: Deadlines,
        given: Given,
        lineage: Lineage | None = None,
    ) -> None:
        self._cell = SteadyCell(cell, self._at_fault)
        self._work = work
        self.deadlines = deadlines
        self.given = given
        self.mirrors = Mirrors(self)
        self.crossing = Crossing(self)
        self._numbers = itertools.count(1)
        self.twins = Twins(given, 0)
        self._lock = threading.RLock()
        self._copy: Channel | None = None
        self._in_test = False
        self._asking = False
        self._following = False
        self._stops = 0
        self._session_end = time.monotonic() + deadlines.session
        self._test_began = time.monotonic()
        self._used_before: float | None = 0.0  # CPU time of a copy that served a test before
        self._lineage = lineage or Lineage(self._cell, work, deadlines.start)
        self.honest = False  # whether the program is an author's, whose word can be taken
        self.log = Log()
        self.passing = PassingThrough()
        self.test: Any = None  # the function of the test that runs
        self.faults: list[str] = []  # ours, outside of any test
        self.allowance = Allowance()
        self.shared_folder: SharedFolder | None = None
        self.offered: SharedFolder | None = None  # shared once the test has put something there
        self.surroundings = Surroundings()
        self.public = False  # whether the learner has these tests, so that no input is hidden
        self.loopback = False  # whether the exercise lets the program use the network
        self.programs: tuple[str, ...] = ()  # that the exercise lends, as paths
        self.handed_in: frozenset[str] = frozenset()  # names of the learner's own files
        self.readers: Sandbox | None = None  # where artefacts are read that need a sandbox
        self.remarks: dict[str, None] = {}
        self._fetched: dict[str, dict[str, bytes]] = {}
        self._folder_is_fresh = False
        self.levels = Levels()
        self.heard: list[bytes] = []  # what the program has said in this test and while collecting
        self._heard_before: int | None = None
        self.printed: list[
            str
        ] = []  # what it has printed or sent otherwise, as a command or server
        self.sizes = (0, 0)  # bytes of the last question and of its answer
        self.arcs: dict[str, set[tuple[int, int]]] = {name: set() for name in work.measured}
        self.tick = 0  # goes up whenever the learner's code may have run

    # -- life of the candidate

    @property
    def epoch(self) -> int:
        """How many times the learner's modules have been imported anew."""
        return self._lineage.epoch

    @property
    def module_errors(self) -> dict[str, ModuleError]:
        """Why modules of the learner's can't be used, by name."""
        return self._lineage.module_errors

    @property
    def modules(self) -> tuple[str, ...]:
        """Names of the learner's modules."""
        return self._work.modules

    @property
    def measured(self) -> tuple[str, ...]:
        """Files of which is asked what ran."""
        return self._work.measured

    @property
    def files(self) -> dict[str, bytes]:
        """Every file of the exercise that the candidate has."""
        return self._work.files

    @property
    def level(self) -> Level | None:
        """The isolation that the candidate is under."""
        return self._cell.level

    @property
    def folder(self) -> str:
        """Where the learner's files lie, as the candidate sees it."""
        return self._cell.folder

    def start(self) -> None:
        """Bring up the template; errors of the learner's modules are kept, not raised."""
        self._folder_is_fresh = False
        self.put_files()
        self._lineage.start()
        self.mirrors.new_copy(("template", self.epoch))

    def begin(self, *, keep: bool = False) -> None:
        """A test begins: it gets a fresh copy of the candidate, files included.

        With `keep` it goes on with the copy of the test before, if that is still there.
        """
        self.log = Log()
        self.passing = PassingThrough()
        self.allowance.begin()
        if self._heard_before is None:
            self._heard_before = len(self.heard)
        del self.heard[self._heard_before :], self.printed[:]
        self._in_test = True
        self.crossing.calls.clear()
        self._test_began = time.monotonic()
        if not keep:
            self._hang_up()
        self._used_before = 0.0 if self._copy is None else self._copy.used()
        if self._copy is None:  # objects of the last one are stale
            self.mirrors.new_copy(("test", next(self._numbers)))
        if self._stops >= _TOO_MANY_STOPS or time.monotonic() >= self._session_end:
            self.log.incident = Incident(
                Cause.TIME, "your program ran out of time too often, so this was not tried"
            )
        else:
            with contextlib.suppress(GraderFault):  # it is in the log, and ends the test
                self._lineage.revive()

    def end(self, *, keep: bool = False) -> Log:
        """A test is over."""
        self.note_arcs()
        if not keep:
            self._hang_up()
        self._in_test = False
        self.shared_folder = self.offered = None
        return self.log

    def note_arcs(self) -> None:
        """Ask what ran of the files that are measured; a test that was broken off can't say."""
        if not self._work.measured or self.log.incident is not None:
            return
        try:
            for name, lines in self.ask_directly("arcs"):
                self.arcs[name].update(zip(lines[::2], lines[1::2], strict=True))
        except Incident:
            pass  # told by the test's own verdict

    def _hang_up(self) -> None:
        self._folder_is_fresh = False
        self.twins = Twins(self.given, 0)
        if self._copy is not None:
            self._copy.close()
            self._copy = None

    def _open_copy(self) -> Channel:
        """A copy of the candidate for this test, in a folder of its own."""
        self.put_files()
        self._copy = self._lineage.fork()
        self.levels.again()
        self.mirrors.new_copy(("copy", next(self._numbers)))
        self.surroundings.new_copy()
        self._fetched = {}
        if self.offered is not None:
            base = f"{self.offered.folder.parent}/"
            self._copy.unseen = json.dumps(base, ensure_ascii=False)[1:-1].encode()
        if self.shared_folder is not None:
            self._copy.outward = self.shared_folder.translation
        return self._copy

    def close(self) -> None:
        """Kill whatever is left."""
        self._hang_up()
        self._lineage.drop()

    def end_all(self) -> None:
        """End all that runs in the cell, the template too; the next test starts a new one."""
        self._hang_up()
        self._lineage.drop()

    def remark(self, text: str) -> None:
        """Note something for the tutor, once."""
        self.remarks[text] = None

    # -- questions

    def collecting(self) -> bool:
        """True while the suite is being collected, before the first test."""
        return not self._in_test

    def stop(self, incident: Incident) -> Incident:
        """Note that this test is over; returns the incident to raise."""
        if self.log.incident is None:
            self.log.incident = incident
        return self.log.incident

    def at_fault(self, text: str) -> GraderFault:
        """Note that we could not go on; returns the fault to be raised."""
        return self._at_fault(GraderFault(text))

    def _at_fault(self, fault: GraderFault) -> GraderFault:
        """Note a fault of our own; returns it to be raised."""
        if not self._in_test:
            self.faults.append(fault.text)
        elif self.log.fault is None:
            self.log.fault = fault
        return self.log.fault or fault

    def ours(self, action: Callable[[], T]) -> T:
        """Do something on this machine whose failure is never the learner's."""
        try:
            return action()
        except OSError as error:
            raise self._at_fault(GraderFault(f"this machine could not go on: {error}")) from None

    def may_tell(self, name: str) -> bool:
        """Whether a name of the program's choice may be told: not where inputs are hidden."""
        return self.public and (hasattr(builtins, name) or stands_in(name, self.files))

    def note_reported(self) -> None:
        """The verdict of this test rests on the candidate's word."""
        self.log.reported = True

    def ask(self, op: str, *parts: Any, ends: bool = False, record: list[Any] | None = None) -> Any:
        """One question; the value of the answer, or the exception that the learner's code raised.

        `ends` says that it is a step of an iterator, which StopIteration may end; the answer is
        noted in `record`. Raises Incident when there is no answer and AuthorFault when the suite
        asked for what can't be done. Files of a shared folder are copied in before and out after.
        """
        self.notice_files()
        if self.shared_folder is None or self._asking:
            return self.ask_directly(op, *parts, ends=ends, record=record)
        self._asking = True
        try:
            self.shared_folder.push()
            return self.ask_directly(op, *parts, ends=ends, record=record)
        finally:
            if self.log.incident is None:
                self.shared_folder.pull()
            self._asking = False

    def ask_directly(
        self, op: str, *parts: Any, ends: bool = False, record: list[Any] | None = None
    ) -> Any:
        """One question, without a look at the files."""
        with self._lock:
            over = self.log.fault or self.log.incident
            if over is not None:
                raise over
            try:
                channel = self._channel()
                if self._in_test and not self._following and op != "put":
                    self._follow()
                self._keep_in_step(op)
                patience = self._patience(channel)
                number = next(self._numbers)
                channel.send([op, number, *parts], patience)
                return self.passing.question(
                    lambda: self._await_answer(channel, number, patience, ends=ends, record=record)
                )
            except FrameError as error:
                raise self._unsendable(error) from None
            except CodecError as error:
                raise self._broken_off(Incident(Cause.PROTOCOL, GARBLED, str(error))) from None
            except Incident as incident:
                raise self._broken_off(incident) from None
            except AuthorFault:
                self._kill_copy()
                raise
            finally:
                self.tick += op not in _LOOKING
                self.log.given = self.log.given or (op in _GIVING and self.crossing.holds_value)

    def _patience(self, channel: Channel) -> Patience:
        """How long an answer may take: a call's time, or what is left of the test's."""
        now, limits = time.monotonic(), self.deadlines
        end = min(now + BOUND * limits.call, self._session_end)
        if not self._in_test:
            return Patience(limits.call, end, channel.used)
        used, before = channel.used(), self._used_before
        known = used is not None and before is not None
        spent = used - before if known else now - self._test_began  # type: ignore[operator]
        end = min(end, self._test_began + TEST_BOUND * limits.test)
        return Patience(min(limits.call, limits.test - spent), end, channel.used)

    def _unsendable(self, error: FrameError) -> BaseException:
        """The suite's fault, unless it got what is too large from the program in this test."""
        if self.log.given:
            return self._broken_off(Incident(Cause.TOO_LARGE, TOO_LARGE))
        return AuthorFault(f"the suite sent a value that is {error}")

    def _keep_in_step(self, op: str) -> None:
        """Send what the suite has changed of containers that have crossed, before a question."""
        changes = self.crossing.changes() if op in _IN_STEP else []
        if changes:
            self.ask_directly("sync", changes)

    def _follow(self) -> None:
        """Tell the candidate what the test has changed around it."""
        self._following = True
        try:
            for question in self.surroundings.changes(self):
                self.ask_directly(*question)
            if self.levels.changed:  # after the handlers, which bring levels back
                self.ask_directly("levels", self.crossing.copied(self.levels.now()))
        finally:
            self._following = False

    def _channel(self) -> Channel:
        if self._in_test:
            return self._copy or self._open_copy()
        return self._lineage.template

    def _broken_off(self, incident: Incident) -> Incident:
        if incident.cause is Cause.TIME and not incident.text:
            self._stops += 1
            incident = Incident(
                Cause.TIME, f"your program was still running after {self.deadlines.call:g} seconds"
            )
        first = self.stop(incident)
        if first is incident:
            self._kill_copy()
        return first

    def _kill_copy(self) -> None:
        self._hang_up()
        if self._in_test:
            self._lineage.end_copy()
        else:
            self._lineage.drop()

    def _await_answer(
        self,
        channel: Channel,
        number: int,
        patience: Patience,
        *,
        ends: bool,
        record: list[Any] | None,
    ) -> Any:
        while True:
            try:
                message = channel.receive(patience)
            except Incident:
                self._stops += patience.idle  # it counts twice: such a wait is a long one
                raise
            self.heard.append(channel.body)
            self.sizes = channel.sizes
            self.allowance.receive(self.sizes[1])
            if message[0] == "callback" and len(message) == 8:
                began = time.monotonic()
                self._serve_callback(channel, message)
                patience.extend(time.monotonic() - began)
            elif len(message) == 6 and message[1] == number:
                return self.crossing.answer(message, ends=ends, record=record)
            else:
                raise Incident(Cause.PROTOCOL, GARBLED)

    def _serve_callback(self, channel: Channel, message: list[Any]) -> None:
        self.tick += 1
        answer = self.crossing.run_callback(message)
        channel.send(answer, time.monotonic() + BOUND * self.deadlines.call)

    # -- what stand-ins ask

    def get(self, target: Any, name: str) -> Any:
        """Attribute of an object or class of the learner's."""
        found = self.ask("get", self.crossing.node(target), name)
        self.crossing.name_class(found)
        mark_step(target, name, found)
        if isinstance(target, Mirror | ModuleType):
            self.mirrors.note_alias(target, name, found)
        return found

    def set(self, target: Any, name: str, value: Any) -> None:
        """Set an attribute."""
        self.ask("set", self.crossing.node(target), name, self.crossing.node(value))

    def delete(self, target: Any, name: str) -> None:
        """Delete an attribute; after a patch of pytest's or mock's, bring back what was there.

        They delete what they have patched when they see nothing in the stand-in's own names.
        """
        caller = sys._getframe(2).f_globals.get("__name__")
        op = "restore" if caller in _PATCHERS else "del"
        self.ask(op, self.crossing.node(target), name)

    def operate(self, operation: str, *operands: Any) -> Any:
        """An operator or built-in function, applied in the candidate."""
        nodes = map(self.crossing.node, operands)
        found = self.ask("op", operation, *nodes, ends=operation in STEPS)
        return self._as_made(found) if operation in MAKING else found

    def call(self, target: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        """Call a function, method or class of the learner's."""
        found = self.crossing.call(target, args, kwargs)
        is_class = isinstance(target, Mirror) and not isinstance(target, EnumMirror)
        return self._as_made(found) if is_class else found

    def _as_made(self, found: Any) -> Any:
        """What should be a new object; one that was there already may decide a comparison."""
        if isinstance(found, Handle) and (was_given_again(found) or type(found._key) is list):
            object.__setattr__(found, "_again", True)
            self.note_reported()
        return found

    def note_again(self, *, alone: bool) -> None:
        """An object was given that had been given before: that it is one is the program's word."""
        if self.test is not None:
            uses = uses_of(self.test)
            if uses.alone if alone else uses.inside:
                self.note_reported()

    def leave(self, operation: str, target: Any, error: BaseException | None) -> Any:
        """Leave a `with` on an object of the learner's."""
        return self.passing.leave(lambda: self.operate(operation, target, error), error)

    def texts_heard(self) -> Iterator[str]:
        """Every text that the program has said in this test, in values and in what it printed."""
        waiting: list[Any] = [*self.printed, *map(unpack, self.heard)]
        while waiting:
            part = waiting.pop()
            if type(part) is list:
                waiting += part
            elif type(part) is str:
                yield part

    # -- files

    def share_folder(self, folder: SharedFolder) -> None:
        """From now on in this test, files and paths below a folder cross both ways."""
        self.shared_folder = folder
        if self._copy is not None:
            self._copy.outward = folder.translation

    def notice_files(self) -> None:
        """Share the folder for temporary files as soon as the test has put something there."""
        if self.shared_folder is None and self.offered and os.listdir(self.offered.folder):  # noqa: PTH208
            self.share_folder(self.offered)

    def put_files(self) -> None:
        """Give this test a folder of its own with the learner's and the given files."""
        if not self._folder_is_fresh:
            self._cell.put(self._work.files)
            self._folder_is_fresh = True

    def fetch(self, folder: str) -> dict[str, bytes]:
        """Every regular file below a folder of the candidate's, by relative name."""
        names, contents = self.fetch_changes(folder)
        known = {**self._fetched.get(folder, {}), **contents}
        self._fetched[folder] = {name: known[name] for name in names if name in known}
        return dict(self._fetched[folder])

    def fetch_changes(self, folder: str) -> tuple[list[str], dict[str, bytes]]:
        """Names of all files, and the contents of those changed since the last time.

        Folders are among the names, with "/" at the end. Names come from the candidate: only
        plain relative ones are let through.
        """
        names, contents = self.ask_directly("fetch", folder)
        if type(names) is not list or type(contents) is not dict:
            raise self._broken_off(Incident(Cause.PROTOCOL, GARBLED))
        kept = [n for n in names if type(n) is str and is_plain_name(n.removesuffix("/"))]
        files = {n for n in kept if not n.endswith("/")}
        found = {n: d for n, d in contents.items() if n in files and type(d) is bytes}
        try:
            check_files(kept, found.values())
        except Incident as incident:
            raise self._broken_off(incident) from None
        return kept, found

    # -- the program as a command

    def spawn_program(
        self, arguments: object, fds: tuple[int, ...], entry: str = "program:main"
    ) -> int:
        """Start the learner's program, or an `entry` beside it, as a process; its number."""
        self.put_files()
        return self._cell.spawn(f"{self._work.package}.{entry}", arguments, fds)

    def settle(self) -> None:
        """Open this test's copy: a program with threads is imported anew, which ends all else."""
        if len(self.module_errors) < len(self.modules):
            self.ask_directly("environ", ["dict"])

    def wait_program(self, pid: int, seconds: float) -> Any:
        """How a program ended, or None when it has not."""
        return self._cell.wait(pid, seconds)

    def kill_program(self, pid: int) -> None:
        """End a program."""
        self._cell.kill(pid)


def is_plain_name(name: object) -> bool:
    """Whether a name that came from the candidate is a relative path inside a folder."""
    if type(name) is not str or not name or len(name) > 200 or not name.isprintable():
        return False
    return all(part not in ("", ".", "..") for part in name.split("/")) and "\\" not in name
