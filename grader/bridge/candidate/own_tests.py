"""Runs the learner's own tests against the program beside them and says how each one ended.

Theory of operation. Tests and program share this process, so all that it says is only its word:
the other side bounds and checks it, and works out by itself what could be covered. Nothing that
lies beside the tests steers the run: no configuration, conftest, plugin or ordering but ours.
Outcomes are taken where pytest catches a test's exception, before any other hook can change
them, and a report that says something else later is told as such.
"""

from __future__ import annotations

import contextlib
import importlib
import os
import socket
import sys
import unittest
from collections.abc import Callable, Generator
from pathlib import Path
from types import TracebackType
from typing import Any

import hypothesis
import pytest
from hypothesis import strategies
from hypothesis.configuration import set_hypothesis_home_dir
from hypothesis.internal.conjecture import providers

from . import frames
from .measuring import Measuring, warm_measuring

MOST_TESTS = 500
_TIME = 1_700_000_000  # seconds since 1970; any that has long gone by
_HERE = Path(__file__).parent
_INI = _HERE / "own_tests.ini"
_OFF = (
    "cacheprovider junitxml faulthandler doctest pastebin stepwise setuponly setupplan "
    "unraisableexception threadexception randomly xdist"
)
_WORST_FIRST = (
    "failed",
    "cannot-cross",
    "broken-off",
    "skipped",
    "expected-failure",
    "unexpected-pass",
    "passed",
)


def warm() -> None:
    """Import and use once what every run uses, before there is any learner's code."""
    set_hypothesis_home_dir(_HERE.parent)  # tables lie there, and nothing can be written to it
    hypothesis.settings.register_profile(
        "own-tests",
        database=None,
        derandomize=True,
        deadline=None,  # deadlines are the other side's
        phases=(hypothesis.Phase.explicit, hypothesis.Phase.generate),
        print_blob=False,
        report_multiple_bugs=False,
        suppress_health_check=list(hypothesis.HealthCheck),
    )
    hypothesis.settings.load_profile("own-tests")

    with contextlib.chdir(_HERE):
        run_pytest([_INI.name], _HERE, [])  # finds no test; loads all that pytest loads late
    warm_measuring(_INI)
    # hypothesis draws constants from modules that lie outside site-packages, as all do here;
    # what is loaded by now is not the learner's, and to parse it takes most of a second.
    seen = getattr(providers, "_seen_modules", None)
    if isinstance(seen, set):
        seen.update(map(id, list(sys.modules.values())))

    @hypothesis.given(strategies.text(), strategies.integers())
    def draw(_text: str, _whole: int) -> None:
        """Draw once."""

    draw()


def main(arguments: Any, fds: list[int]) -> None:
    """Entry point in the sandbox.

    `arguments`: `folder` that all files lie in; `tests`, the names of the test files; `measured`,
    the names of the files to measure; `seal` (`package.module:function`) to call first;
    `backwards`, whether the tests run in the opposite order; `only`, tests to which a run is
    limited.
    """
    sock = socket.socket(fileno=fds[0])
    folder = Path(arguments["folder"]).resolve()
    if arguments.get("seal"):
        module, _, function = arguments["seal"].partition(":")
        getattr(importlib.import_module(module), function)()
    sys.dont_write_bytecode = True
    os.chdir(folder)
    sys.path.insert(0, str(folder))
    forget_times(folder)

    def send(*message: Any) -> None:
        sock.sendall(frames.pack(list(message)))

    send("started")
    measuring = Measuring(folder, arguments["measured"])
    reporter = Reporter(
        send,
        folder,
        arguments["tests"],
        measuring,
        backwards=bool(arguments.get("backwards")),
        only=frozenset(arguments.get("only", ())),
    )
    code = run_pytest(arguments["tests"], folder.parent / "aside", [reporter])
    steady = measuring.is_on()
    for name, arcs in measuring.stop():
        send("measured", name, arcs)
    send("finished", code, steady, measuring.foreign())


def forget_times(folder: Path) -> None:
    """Give everything the same time of last change, so that it doesn't tell when it was put."""
    for path in (*folder.rglob("*"), folder):
        os.utime(path, (_TIME, _TIME))


def run_pytest(tests: list[str], aside: Path, plugins: list[object]) -> int:
    """pytest on these files, in the current folder; all else that could have a say is shut out."""
    for name in ("PYTEST_ADDOPTS", "PYTEST_PLUGINS"):
        os.environ.pop(name, None)
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    off = [word for name in _OFF.split() for word in ("-p", f"no:{name}")]
    arguments = [
        # By name, in the current folder: pytest takes a path apart that has `[`, `::` or `$`.
        *(f"./{name}" for name in tests),
        "--rootdir=.",
        f"-c{_INI}",
        f"--basetemp={aside}",
        "--noconftest",
        "--continue-on-collection-errors",
        "--capture=sys",
        "-q",
        "--tb=native",
        "--no-summary",
        "--assert=plain",  # nobody sees the values, and rewriting takes longer than most tests
        *off,
    ]
    return int(pytest.main(arguments, plugins))


class Reporter:
    """Says what is collected, which test runs, and how it ended."""

    def __init__(
        self,
        send: Callable[..., None],
        folder: Path,
        tests: list[str],
        measuring: Measuring,
        *,
        backwards: bool = False,
        only: frozenset[str] = frozenset(),
    ) -> None:
        self._send = send
        self._folder = f"{folder}{os.sep}"
        self._tests = frozenset(tests)
        self._measuring = measuring
        self._backwards = backwards
        self._only = only
        self._numbers: dict[int, int] = {}
        self._verdicts: dict[str, str] = {}
        self._why: list[Any] = []
        self._altered = False
        self._seconds = 0.0

    def pytest_configure(self, config: Any) -> None:
        """Test files can't name plugins to load."""
        config.pluginmanager.consider_module = lambda _module: None

    @pytest.hookimpl(tryfirst=True)
    def pytest_collection(self) -> None:
        """The learner's files are about to be imported."""
        self._measuring.start()

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_make_collect_report(self, collector: Any) -> Generator[None, Any, Any]:
        """A test file that can't be loaded."""
        try:
            report = yield
        except BaseException as error:
            self._send("unloaded", collector.nodeid, *self.place(error))
            raise
        caught = getattr(getattr(report, "call", None), "excinfo", None)
        if caught is not None and report.outcome == "failed":
            cause = caught.value.__cause__ or caught.value
            self._send("unloaded", collector.nodeid, *self.place(cause))
        elif report.outcome == "skipped":
            self._send("passed-over", collector.nodeid)
        return report

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[Any]) -> None:
        """The list of tests, parameters cut off; each is known by its place in it from now on."""
        if self._only:
            items[:] = [one for one in items if self._is_wanted(one.nodeid.partition("[")[0])]
        more = max(0, len(items) - MOST_TESTS)
        del items[MOST_TESTS:]
        self._numbers = {id(item): number for number, item in enumerate(items)}
        self._send("collected", [item.nodeid.partition("[")[0] for item in items], more)
        if self._backwards:
            items.reverse()

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_protocol(self, item: Any) -> Generator[None, Any, Any]:
        """One test."""
        number = self._numbers.get(id(item), -1)
        self._verdicts, self._why, self._altered, self._seconds = {}, [], False, 0.0
        self._send("running", number)
        answer = yield
        outcomes = {*self._verdicts.values(), *self.beside()}
        outcome = next((one for one in _WORST_FIRST if one in outcomes), "skipped")
        why = self._why or ["", "", 0, "", 0]
        self._send("ended", number, outcome, *why, self._altered, int(self._seconds * 1000))
        return answer

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_makereport(self, call: Any) -> Generator[None, Any, Any]:
        """The outcome of one phase of a test, from the exception itself."""
        report = yield
        verdict = self.verdict(call, report)
        self._verdicts[call.when] = verdict
        self._seconds += call.duration
        if verdict == "failed" and not self._why:
            error = call.excinfo.value if call.excinfo else None
            self._why = [call.when, *self.place(error)]
        return report

    @pytest.hookimpl(trylast=True)
    def pytest_runtest_logreport(self, report: Any) -> None:
        """What came of the report since."""
        if self._verdicts.get(report.when) == "failed" and report.outcome != "failed":
            self._altered = True

    def _is_wanted(self, id_: str) -> bool:
        return any(id_ == one or id_.startswith(f"{one}::") for one in self._only)

    def verdict(self, call: Any, report: Any) -> str:
        """How one phase of a test ended."""
        return _verdict(call, report)

    def beside(self) -> list[str]:
        """What else befell the test that has just ended."""
        return []

    def place(self, error: BaseException | None) -> list[Any]:
        """Kind of an exception; line in a test file; innermost file and line of the learner's."""
        if error is None:
            return ["", 0, "", 0]
        line, file, inner = 0, "", 0
        trace: TracebackType | None = error.__traceback__
        while trace is not None:
            path = trace.tb_frame.f_code.co_filename
            if path.startswith(self._folder):
                file, inner = path[len(self._folder) :], trace.tb_lineno
                if file in self._tests:
                    line = inner
            trace = trace.tb_next
        return [type(error).__name__[:80], line, file[:200], inner]


def _verdict(call: Any, report: Any) -> str:
    expected = hasattr(report, "wasxfail")
    if call.excinfo is None:
        if report.outcome == "failed":
            return "failed"
        return "unexpected-pass" if expected and call.when == "call" else "passed"
    if expected and report.outcome == "skipped":
        return "expected-failure"
    skips = (pytest.skip.Exception, unittest.SkipTest)
    return "skipped" if isinstance(call.excinfo.value, skips) else "failed"
