"""Every faulty variant is rejected, by the hidden tests and by the reference's own tests.

A variant of a program is for the hidden suite, one of another file for it or for the tests of
artefacts; only variants of programs are for the reference's own tests.

If the hidden suite lets one through, a learner with that misconception is told all is well; if the
reference tests do, nobody has shown that it can be caught.
"""

from __future__ import annotations

from collections.abc import Iterator

from grader.authoring.catching import (
    caught_by,
    changes_programs,
    fault_in,
    goes,
    program_of,
)
from grader.authoring.findings import Problem
from grader.authoring.rule import Rule
from grader.authoring.subject import Subject
from grader.authoring.trials import Grading, Results, SuiteRun, Trial, work_of
from grader.checks.artefacts import NAME as ARTEFACTS
from grader.checks.hidden_suite import NAME as HIDDEN_SUITE
from grader.checks.variants import Variant
from grader.results import Outcome

_HIDDEN = (HIDDEN_SUITE, ARTEFACTS)


def trials(subject: Subject) -> Iterator[Trial]:
    """The hidden tests and the reference tests on each faulty variant."""
    yield from goes(subject, subject.reference)
    for variant in subject.faulty if subject.all_suites else ():
        yield _tests_on(subject, variant)


def find(subject: Subject, results: Results) -> Iterator[Problem]:
    """Name each variant that gets through."""
    fault = fault_in(subject, subject.reference, results)
    if fault:
        path = subject.path_of(subject.solution)
        yield Problem(path, 0, f"the reference's own tests can't be tried: {fault}")
    tried = not fault and any(name in subject.reference for name in subject.tests)
    caught = caught_by(subject, subject.reference, results)
    for variant in subject.faulty:
        path, line = subject.path_of(subject.solution / variant.path), variant.line
        if subject.all_suites and (text := _passes(subject, variant, results)):
            yield Problem(path, line, f"the faulty variant `{variant.name}` {text}")
        catchable = changes_programs(subject, variant) and variant.name not in caught
        if tried and subject.sound and catchable:
            text = "passes the reference's own tests; add one that catches it"
            yield Problem(path, line, f"the faulty variant `{variant.name}` {text}")


def _tests_on(subject: Subject, variant: Variant) -> SuiteRun | Grading:
    """A program is for the hidden suite; files of other kinds for the tests of either kind."""
    work = work_of(program_of(subject, variant))
    programs_only = variant.files.keys() <= set(subject.programs)
    return SuiteRun(work) if programs_only and subject.suite else Grading(work)


def _passes(subject: Subject, variant: Variant, results: Results) -> str:
    """What a variant passes that it should not; "" when a hidden test fails."""
    trial = _tests_on(subject, variant)
    if isinstance(trial, SuiteRun):
        ran = results.suite(trial)
        return "passes the hidden suite; add a test that it fails" if ran.passed else ""
    hidden = [one for one in results.graded(trial).checks if one.name in _HIDDEN]
    if any(item.outcome is Outcome.FAILED for check in hidden for item in check.items):
        return ""
    return "passes the hidden suite and the tests of artefacts; add a test that it fails"


RULE = Rule(find, trials)
