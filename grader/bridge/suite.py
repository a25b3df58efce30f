"""Inside an examiner process: pytest, set up the same way for every suite."""

from __future__ import annotations

import os
import resource
import sys
import tempfile
from pathlib import Path
from typing import Any

import hypothesis
import msgspec
import pytest
from hypothesis import strategies
from hypothesis.configuration import set_hypothesis_home_dir, storage_directory

from grader.bridge import type_hints
from grader.bridge.confinement import Confinement
from grader.bridge.individual import Individual
from grader.bridge.limited import address_space
from grader.bridge.lineage import Work
from grader.bridge.modules import Finder, load_given
from grader.bridge.pinning import pin_here
from grader.bridge.plugin import Examination
from grader.bridge.property_tests import draw_constants_of
from grader.bridge.records import Examined, TestRecord
from grader.bridge.session import Session
from grader.results import encoded
from grader.sandbox import lower

_INI = Path(__file__).with_name("suite.ini")
_OFF = (
    "cacheprovider junitxml faulthandler doctest pastebin stepwise legacypath "
    "unraisableexception threadexception"  # they collect garbage thrice, for warnings nobody sees
)
_KEPT = {"HOME", "LANG", "LC_ALL", "PATH", "TMPDIR", "TZ"}
_MAX_EXAMPLES = 50
_MOST_NAMES = 100
_MEMORY = 1 << 30  # bytes of address space beyond what a warm worker has


def warm(cache: Path) -> None:
    """Build the tables that the first use of property tests builds; `cache` keeps them."""
    set_hypothesis_home_dir(cache)
    draw_constants_of(())

    @hypothesis.settings(max_examples=2, database=None)
    @hypothesis.given(strategies.text(), strategies.integers(), strategies.floats())
    def draw(_text: str, _whole: int, _real: float) -> None:
        """Draw once."""

    draw()


def _settle() -> None:
    """The settings of property tests, and no plugin but ours; in the examiner only."""
    # What a suite sees must not depend on whose shell it runs in; and each question compares
    # the environment with what the candidate was told.
    for name in os.environ.keys() - _KEPT:
        del os.environ[name]
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    # Deadlines are the session's; no database, since one would carry one submission's failures
    # to the next; no shrinking, since nothing shows the smaller example to the learner.
    hypothesis.settings.register_profile(
        "grading",
        database=None,
        derandomize=True,
        deadline=None,
        max_examples=_MAX_EXAMPLES,
        phases=(hypothesis.Phase.explicit, hypothesis.Phase.generate),
        print_blob=False,
        report_multiple_bugs=False,
        suppress_health_check=list(hypothesis.HealthCheck),
    )
    hypothesis.settings.load_profile("grading")


class _Away:
    """Leaves the suite's folder as soon as pytest knows it."""

    def __init__(self, home: Path) -> None:
        self._home = home

    @pytest.hookimpl(tryfirst=True)
    def pytest_configure(self) -> None:
        os.chdir(self._home)


def examine(run: Any, cell: Any, home: Path, writer: int, readers: Any = None) -> None:
    """Collect and run the suite of `run`, writing one JSON line per test to `writer`.

    `readers` is a warm sandbox for artefacts, None where they are not read.
    """
    # Bytecode of the author's files only, in a folder of this worker's own: the suite is
    # compiled once and no run can be served another's.
    sys.pycache_prefix = str(home.parent / "bytecode")
    sys.dont_write_bytecode = False
    _settle()
    _limit_memory()
    draw_constants_of(run.constants)
    given = load_given(run.given_folder, run.given)
    work = Work(run.modules, run.files, run.given, cpu=pin_here(), measured=run.measured)
    session = Session(cell, work, run.deadlines, given)
    session.public = run.public
    session.loopback = run.policy.loopback
    session.programs = run.programs
    session.handed_in = frozenset(run.handed_in)
    session.readers = readers
    sys.meta_path.insert(0, Finder(session))
    session.levels.watch()
    _confine(session, run, home)
    type_hints.install(session)
    session.start()

    def emit(record: TestRecord) -> None:
        _write(writer, record)

    examination = Examination(session, emit, public=run.public, keep=run.keep, markers=run.markers)
    try:
        individual = Individual(run.seed, run.hidden_seed, run.given_files)
        os.chdir(run.tests)
        code = pytest.main(arguments(run, home), [_Away(home), examination, individual])
        examination.faults += session.faults
        broke_off = code in (pytest.ExitCode.INTERNAL_ERROR, pytest.ExitCode.USAGE_ERROR)
        if broke_off:
            sys.stdout.flush()
            sys.stderr.flush()
            text = (home / "output.txt").read_text(errors="replace")
            examination.faults.append(f"pytest could not run the suite: {text[-4000:]}")
        session.note_arcs()
    finally:
        session.close()
    end = Examined(
        tests=tuple(examination.collected) if run.collect_only else (),
        module_errors=tuple((m, e.text, e.where) for m, e in session.module_errors.items()),
        faults=tuple(examination.faults),
        flattened=tuple(sorted(session.mirrors.flattened)[:_MOST_NAMES]),
        arcs={name: tuple(sorted(arcs)) for name, arcs in session.arcs.items()},
        remarks=tuple(session.remarks),
        finished=not broke_off and not session.faults,
    )
    _write(writer, end)


def _limit_memory() -> None:
    if sys.platform == "linux":
        lower(resource.RLIMIT_AS, address_space() + _MEMORY)


def _confine(session: Session, run: Any, home: Path) -> None:
    """From here on this process opens what a suite needs, and nothing else."""
    tempfile.tempdir = str(home)
    own = [run.tests, run.tests.parent, run.given_folder]
    cache = storage_directory().path
    Confinement(session, run.tests, [*own, cache], [home, home.parent / "bytecode"]).enter()


def arguments(run: Any, home: Path) -> list[str]:
    """pytest's command line for a suite: no configuration and no conftest but ours.

    It is called in the suite's folder: pytest would take a path apart that has `[`, `::` or `$`.
    """
    off = [word for name in _OFF.split() for word in ("-p", f"no:{name}")]
    return [
        ".",
        "--rootdir=.",
        "--confcutdir=.",
        f"-c{_INI}",
        f"--basetemp={home / 'tmp'}",
        "--noconftest",
        "--capture=sys",
        "-q",
        "--tb=native",
        *off,
        *(["--collect-only"] if run.collect_only else []),
        *(["--exitfirst"] if run.to_first else []),
    ]


def _write(writer: int, record: msgspec.Struct) -> None:
    data = memoryview(encoded(record) + b"\n")
    while data:
        data = data[os.write(writer, data) :]
