"""Programs that rules want tried out, and what came of it.

A trial is data, so that two rules that want the same one get it once and its result can be kept.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import msgspec

from grader.authoring.lying import lie
from grader.bridge import Examiner, TestRecord
from grader.checks import Context
from grader.checks.faulty_variants import CHECK as FAULTY_VARIANTS
from grader.checks.faulty_variants import FaultyVariantsOptions
from grader.checks.hidden_suite import NAME as HIDDEN_SUITE
from grader.checks.own_data import given_to
from grader.checks.verdicts import run_of
from grader.errors import ExerciseError
from grader.grading import Task, run_checks, weigh
from grader.individual import Learner
from grader.results import Cell, CheckResult, Outcome, Status
from grader.sandbox import Level

_IMPATIENT = 0.5
Work = tuple[tuple[str, bytes], ...]


def work_of(*layers: Mapping[str, bytes]) -> Work:
    """Files laid over each other, the last on top."""
    merged: dict[str, bytes] = {}
    for layer in layers:
        merged.update(layer)
    return tuple(sorted(merged.items()))


class Grading(msgspec.Struct, frozen=True, tag=True):
    """Every check of the exercise on this work, as that of a learner; "" is nobody."""

    work: Work
    learner: str = ""


class Lying(msgspec.Struct, frozen=True, tag=True):
    """The hidden suite on a generic liar, by its name; with little patience, as liars like to
    keep a suite waiting."""

    liar: str


class Graded(msgspec.Struct, frozen=True):
    """What came of a Grading or a Lying."""

    status: Status
    checks: tuple[CheckResult, ...]


class SuiteRun(msgspec.Struct, frozen=True, tag=True):
    """The hidden suite alone, to its first failure or measured, on this work."""

    work: Work
    to_first: bool = True
    measured: tuple[str, ...] = ()


class SuiteRan(msgspec.Struct, frozen=True):
    """Failed tests with why; `faults` are the suite's own; `arcs` what ran, if measured."""

    failed: tuple[tuple[str, str], ...]
    faults: tuple[str, ...] = ()
    arcs: dict[str, tuple[tuple[int, int], ...]] = {}

    @property
    def passed(self) -> bool:
        """Whether no test failed."""
        return not self.failed and not self.faults


class Catching(msgspec.Struct, frozen=True, tag=True):
    """The tests in this work on every correct program, and on the faulty `variants` named."""

    work: Work
    variants: tuple[str, ...]


class Caught(msgspec.Struct, frozen=True):
    """Which of the variants were caught, with the test that did it; which tests reject a correct
    program, with its name; `fault` when it could not be tried."""

    caught: dict[str, str] = {}
    rejecting: tuple[tuple[str, str], ...] = ()
    fault: str = ""


Trial = Grading | Lying | SuiteRun | Catching
Result = Graded | SuiteRan | Caught


class Results:
    """Results by trial, and the isolation in which they came about."""

    def __init__(self, found: Mapping[Trial, Result], level: Level) -> None:
        self._found = found
        self.level = level

    def graded(self, trial: Grading | Lying) -> Graded:
        """What the checks said."""
        found = self._found[trial]
        assert isinstance(found, Graded)
        return found

    def suite(self, trial: SuiteRun) -> SuiteRan:
        """What came of a run of the hidden suite."""
        found = self._found[trial]
        assert isinstance(found, SuiteRan)
        return found

    def caught(self, trial: Catching) -> Caught:
        """What some tests caught and rejected."""
        found = self._found[trial]
        assert isinstance(found, Caught)
        return found


def kind_of_result(trial: Trial) -> type[Result]:
    """The structure that a trial's result is kept in."""
    return _RUNNERS[type(trial)][1]


def run_trial(task: Task, trial: Trial, examiner: Examiner) -> Result:
    """Try a program out; SandboxError when the machine can't."""
    run, kind = _RUNNERS[type(trial)]
    try:
        return run(_context(task, trial, examiner), trial)
    except ExerciseError as error:
        text = " ".join(str(error).split())
    if kind is Graded:
        broken = CheckResult(name="preparing", outcome=Outcome.BROKEN, tutor_notes=(text,))
        return Graded(Status.BROKEN, (broken,))
    return Caught(fault=text) if kind is Caught else SuiteRan((), faults=(text,))


def _context(task: Task, trial: Trial, examiner: Examiner) -> Context:
    exercise = task.exercise
    assert task.solution is not None
    if isinstance(trial, Lying):
        work = lie(trial.liar, exercise, task.solution)
        sandbox = msgspec.structs.replace(exercise.sandbox, seconds=_IMPATIENT)
        checks = {HIDDEN_SUITE: exercise.checks[HIDDEN_SUITE]}
        exercise = msgspec.structs.replace(exercise, checks=checks, sandbox=sandbox)
    else:
        work = dict(trial.work)
    learner = Learner(trial.learner) if isinstance(trial, Grading) else task.learner
    given = given_to(exercise, learner)
    return Context(exercise, work, given, task.solution, examiner, learner=learner)


def _grade(context: Context, _trial: Grading | Lying) -> Graded:
    checks = run_checks(context)
    return Graded(weigh(checks), checks)


def _run_suite(context: Context, trial: SuiteRun) -> SuiteRan:
    assert context.solution is not None
    wanted = {"to_first": trial.to_first, "measured": trial.measured}
    examined = context.examiner.run(run_of(context, tests=context.solution / "hidden", **wanted))
    failed = [(one.id, _why(one)) for one in examined.tests if one.outcome != "passed"]
    failed += [(f"{name}.py", text) for name, text, _ in examined.module_errors]
    stopped = () if examined.finished else ("the examiner did not come to its end",)
    faults = (*stopped, *examined.faults) if not failed else ()
    return SuiteRan(tuple(failed), faults, examined.arcs)


def _why(record: TestRecord) -> str:
    if record.outcome == "skipped":
        return "the test was skipped"
    return record.reason or record.detail.strip().rpartition("\n")[2] or record.outcome


def _catch(context: Context, trial: Catching) -> Caught:
    options = FaultyVariantsOptions(variants=trial.variants)
    result = FAULTY_VARIANTS.run(context, options)
    matrix = result.matrix
    if matrix is None:
        return Caught(fault=result.summary)
    caught: dict[str, str] = {}
    rejecting = []
    for place, column in enumerate(matrix.columns):
        failed = [row.test for row in matrix.rows if row.cells[place] is not Cell.PASSED]
        if column.sound:
            rejecting += [(test, column.program) for test in failed]
        elif column.caught:
            caught[column.program] = failed[0]
    return Caught(caught, tuple(rejecting))


_RUNNERS: dict[type[Trial], tuple[Callable[[Context, Any], Result], type[Result]]] = {
    Grading: (_grade, Graded),
    Lying: (_grade, Graded),
    SuiteRun: (_run_suite, SuiteRan),
    Catching: (_catch, Caught),
}
