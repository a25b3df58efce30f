"""Faulty variants: the learner's tests, tried on programs that are right and that are wrong.

A test that passes with every correct program and fails with a faulty one has caught it. Tests
have to accept the reference and every program of `sound/`; they should catch the faulty variants.
Nothing that these runs print is ever shown, and no code of these programs.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Annotated, Literal

import msgspec

from grader.bridge.limited import TooMuchError, limited
from grader.bridge.modules import module_names
from grader.bridge.own_tests import OwnTests, Reported, run_own_tests
from grader.bridge.reading_tests import Reading, read_tests
from grader.bridge.trial import Program as UnderTrial
from grader.bridge.trial import Stand
from grader.catalogue import digest_of
from grader.checks.check import Check, Context, Options
from grader.checks.faulty_variants_items import Aims, items_of, matrix_of, notes_of, summary_of
from grader.checks.faulty_variants_programs import Program, Wanted, programs_of
from grader.checks.faulty_variants_trials import (
    TOTAL_SECONDS,
    Trials,
    in_turn,
    try_out,
    with_looking,
)
from grader.checks.own_tests import deadlines_of, is_test_file, policy_of
from grader.checks.own_tests_findings import Findings
from grader.checks.promised_names import promised_names
from grader.errors import ExerciseError
from grader.results import CheckResult, Outcome, Trust

NAME = "faulty-variants"

Count = Annotated[int, msgspec.Meta(ge=1, description="a whole number, 1 or more")]


class FaultyVariantsOptions(Options, frozen=True, kw_only=True, rename="kebab"):
    """How many faulty programs are to be caught: `catch`, or else the share `needed` of them.

    `variants` names those that are tried, without it all are. Those in `must_catch`, and those
    that close a must-have (`musts`: name of a variant, id of the register), must be among the
    caught ones. `feedback` is what the learner reads of those that escape: how many, or what
    each gets wrong. With `given_is_faulty`, the variant `as_it_was_given` is the starter, and must
    be caught.
    """

    catch: Count | None = None
    variants: tuple[str, ...] = ()
    must_catch: tuple[str, ...] = ()
    musts: Mapping[str, str] = {}
    feedback: Literal["count", "descriptions"] = "count"
    given_is_faulty: bool = False


def run(context: Context, options: FaultyVariantsOptions) -> CheckResult:
    """Try the learner's tests; ExerciseError when the author's programs are not as they must be."""
    began = time.perf_counter()
    assert context.solution is not None
    starred = frozenset(options.must_catch) | frozenset(options.musts)
    wanted = Wanted(options.variants, starred, options.given_is_faulty)
    programs = programs_of(context.exercise, context.solution, wanted)
    aims = _aims(context, options, programs)
    tests = tuple(name for name in context.work if is_test_file(name))
    try:
        reading = limited(lambda: read_tests(context.files, tests, _modules(programs)), Reading)
    except TooMuchError:
        trials = Trials(Reading(unreadable=dict.fromkeys(tests, 1)), programs)
    else:
        trials = _tried(context, programs, reading, tests)
    return _result(options, aims, trials, began)


def _modules(programs: tuple[Program, ...]) -> tuple[str, ...]:
    return tuple(programs[0].files)


def _aims(context: Context, options: FaultyVariantsOptions, programs: tuple[Program, ...]) -> Aims:
    faulty = sum(not one.sound for one in programs)
    least = math.ceil(options.needed * faulty - 1e-9) if options.catch is None else options.catch
    problems = []
    if least > faulty:
        problems.append(f"`catch` is {least}, but there are {faulty} faulty programs to be tried")
    if not any(map(is_test_file, context.exercise.work)):
        problems.append("it needs a file such as `test_fares.py` in `work`")
    if problems:
        text = f"The check faulty-variants of `{context.exercise.id}` can't be run:"
        raise ExerciseError(text, tuple(problems))
    files = tuple(filter(is_test_file, context.exercise.work))
    return Aims(
        least=least,
        starred=frozenset(options.must_catch) | frozenset(options.musts),
        musts=options.musts,
        described=options.feedback == "descriptions",
        ksbs=options.ksbs,
        test_files=files,
    )


def _tried(
    context: Context, programs: tuple[Program, ...], reading: Reading, tests: tuple[str, ...]
) -> Trials:
    if not reading.tests:
        return Trials(reading, programs)
    policy, deadlines = policy_of(context), deadlines_of(context)
    files = {name: data for name, data in context.files.items() if name not in _modules(programs)}
    wanted = OwnTests(files, tests, (), deadlines, policy)
    base = Findings(reading=reading, test_files=tests, files=frozenset(tests))
    turns = in_turn(programs, digest_of(context.work))
    tools = context.examiner.tools
    lending = context.examiner.lending(context.exercise.sandbox.programs)
    total = context.budget.within(TOTAL_SECONDS)

    def together(one: OwnTests, program: Program) -> Reported:
        return run_own_tests(tools, replace(one, files={**files, **program.files}))

    with context.budget.counted(NAME), Stand(tools, lending, policy) as stand:
        prepared = _prepared(context, programs, files)

        def apart(one: OwnTests, program: Program) -> Reported:
            return stand.run(one, prepared(program))

        trials = try_out(turns, base, wanted, apart, total=total)
        return with_looking(trials, turns, wanted, together, total)


def _prepared(
    context: Context, programs: tuple[Program, ...], files: Mapping[str, bytes]
) -> Callable[[Program], UnderTrial]:
    """How a program goes on trial: beside the given files, not those of the tests."""
    promised = promised_names([one.files for one in programs if one.sound])
    modules = module_names(dict.fromkeys(_modules(programs)))
    given = module_names(context.given)
    beside = {name: data for name, data in files.items() if not is_test_file(name)}
    usual = UnderTrial({}, modules, given, promised)
    usual = replace(usual, call=context.exercise.sandbox.seconds or usual.call)
    return lambda program: replace(usual, files={**beside, **program.files})


def _result(
    options: FaultyVariantsOptions, aims: Aims, trials: Trials, began: float
) -> CheckResult:
    items = items_of(trials, aims)
    faulty = [one for one in trials.programs if not one.sound]
    caught = [one for one in faulty if trials.catchers(one)]
    return CheckResult(
        name=NAME,
        outcome=Outcome.PASSED if _holds(trials, aims, caught) else Outcome.FAILED,
        trust=Trust.OBSERVED,
        required=options.required,
        ksbs=options.ksbs,
        points=len(caught),
        points_max=len(faulty),
        needed=aims.least / len(faulty),
        seconds=time.perf_counter() - began,
        summary=summary_of(trials, aims),
        items=items,
        measures={"caught": float(len(caught)), "faulty": float(len(faulty))},
        tutor_notes=notes_of(trials),
        matrix=matrix_of(trials),
    )


def _holds(trials: Trials, aims: Aims, caught: list[Program]) -> bool:
    """Whether correct programs are accepted, and enough of the faulty ones caught."""
    escaped = [one for one in trials.programs if not one.sound and one not in caught]
    needed = any(one.is_given or one.name in aims.starred for one in escaped)
    return not aims.rejects(trials) and len(caught) >= aims.least and not needed


CHECK = Check(NAME, FaultyVariantsOptions, run)
