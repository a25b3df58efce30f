"""What all tests share: the two tiers, that a skip can be made a failure, an ordinary user."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any, NoReturn

import coverage
import pytest

from grader.catalogue import Exercise, read_exercise
from grader.checks import all_checks
from grader.sandbox import bubblewrap
from grader.standard import standard

ROOT = Path(__file__).parents[1]
ORDINARY = "1000"

_SLOW = pytest.StashKey[int]()
MEASURED_FORKS = 8
_FORKED: Counter[str] = Counter()
_EXIT = os._exit
_FORKS = ROOT / ".coverage_forks"
_WHOLE = "whole"  # how the name of a file begins that was saved to its end


def _test_module() -> str:
    return os.environ.get("PYTEST_CURRENT_TEST", "").partition("::")[0]


def _count_fork() -> None:
    _FORKED[_test_module()] += 1


def _measure_fork() -> None:
    """Measure a fork of a process that is measured: by itself, saved once, when it ends.

    Only the first few of each test module, which reach as good as everything that all of them do.
    Not with `source`, for which each process would look for files that it never ran. A fork that
    is killed while it saves leaves no half a file where coverage looks for whole ones. An examiner
    gives up all other files before it runs a suite; here it keeps the folder of these.
    """
    above = coverage.Coverage.current()
    if above is None:
        return
    above._auto_save = False
    above.stop()
    if _FORKED[_test_module()] > MEASURED_FORKS:
        return
    own = coverage.Coverage(
        config_file=":data:" + above.config.serialize(),
        source=[],
        include=[f"{ROOT}/grader/*"],
        messages=False,
    )
    own.set_option("run:data_file", str(_FORKS / ".coverage"))  # over the one of `config_file`
    own._warn_no_data = False
    own.start()
    _keep_writable(sys.modules.get("grader.bridge.confinement"))

    def leave(status: int) -> NoReturn:
        try:
            own.stop()
            own.save()
            saved = Path(own.get_data().data_filename())
            if saved.is_file():
                saved.rename(saved.with_name(f"{_WHOLE}{saved.name}"))
        finally:
            _EXIT(status)

    os._exit = leave  # type: ignore[assignment]


def _keep_writable(confinement: ModuleType | None) -> None:
    if confinement is None:
        return
    enter = confinement.Confinement.enter

    def enter_measured(self: Any) -> bool:
        self._writable += (str(_FORKS),)
        self._readable += (str(_FORKS),)
        return enter(self)

    confinement.Confinement.enter = enter_measured
    confinement.Confinement._hook.__cantrace__ = True  # or Python traces nothing that it calls


@pytest.hookimpl(wrapper=True, trylast=True)
def pytest_runtestloop(session: pytest.Session) -> Iterator[object]:
    """Bring what forks measured to where coverage looks for it, before it looks."""
    result = yield
    if not hasattr(session.config, "workerinput"):
        for file in _FORKS.glob(f"{_WHOLE}.*"):
            file.rename(ROOT / file.name.removeprefix(_WHOLE))
    return result


os.register_at_fork(before=_count_fork, after_in_child=_measure_fork)


def pytest_configure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        shutil.rmtree(_FORKS, ignore_errors=True)
        _FORKS.mkdir()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--no-skips", action="store_true", help="a skipped test is a failed run")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """The fast tier unless `-m` says otherwise."""
    if config.option.markexpr:
        return
    slow = [item for item in items if item.get_closest_marker("slow")]
    config.stash[_SLOW] = len(slow)
    if slow and len(slow) < len(items):
        config.hook.pytest_deselected(items=slow)
        items[:] = [item for item in items if item not in slow]


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: object) -> None:
    """With several worker processes, it is they who collect."""
    config = node.config  # type: ignore[attr-defined]
    config.stash[_SLOW] = getattr(node, "workeroutput", {}).get("slow", 0)


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    if config.stash.get(_SLOW, 0):
        terminalreporter.write_line(
            f"Left out: the slow tier, {config.stash[_SLOW]} tests (pytest -m slow)"
        )


def pytest_sessionfinish(session: pytest.Session) -> None:
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["slow"] = session.config.stash.get(_SLOW, 0)
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if session.config.option.no_skips and reporter and reporter.stats.get("skipped"):
        reporter.write_line("A skip is a failure in this tier.", red=True)
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def _view() -> list[str]:
    """Return the words in front of a command that give root a view that others could share.

    Root's home is often closed to others while the interpreter or this checkout lies in it, so
    the command gets a view of the machine where that home holds nothing else.
    """
    hidden = {Path("~").expanduser(), Path("/tmp")}
    words = [bubblewrap.find(), "--dev-bind", "/", "/"]
    for folder in sorted(hidden):
        words += ["--tmpfs", str(folder)]
    needed = {Path(sys.base_prefix).resolve(), Path(sys.prefix).resolve(), ROOT}
    needed = {one for one in needed if not needed.intersection(one.parents)}
    for path in sorted(path for path in needed if any(map(path.is_relative_to, hidden))):
        for folder in reversed(path.parents):
            if any(folder != one and folder.is_relative_to(one) for one in hidden):
                words += ["--dir", str(folder), "--chmod", "0755", str(folder)]
        words += ["--ro-bind", str(path), str(path)]
    for folder in sorted(hidden):
        words += ["--chmod", "1777" if folder == Path("/tmp") else "0755", str(folder)]
    words += ["--setenv", "HOME", "/tmp", "--setenv", "PYTHONDONTWRITEBYTECODE", "1"]
    return [*words, "--cap-add", "ALL", "--"]


def _run(words: Sequence[str]) -> subprocess.CompletedProcess[str]:
    # Not measured: that user can't write where the data would go.
    environ = {name: value for name, value in os.environ.items() if name[:3] != "COV"}
    return subprocess.run(
        words, env=environ, capture_output=True, text=True, timeout=120, check=False
    )


def exercise_in(folder: Path) -> Exercise:
    """Read the exercise in a folder, as the command line does."""
    return read_exercise(
        folder,
        kinds={kind: check.options for kind, check in all_checks().items()},
        known_codes=standard().ksbs,
        known_duties=standard().duties,
    )


@pytest.fixture(scope="session")
def course_exercise() -> Callable[[str], Exercise]:
    """Read an exercise of the course, by its id."""
    return lambda name: exercise_in(ROOT / "exercises" / name)


@pytest.fixture
def room() -> Iterator[Path]:
    """A folder that every user may enter: for root, pytest's own are closed to others."""
    with tempfile.TemporaryDirectory(dir="/tmp", prefix="room-") as name:
        Path(name).chmod(0o755)
        yield Path(name)


@pytest.fixture(scope="session")
def as_ordinary_user() -> Callable[[Sequence[str]], subprocess.CompletedProcess[str]]:
    """Run a command as an ordinary user; simply run it when we are one already."""
    if os.getuid() == 0 and shutil.which("setpriv") is None:
        pytest.skip("setpriv is not installed")

    ordinary = ["setpriv", "--reuid", ORDINARY, "--regid", ORDINARY, "--clear-groups"]
    words = [*_view(), *ordinary] if os.getuid() == 0 else []
    return lambda argv: _run([*words, *argv])


@pytest.fixture(scope="session")
def as_root() -> Callable[[Sequence[str]], subprocess.CompletedProcess[str]]:
    """Run a command as root, with an interpreter that everybody may read."""
    if os.getuid() != 0:
        pytest.skip("only root is root")
    return lambda argv: _run([*_view(), *argv])
