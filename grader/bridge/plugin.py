"""The pytest plugin of an examiner: a fresh candidate per test, and a record of each verdict."""

from __future__ import annotations

import ast
import contextlib
import inspect
import re
import signal
import textwrap
import time
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

import pytest

from grader.bridge.artefacts import Work
from grader.bridge.fixture import Candidate
from grader.bridge.folder_of_test import folder_for, temporary_files
from grader.bridge.incidents import Cause, Incident
from grader.bridge.property_tests import give_seed
from grader.bridge.reasons import CAUGHT, Reason, explain
from grader.bridge.records import Marks, TestRecord
from grader.bridge.rendering import render_call, short_repr, told
from grader.bridge.session import TEST_BOUND, Log, Session
from grader.bridge.unseen import unseen_difference
from grader.escaping import visible
from grader.results import Example

MARKERS = (
    "ksb(*codes, facet=None): the KSBs that this test evidences",
    "behaviour(id, points=1): tests of one behaviour, all needed for its points",
    "must(*ids): a must-have by its id in the register",
    "hint(text): shown with the sentence when the test fails",
    "feedback(key): the misconception that a failure points to",
    "clause(number): the clause of the ticket that is checked",
)
_DETAIL = 6_000
_PRINTED = 80  # characters of what was printed in place of a value
_ADDRESS = re.compile(r"(?<= at )0x[0-9a-f]{6,}\b")


def marks_of(item: pytest.Item) -> Marks:
    """The author's markers and docstring of a test."""
    ksbs, facets = _ksbs(item.iter_markers("ksb"))
    behaviour = item.get_closest_marker("behaviour")
    return Marks(
        sentence=_sentence(getattr(item, "obj", None)),
        ksbs=ksbs,
        facets=facets,
        behaviour=str(behaviour.args[0]) if behaviour else "",
        points=int(behaviour.kwargs.get("points", 1)) if behaviour else 1,
        musts=tuple(
            dict.fromkeys(str(arg) for mark in item.iter_markers("must") for arg in mark.args)
        ),
        hint=_first(item, "hint"),
        feedback=_first(item, "feedback"),
        clause=_first(item, "clause"),
    )


def _ksbs(marks: Iterable[pytest.Mark]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    codes: dict[str, None] = {}
    facets: dict[str, None] = {}
    for mark in marks:
        codes.update(dict.fromkeys(map(str, mark.args)))
        if mark.kwargs.get("facet"):
            facets[str(mark.kwargs["facet"])] = None
    return tuple(codes), tuple(facets)


def _first(item: pytest.Item, name: str) -> str:
    mark = item.get_closest_marker(name)
    return str(mark.args[0]) if mark and mark.args else ""


def _sentence(function: Any) -> str:
    return re.sub(r"\s+", " ", inspect.getdoc(function) or "").strip()


class _Phase(NamedTuple):
    """Setup, call or teardown of one test."""

    report: pytest.TestReport
    reason: Reason
    told: str


class Examination:
    """Collects, runs and records; hands each record to `emit` as soon as it is known."""

    def __init__(
        self,
        session: Session,
        emit: Callable[[TestRecord], None],
        *,
        public: bool = False,
        keep: bool = False,
        markers: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        self._session = session
        self._emit = emit
        self._public = public
        self._keep = keep
        self._markers = markers
        self._phases: dict[str, list[_Phase]] = {}
        self._compared: tuple[str, Any, Any] | None = None
        self.collected: list[TestRecord] = []
        self.faults: list[str] = []

    # -- setting up

    @pytest.hookimpl
    def pytest_configure(self, config: pytest.Config) -> None:
        """Make the authors' markers known: the grader's, and those of the course."""
        for line in (*MARKERS, *(f"{name}: {text}" for name, text in self._markers.items())):
            config.addinivalue_line("markers", line)

    @pytest.hookimpl
    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """A test file that can't be collected is remembered."""
        if report.failed:
            self.faults.append(f"{report.nodeid}: {str(report.longrepr)[-_DETAIL:]}")

    @pytest.hookimpl
    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """What was found, with the author's marks."""
        self.collected = [TestRecord(id=i.nodeid, marks=marks_of(i)) for i in session.items]
        for item in session.items:
            give_seed(getattr(item, "function", None))

    # -- running

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Generator[None, Any, Any]:
        """One test, with a candidate of its own."""
        began = time.perf_counter()
        self._phases[item.nodeid] = []
        self._compared = None
        self._session.begin(keep=self._keep)
        self._session.test = getattr(item, "obj", None)
        try:
            with self._watchdog(), temporary_files(self._session, item):
                return (yield)
        finally:
            log = self._session.end(keep=self._keep)
            self._emit(self._record(item, log, time.perf_counter() - began))

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_call(self) -> Generator[None, Any, Any]:
        """An interrupt that the suite raised itself, say in its own `input`, ends one test only."""
        try:
            return (yield)
        except KeyboardInterrupt as error:
            raise RuntimeError("the test ended with a KeyboardInterrupt") from error

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(
        self, item: pytest.Item, call: pytest.CallInfo[None]
    ) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        """Keep each phase's report and the reason behind a failure."""
        report = yield
        report.sections.clear()  # captured output: nobody is shown it, and all of it would be kept
        phase = _Phase(report, Reason(), "")
        if call.excinfo is not None and not report.skipped:
            error = call.excinfo.value
            reason = explain(self._session, getattr(item, "obj", None), error)
            phase = _Phase(report, reason, _words(error, item.path.parent))
        self._phases[item.nodeid].append(phase)
        return report

    @pytest.hookimpl
    def pytest_assertrepr_compare(self, op: str, left: object, right: object) -> None:
        """Remember the comparison that failed, for the public examples."""
        self._compared = (op, left, right)

    @contextlib.contextmanager
    def _watchdog(self) -> Iterator[None]:
        """End a test that computes without end on what the learner's program gave."""

        def bite(_number: int, _frame: object) -> None:
            text = "your program gave a value that takes too long to work with"
            raise self._session.stop(Incident(Cause.TIME, text))

        seconds = 1.5 * self._session.deadlines.test
        timers = {  # our own CPU time, and a bound of time on the clock for what waits
            signal.ITIMER_PROF: (signal.SIGPROF, seconds),
            signal.ITIMER_REAL: (signal.SIGALRM, TEST_BOUND * seconds),
        }
        before = {number: signal.signal(number, bite) for number, _ in timers.values()}
        for timer, (_, limit) in timers.items():
            signal.setitimer(timer, limit)
        try:
            yield
        finally:
            for timer in timers:
                signal.setitimer(timer, 0)
            for number, handler in before.items():
                signal.signal(number, handler)

    # -- fixtures

    @pytest.fixture
    def candidate(self) -> Iterator[Candidate]:
        """The learner's program, beyond what can be imported from it."""
        made = Candidate(self._session)
        yield made
        made.close()

    @pytest.fixture
    def work(self) -> Iterator[Work]:
        """The files that were handed in, as data."""
        made = Work(self._session)
        yield made
        made.close()

    @pytest.fixture
    def tmp_path(self, request: pytest.FixtureRequest) -> Path:
        """A folder that the learner's program shares."""
        return folder_for(self._session, request)

    # -- recording

    def _record(self, item: pytest.Item, log: Log, seconds: float) -> TestRecord:
        phases = self._phases.pop(item.nodeid)
        outcome, reason = _verdict(phases, log, caught=self._session.passing.caught)
        failed = outcome not in ("passed", "skipped")
        return TestRecord(
            id=item.nodeid,
            outcome=outcome,
            marks=marks_of(item),
            cause=reason.cause,
            reason=reason.text,
            where=reason.where,
            reported=log.reported,
            seconds=seconds,
            detail=self._told(phases) if failed else "",
            calls=self._calls() if failed else (),
            example=self._example(item, phases) if failed and self._public else None,
        )

    def _told(self, phases: list[_Phase]) -> str:
        """What pytest said, and where two texts differ that look the same in it."""
        detail = _detail(phases)
        if self._compared is None or self._compared[0] != "==":
            return detail
        difference = unseen_difference(self._compared[2], self._compared[1])
        return f"{detail}\n{difference}".strip() if difference else detail

    def _calls(self) -> tuple[str, ...]:
        crossing = self._session.crossing
        return tuple(render_call(record) for record in crossing.calls)

    def _example(self, item: pytest.Item, phases: list[_Phase]) -> Example | None:
        crossing = self._session.crossing
        if not crossing.calls:
            return None
        call, _, answer = render_call(crossing.calls[-1]).partition("  →  ")
        expected, seen = "", answer
        if self._compared is not None and self._compared[0] == "==":
            seen, expected = short_repr(self._compared[1]), short_repr(self._compared[2])
            difference = unseen_difference(self._compared[2], self._compared[1])
        else:
            expected = _expected_error(phases) or _expected_value(item)
            difference = unseen_difference(_value_of(expected), _value_of(seen))
        if seen == "None" != expected and expected and crossing.printed.strip():
            printed = visible(crossing.printed.strip(), _PRINTED)
            difference = f"it printed {printed} and returned nothing: use return for the value"
        return Example(call=call, expected=expected, seen=seen, difference=difference)


def _verdict(phases: list[_Phase], log: Log, *, caught: bool) -> tuple[str, Reason]:
    """Passed only if every phase says so and the candidate did nothing that ends a test."""
    if log.fault is not None:
        return "broken", Reason("grader", log.fault.text, broken=True)
    for phase in phases:
        if phase.reason.broken:
            return "broken", phase.reason
    for phase in phases:
        if phase.report.failed:
            return "failed", phase.reason
    incident = log.incident
    if isinstance(incident, Incident):
        return "failed", Reason(incident.cause, incident.text)
    if caught:
        return "failed", Reason(text=CAUGHT)
    if any(phase.report.skipped or hasattr(phase.report, "wasxfail") for phase in phases):
        return "skipped", Reason()
    when = [phase.report.when for phase in phases]  # one more call for each subtest
    complete = (when[:1], {*when[1:-1]}, when[-1:]) == (["setup"], {"call"}, ["teardown"])
    return ("passed" if complete else "missing"), Reason()


def _words(error: BaseException, folder: Path) -> str:
    """An exception for the tutor; a fixture that isn't there is said as pytest says it."""
    if isinstance(error, pytest.FixtureLookupError):
        return error.msg or f"fixture '{error.argname}' not found"
    return told(error, folder)


def _detail(phases: list[_Phase]) -> str:
    """What pytest said, less addresses in memory: the same work gets the same result."""
    text = "\n".join(phase.told for phase in phases if phase.told)
    return _ADDRESS.sub("0x…", text)[-_DETAIL:]


def _expected_value(item: pytest.Item) -> str:
    """The right side of `assert price(…) == 185`, as the author wrote it."""
    source = textwrap.dedent(inspect.getsource(getattr(item, "obj", None) or type(item)))
    compared = [
        node.test
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Assert) and isinstance(node.test, ast.Compare)
    ]
    if len(compared) != 1 or not isinstance(compared[0].left, ast.Call):
        return ""
    plain = isinstance(compared[0].ops[0], ast.Eq) and isinstance(compared[0].left.func, ast.Name)
    return ast.unparse(compared[0].comparators[0]) if plain else ""


def _value_of(text: str) -> object:
    """The value that a literal stands for; None when it is none."""
    try:
        return ast.literal_eval(text)
    except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
        return None


def _expected_error(phases: list[_Phase]) -> str:
    text = _detail(phases)
    found = re.search(r"DID NOT RAISE (?:<class ')?(?:\w+\.)*(\w+)", text)
    return f"raises {found[1]}" if found else ""
