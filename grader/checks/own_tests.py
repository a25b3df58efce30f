"""Own tests: the learner's tests run against the learner's program, and how much of it they reach.

Tests are the work files called `test_*.py` or `*_test.py`. All of them must pass, at least one
must check something, and they must reach enough of the lines and branches. Tests and program run
in one process, so all of it is reported evidence; what could be reached is worked out here.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Annotated

import msgspec

from grader.bridge.coverable import Assessment, assess
from grader.bridge.limited import TooMuchError, limited
from grader.bridge.own_tests import OwnDeadlines, OwnTests, Reported, run_own_tests
from grader.bridge.reading_tests import Reading, read_tests
from grader.checks.check import Check, Context, Options
from grader.checks.own_tests_findings import COVERAGE, TESTS, Findings, passed_cases
from grader.checks.own_tests_items import items_of
from grader.checks.own_tests_reach import coverage_item, notes_of, summary_of
from grader.errors import ExerciseError
from grader.results import CheckResult, Item, Outcome, Trust
from grader.sandbox import Limits, Policy

NAME = "own-tests"

Percent = Annotated[float, msgspec.Meta(ge=0, le=100, description="a percentage from 0 to 100")]
Count = Annotated[int, msgspec.Meta(ge=1, description="a whole number, 1 or more")]


class OwnTestsOptions(Options, frozen=True, kw_only=True, rename="kebab"):
    """`branch_coverage` is the least percentage of lines and branches; 0 asks for none.

    `tests` is the least number of passing tests, counted with their parameters. `files` are the
    work files that are measured; without them, every Python file of the work that is no test.
    """

    branch_coverage: Percent = 0.0
    tests: Count = 1
    files: tuple[str, ...] = ()


class Assessments(msgspec.Struct, frozen=True):
    """What became of each measured file; a file that is not handed in is not there."""

    by_file: dict[str, Assessment]


def run(context: Context, options: OwnTestsOptions) -> CheckResult:
    """Run the learner's own tests; ExerciseError when the table names a file that isn't work."""
    began = time.perf_counter()
    _refuse_unknown(context, options)
    tests = tuple(name for name in context.work if is_test_file(name))
    measured = tuple(name for name in _measured(context, options) if name in context.work)
    program = tuple(name for name in context.work if name not in tests)
    try:
        reading = limited(lambda: read_tests(context.files, tests, program), Reading)
        reported = _run_tests(context, tests, measured) if reading.tests else Reported()
        assessed = limited(lambda: _assess_all(context.work, measured, reported), Assessments)
    except TooMuchError:
        return _result(options, (_too_much(),), Findings(), began)
    findings = Findings(
        reading=reading,
        reported=reported,
        assessed=assessed.by_file,
        wanted=_measured(context, options),
        test_files=tests or tuple(filter(is_test_file, context.exercise.work)),
        threshold=options.branch_coverage,
        least=options.tests,
        files=frozenset(context.files),
        limits=deadlines_of(context),
    )
    items = items_of(findings)
    if options.branch_coverage:
        items = (*items, coverage_item(findings))
    return _result(options, items, findings, began)


def is_test_file(name: str) -> bool:
    """Tell whether a work file holds tests, by its name as pytest does."""
    stem, suffix = PurePosixPath(name).stem, PurePosixPath(name).suffix
    return suffix == ".py" and (stem.startswith("test_") or stem.endswith("_test"))


def _measured(context: Context, options: OwnTestsOptions) -> tuple[str, ...]:
    if options.files:
        return options.files
    return tuple(
        name for name in context.exercise.work if name.endswith(".py") and not is_test_file(name)
    )


def _refuse_unknown(context: Context, options: OwnTestsOptions) -> None:
    work = context.exercise.work
    problems = [
        f"[checks.own-tests] `files`: `{name}` is not a Python file of the work"
        for name in options.files
        if name not in work or not name.endswith(".py")
    ]
    if options.branch_coverage and not _measured(context, options):
        problems.append("[checks.own-tests] `branch-coverage` needs a Python file in `work`")
    if not any(map(is_test_file, work)):
        problems.append("[checks.own-tests] needs a file such as `test_fares.py` in `work`")
    if problems:
        text = f"The check own-tests of `{context.exercise.id}` can't be run:"
        raise ExerciseError(text, tuple(problems))


def _run_tests(context: Context, tests: tuple[str, ...], measured: tuple[str, ...]) -> Reported:
    wanted = OwnTests(context.files, tests, measured, deadlines_of(context), policy_of(context))
    tools = context.examiner.tools
    with context.budget.counted(NAME):
        return run_own_tests(tools, wanted)


def policy_of(context: Context) -> Policy:
    """What tests and program may do in the sandbox."""
    needs = context.exercise.sandbox
    limits = Limits(cpu_seconds=40, **({"memory_mb": needs.memory} if needs.memory else {}))
    return Policy(limits=limits, processes=needs.processes, loopback=needs.loopback)


def deadlines_of(context: Context) -> OwnDeadlines:
    """How long one run of a learner's tests may take."""
    usual = OwnDeadlines()
    call = context.exercise.sandbox.seconds or 0.0
    total = context.budget.within(max(usual.total, 12 * call))
    return OwnDeadlines(usual.silence, max(usual.test, 2 * call), total)


def _assess_all(
    work: Mapping[str, bytes], measured: tuple[str, ...], reported: Reported
) -> Assessments:
    return Assessments({name: assess(work[name], reported.arcs.get(name, ())) for name in measured})


def _too_much() -> Item:
    return Item(
        id=TESTS,
        outcome=Outcome.FAILED,
        sentence="Your tests and your program can be read.",
        reason="one of your files is nested too deeply, or too large, to be read",
        hint="Split long expressions and deeply nested code into smaller functions.",
        behaviour=TESTS,
        trust=Trust.REPORTED,
    )


def _result(
    options: OwnTestsOptions, items: tuple[Item, ...], findings: Findings, began: float
) -> CheckResult:
    """One point when the tests pass and check something, one for what they reach."""
    items = tuple(
        msgspec.structs.replace(item, ksbs=options.ksbs if item.points else ()) for item in items
    )
    wanted = (TESTS, COVERAGE) if options.branch_coverage else (TESTS,)
    reached = sum(_holds(items, behaviour) for behaviour in wanted)
    enough = reached + 1e-9 >= options.needed * len(wanted)
    return CheckResult(
        name=NAME,
        outcome=Outcome.PASSED if enough else Outcome.FAILED,
        trust=Trust.REPORTED,
        required=options.required,
        ksbs=options.ksbs,
        points=reached,
        points_max=len(wanted),
        needed=options.needed,
        seconds=time.perf_counter() - began,
        summary=summary_of(findings, items),
        items=items,
        measures=_measures(findings, options),
        tutor_notes=notes_of(findings),
    )


def _holds(items: tuple[Item, ...], behaviour: str) -> bool:
    outcomes = [item.outcome for item in items if item.behaviour == behaviour]
    return bool(outcomes) and all(outcome is Outcome.PASSED for outcome in outcomes)


def _measures(findings: Findings, options: OwnTestsOptions) -> dict[str, float]:
    measures = {"tests": float(passed_cases(findings))}
    if options.branch_coverage:
        measures["branch_coverage"] = findings.percent
    return measures


CHECK = Check(NAME, OwnTestsOptions, run, visible=True)
