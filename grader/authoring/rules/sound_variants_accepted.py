"""Every sound variant is accepted, by the hidden suite and by the reference's own tests.

A sound variant is a correct program written differently; who rejects it tests how and not what.
"""

from __future__ import annotations

from collections.abc import Iterator

from grader.authoring.catching import program_of, ran_on, reference_tests, run_on
from grader.authoring.findings import Problem
from grader.authoring.rule import Rule
from grader.authoring.subject import Subject, Variant
from grader.authoring.trials import Results, SuiteRun, Trial, work_of


def trials(subject: Subject) -> Iterator[Trial]:
    """The suite and the reference tests on each sound variant."""
    tests = reference_tests(subject)
    for variant in subject.sound:
        if subject.suite:
            yield _suite_on(subject, variant)
        if tests:
            yield run_on(subject, tests, program_of(subject, variant))


def find(subject: Subject, results: Results) -> Iterator[Problem]:
    """Name the first test that rejects a variant."""
    tests = reference_tests(subject)
    for variant in subject.sound:
        path = variant.source.path
        if subject.suite:
            ran = results.suite(_suite_on(subject, variant))
            for name, why in (*ran.failed, *(("the suite", text) for text in ran.faults))[:1]:
                text = f"the hidden suite rejects this sound variant: {name}: {why}"
                yield Problem(path, 0, f"{text}; mend the test, or the variant if it is wrong")
        if tests:
            own = ran_on(subject, tests, variant, results)
            for name in (own.failed or tuple(filter(None, [own.stopped])))[:1]:
                text = f"the reference's own tests reject this sound variant: {name}"
                yield Problem(path, 0, f"{text}; mend the test, or the variant if it is wrong")


def _suite_on(subject: Subject, variant: Variant) -> SuiteRun:
    return SuiteRun(work_of(program_of(subject, variant)))


RULE = Rule(find, trials)
