"""Trying a learner's tests on many programs, and what each test did with each of them.

Theory of operation. The tests run in a hostile process that can call the program and not look at
it; see `bridge/trial.py`. What that process says of a test is only its word. It becomes our
observation because we alone hold the labels: correct and faulty programs come in one shuffled
order, to a fresh process each, and a word counts only for a test that passed with every correct
program, one of which comes twice. To say "failed" at the right moments, a test has to tell the
programs apart by what they do. The order depends on the programs' text, which no learner has, and
on the work, so that the same work gets the same result.

A test that can't be tried in this way, since it looks at the program, is tried in one process with
it. What it says there counts for nothing and is for the tutor alone.
"""

from __future__ import annotations

import hashlib
import random
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import msgspec

from grader.bridge.incidents import Cause
from grader.bridge.own_tests import BROKEN_OFF, CANNOT_CROSS, LOOKED, OwnTests, Reported
from grader.bridge.reading_tests import DeclaredTest, Reading
from grader.checks.faulty_variants_programs import Program
from grader.checks.own_tests_findings import Findings, owner_of
from grader.results import Cell

TOTAL_SECONDS = 90.0
# Ends of a test that come from outside it: no verdict on the program.
_EXITS = frozenset({"SystemExit", "KeyboardInterrupt", "GeneratorExit", "Exit"})

Run = Callable[[OwnTests, Program], Reported]


@dataclass(frozen=True)
class Turn:
    """One run to come: of which program, and whether it is the second of the same one."""

    program: Program
    again: bool = False


@dataclass(frozen=True)
class Trial:
    """One run that was: what the tests did with this program."""

    turn: Turn
    findings: Findings
    cells: Mapping[str, Cell]


@dataclass(frozen=True)
class Trials:
    """All runs. `late` are programs that the time was not enough for; `seconds` is all of it.

    `looking` are the trials in one process, of those tests that look at the program.
    """

    reading: Reading
    programs: tuple[Program, ...]
    done: tuple[Trial, ...] = ()
    late: tuple[Program, ...] = ()
    seconds: float = 0.0
    looking: Trials | None = None

    @cached_property
    def first(self) -> dict[str, Trial]:
        """The first run of each program, by its name."""
        return {one.turn.program.name: one for one in reversed(self.done)}

    @cached_property
    def unsteady(self) -> dict[str, str]:
        """Tests that did one thing and then another with the same program, and its name."""
        return {
            id_: trial.turn.program.name
            for trial in self.done
            for id_, cell in trial.cells.items()
            if self.first[trial.turn.program.name].cells[id_] is not cell
        }

    def cell(self, test: DeclaredTest, program: Program) -> Cell:
        """How a test ended with a program."""
        if self.unsteady.get(test.id) == program.name:
            return Cell.UNSTEADY
        trial = self.first.get(program.name)
        return trial.cells[test.id] if trial else Cell.NO_VERDICT

    @cached_property
    def apart(self) -> tuple[DeclaredTest, ...]:
        """The tests that look at a correct program, so that they can't be tried on it."""
        correct = [trial for trial in self.done if trial.turn.program.sound]
        return tuple(
            test
            for test in self.reading.tests
            if any(_looks(test, trial.findings) for trial in correct)
        )

    @cached_property
    def witnesses(self) -> frozenset[str]:
        """The tests that count: they passed with every correct program, each time."""
        sound = [one for one in self.programs if one.sound]
        return frozenset(
            test.id
            for test in self.reading.tests
            if all(self.cell(test, program) is Cell.PASSED for program in sound)
        )

    def catchers(self, program: Program) -> list[DeclaredTest]:
        """The tests that count and fail with this program."""
        tests = (test for test in self.reading.tests if test.id in self.witnesses)
        return [test for test in tests if self.cell(test, program) is Cell.FAILED]


def in_turn(programs: Sequence[Program], work: str) -> list[Turn]:
    """Shuffle programs, one of the correct ones twice; the same for the same work and programs."""
    digest = hashlib.sha256(work.encode())
    for program in programs:
        for name, text in sorted(program.files.items()):
            digest.update(hashlib.sha256(name.encode() + b"\0" + text).digest())
    chance = random.Random(digest.digest())
    turns = [Turn(one) for one in programs]
    turns.append(Turn(chance.choice([one for one in programs if one.sound]), again=True))
    chance.shuffle(turns)
    return turns


def try_out(
    turns: Sequence[Turn],
    base: Findings,
    wanted: OwnTests,
    run: Run,
    clock: Callable[[], float] = time.monotonic,
    total: float = TOTAL_SECONDS,
) -> Trials:
    """Run the tests on each program in turn, until the time is up or no test can count any more.

    `wanted.files` are all files but the program's own; `total` are the seconds that there are.
    """
    began, done = clock(), []
    left = {test.id for test in base.reading.tests}
    late: tuple[Program, ...] = ()
    for place, turn in enumerate(turns):
        remaining = total - (clock() - began)
        if remaining <= 0:
            late = tuple(one.program for one in turns[place:] if not one.again)
            break
        limits = replace(wanted.deadlines, total=min(wanted.deadlines.total, remaining))
        said = run(replace(wanted, deadlines=limits, backwards=turn.again), turn.program)
        trial = _trial(turn, replace(base, reported=said, limits=limits))
        done.append(trial)
        if turn.program.sound:
            left &= {id_ for id_, cell in trial.cells.items() if cell is Cell.PASSED}
            if not left:
                break
    programs = sorted({one.program.name: one.program for one in turns}.values(), key=_order)
    return Trials(base.reading, tuple(programs), tuple(done), late, clock() - began)


def with_looking(
    trials: Trials, turns: Sequence[Turn], wanted: OwnTests, run: Run, total: float = TOTAL_SECONDS
) -> Trials:
    """Try the tests that look at the program in one process with it, in the time that is left."""
    if not trials.apart:
        return trials
    only = tuple(test.id for test in trials.apart)
    reading = msgspec.structs.replace(trials.reading, tests=trials.apart)
    base = replace(trials.done[0].findings, reading=reading)
    left = total - trials.seconds
    looking = try_out(turns, base, replace(wanted, only=only), run, total=left)
    return replace(trials, looking=looking)


def _order(program: Program) -> tuple[bool, bool, str]:
    """Correct ones first and the reference before the others; the given one last."""
    return not program.sound, program.is_given, program.name.replace("reference", " ")


def _trial(turn: Turn, findings: Findings) -> Trial:
    sound = turn.program.sound
    cells = {test.id: _cell(test, findings, sound=sound) for test in findings.reading.tests}
    return Trial(turn, findings, cells)


def _cell(test: DeclaredTest, findings: Findings, *, sound: bool) -> Cell:
    """Passed, failed, or no verdict: skipped, expected to fail, broken off, ended from outside.

    A test that can be tried on every correct program fails with one on which it can't.
    """
    said, cases = findings.reported, findings.cases.get(test.id, [])
    failed = [case for case in cases if case.outcome == "failed"]
    failed += [case for case in cases if case.outcome == CANNOT_CROSS and not sound]
    if any(case.place.error not in _EXITS for case in failed):
        return Cell.FAILED
    cut_short = said.stopped is not None and owner_of(said.during, {test.id}) == test.id
    broken = any(case.outcome in (BROKEN_OFF, CANNOT_CROSS) for case in cases)
    if failed or broken or cut_short or len(cases) < findings.collected(test):
        return Cell.NO_VERDICT
    return Cell.PASSED if any(case.outcome == "passed" for case in cases) else Cell.NO_VERDICT


def _looks(test: DeclaredTest, findings: Findings) -> bool:
    cases = findings.cases.get(test.id, [])
    unloaded = findings.reported.unloaded.get(test.file)
    if unloaded is not None and unloaded.error == LOOKED:
        return True
    return any(case.outcome == CANNOT_CROSS for case in cases)


def is_left_out(test: DeclaredTest, trial: Trial) -> bool:
    """Whether a test has no verdict because of a mark of the learner's own."""
    cases = trial.findings.cases.get(test.id, [])
    marked = ("skipped", "expected-failure", "unexpected-pass")
    if not cases:
        return test.file in trial.findings.reported.passed_over
    return all(case.outcome in marked for case in cases)


def ran_out_of_time(trial: Trial) -> bool:
    """Whether a run was broken off by a deadline."""
    return trial.findings.reported.stopped is Cause.TIME
