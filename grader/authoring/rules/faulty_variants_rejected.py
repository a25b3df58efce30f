"""Every faulty variant is rejected, by the hidden suite and by the reference's own tests.

If the hidden suite lets one through, a learner with that misconception is told all is well; if the
reference tests do, nobody has shown that it can be caught.
"""

from __future__ import annotations

from collections.abc import Iterator

from grader.authoring.catching import caught_by, fault_in, goes, program_of
from grader.authoring.findings import Problem
from grader.authoring.rule import Rule
from grader.authoring.subject import Subject, Variant
from grader.authoring.trials import Results, SuiteRun, Trial, work_of


def trials(subject: Subject) -> Iterator[Trial]:
    """The suite and the reference tests on each faulty variant."""
    yield from goes(subject, subject.reference)
    for variant in subject.faulty if subject.suite else ():
        yield _suite_on(subject, variant)


def find(subject: Subject, results: Results) -> Iterator[Problem]:
    """Name each variant that gets through."""
    fault = fault_in(subject, subject.reference, results)
    if fault:
        path = subject.path_of(subject.solution)
        yield Problem(path, 0, f"the reference's own tests can't be tried: {fault}")
    tried = not fault and any(name in subject.reference for name in subject.tests)
    caught = caught_by(subject, subject.reference, results)
    for variant in subject.faulty:
        path = variant.source.path
        if subject.suite and results.suite(_suite_on(subject, variant)).passed:
            text = "the hidden suite passes this faulty variant; add a test that it fails"
            yield Problem(path, 0, text)
        if tried and subject.sound and variant.name not in caught:
            text = "the reference's own tests pass this faulty variant; add one that catches it"
            yield Problem(path, 0, text)


def _suite_on(subject: Subject, variant: Variant) -> SuiteRun:
    return SuiteRun(work_of(program_of(subject, variant)))


RULE = Rule(find, trials)
