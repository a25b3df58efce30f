"""Runs a hidden suite against a submission: warm once, then one fork per run.

Theory of operation. A worker imports and configures pytest and hypothesis once and keeps a warm
sandbox. For each run it makes a cell and forks; the child is the examiner: it starts the
candidate in the cell, collects, runs, and writes one record per test to a pipe as soon as the
test is over. The worker believes only complete records, ends the child at a deadline of its own,
and reports a run that did not finish as such. Nothing of one run is left for the next.
"""

from __future__ import annotations

import os
import selectors
import shutil
import signal
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import NoReturn

import msgspec

from grader.bridge.artefacts.readers import reader_sandbox
from grader.bridge.records import Examined, TestRecord
from grader.bridge.session import Deadlines
from grader.bridge.tools import lent_programs, tables_mount, tool_mounts
from grader.sandbox import Level, Limits, Mount, Policy, Sandbox, temporary

PACKAGE = "_candidate"
_CANDIDATE = Path(__file__).parent / "candidate"
_GRADER = Mount(Path(__file__).parents[1], "grader")  # holds nothing that anybody may not read
_GRACE = 30.0
_MAX_RECORDS = 64 << 20
_MOST_REMEMBERED = 50


@dataclass(frozen=True)
class Run:
    """One suite against one set of files.

    `to_first` ends it after the first test that fails. `measured` are files of which is told
    what ran: for an author's own program only, as it can make that up.
    `programs` are paths of programs that the cell may see besides Python; `handed_in` names the
    learner's own among the files; `artefacts`: they may be read in a sandbox of their own.
    `seed`, `hidden_seed` and `given_files` are what its fixtures of these names give;
    `hidden_seed` is None where the tests are there to be read.
    `constants` are Python sources whose constants property tests may draw. It is ended after
    `at_most` seconds of wall time, or a while after its session should have.
    `markers` are those that the course adds, each with what it is for.
    """

    tests: Path
    modules: tuple[str, ...]
    files: dict[str, bytes]
    given_folder: Path
    given: tuple[str, ...] = ()
    deadlines: Deadlines = field(default_factory=Deadlines)
    policy: Policy = field(default_factory=lambda: Policy(limits=Limits(cpu_seconds=20)))
    public: bool = False
    keep: bool = False
    collect_only: bool = False
    to_first: bool = False
    measured: tuple[str, ...] = ()
    programs: tuple[str, ...] = ()
    handed_in: tuple[str, ...] = ()
    artefacts: bool = False
    seed: int = 0
    hidden_seed: int | None = None
    given_files: Mapping[str, bytes] = field(default_factory=dict)
    constants: tuple[bytes, ...] = ()
    at_most: float | None = None
    markers: Mapping[str, str] = field(default_factory=dict)


class Examiner:
    """A warm pytest and a warm sandbox; a context manager, one for each worker process."""

    def __init__(self, level: Level | None = None) -> None:
        self._sandbox = Sandbox(
            level=level, packages=(Mount(_CANDIDATE, PACKAGE),), preload=(PACKAGE,)
        )
        self._tools: Sandbox | None = None
        self._readers: Sandbox | None = None
        self._lending: dict[tuple[str, ...], Sandbox] = {}
        self._home = temporary.folder("examiner")
        self._count = 0
        self._remembered: dict[str, Examined] = {}
        self.collected: dict[str, tuple[TestRecord, ...]] = {}  # suites by the exercise's digest
        _warm(self._tables())

    @property
    def level(self) -> Level:
        """The isolation in force."""
        return self._sandbox.level

    @property
    def sandbox(self) -> Sandbox:
        """The warm sandbox, for checks that run things of their own."""
        return self._sandbox

    @property
    def tools(self) -> Sandbox:
        """A second warm sandbox, started when first asked for, in which tests can be run.

        It has pytest, hypothesis and coverage, which a learner's program alone must not find.
        """
        if self._tools is None:
            tables = tables_mount(self._tables(), temporary.folder("tables"))
            self._tools = Sandbox(
                level=self.level,
                packages=(Mount(_CANDIDATE, PACKAGE), _GRADER, tables, *tool_mounts()),
                preload=("grader.bridge.trial_inside",),
            )
        return self._tools

    @property
    def readers(self) -> Sandbox:
        """A warm sandbox for what is read of handed-in files; started when first asked for."""
        if self._readers is None:
            self._readers = reader_sandbox(self.level)
        return self._readers

    def _tables(self) -> Path:
        """Where tables that take seconds to build are kept; nothing of any learner."""
        return (temporary.cache() or self._home) / "hypothesis"

    def lending(self, programs: tuple[str, ...]) -> Sandbox:
        """The warm sandbox whose cells see these programs."""
        if not programs:
            return self._sandbox
        if programs not in self._lending:
            self._lending[programs] = Sandbox(
                level=self.level,
                packages=(Mount(_CANDIDATE, PACKAGE),),
                preload=(PACKAGE,),
                programs=lent_programs(programs),
            )
        return self._lending[programs]

    def __enter__(self) -> Examiner:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the sandbox and remove the examiner's own files."""
        for one in (self._sandbox, self._tools, self._readers, *self._lending.values()):
            if one is not None:
                one.close()
        shutil.rmtree(self._home, ignore_errors=True)

    def remembered(self, key: str, run: Callable[[], Run]) -> Examined:
        """What a run of the author's own files said: done once for each key, the latest are kept.

        One that did not finish is not remembered.
        """
        found = self._remembered.pop(key, None) or self.run(run())
        if found.finished:
            self._remembered[key] = found
            for old in list(self._remembered)[:-_MOST_REMEMBERED]:
                del self._remembered[old]
        return found

    def run(self, run: Run) -> Examined:
        """Run a suite; always comes back, with `finished` false when the examiner died."""
        self._count += 1
        home = self._home / str(self._count)
        home.mkdir(mode=0o700)
        readers = self.readers if run.artefacts else None
        sandbox = self.tools if run.measured else self.lending(run.programs)
        reader, writer = os.pipe()
        with sandbox.cell(run.policy) as cell:
            pid = os.fork()
            if pid == 0:
                os.close(reader)
                _be_examiner(run, cell, home, writer, readers)
            os.close(writer)
            most = run.deadlines.session + _GRACE
            most = most if run.at_most is None else min(most, run.at_most)
            end = time.monotonic() + most
            lines = _gather(reader, pid, end)
            overdue = time.monotonic() >= end
        try:
            found = _believed(lines, home / "output.txt")
            return msgspec.structs.replace(found, overdue=overdue and not found.finished)
        finally:
            shutil.rmtree(home, ignore_errors=True)


def _warm(tables: Path) -> None:
    """Import and try out once what every run uses."""
    # A plugin of hypothesis that happens to be installed may change what is drawn.
    os.environ["HYPOTHESIS_NO_PLUGINS"] = "1"
    from grader.bridge import suite

    suite.warm(tables)


def _be_examiner(
    run: Run, cell: object, home: Path, writer: int, readers: Sandbox | None
) -> NoReturn:
    """The forked child: never returns."""
    code = 1
    try:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_DFL)  # what the worker does then is not ours to do
        output = os.open(home / "output.txt", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        for target in (1, 2):
            os.dup2(output, target)
        os.chdir(home)
        from grader.bridge import suite

        suite.examine(run, cell, home, writer, readers)
        code = 0
    except BaseException:  # noqa: BLE001 - told to the worker by the missing last line
        sys.excepthook(*sys.exc_info())
        sys.stderr.flush()
    finally:
        os._exit(code)


def _gather(reader: int, pid: int, deadline: float) -> list[bytes]:
    """Complete lines that the examiner wrote before it ended or ran out of time."""
    data = bytearray()
    with selectors.DefaultSelector() as selector:
        selector.register(reader, selectors.EVENT_READ)
        try:
            while selector.select(max(0.0, deadline - time.monotonic())):
                piece = os.read(reader, 1 << 18)
                data += piece
                if not piece or len(data) > _MAX_RECORDS:
                    break
        finally:
            os.close(reader)
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
            os.waitpid(pid, 0)
    return bytes(data).split(b"\n")[:-1]


def _believed(lines: list[bytes], output: Path) -> Examined:
    records: list[TestRecord] = []
    for line in lines:
        if line.startswith(b'{"tests"'):
            end = msgspec.json.decode(line, type=Examined)
            return msgspec.structs.replace(end, tests=(*records, *end.tests))
        records.append(msgspec.json.decode(line, type=TestRecord))
    text = output.read_text(errors="replace")[-4000:] if output.exists() else ""
    return Examined(tests=tuple(records), faults=(f"the examiner stopped early: {text}",))
