"""Which variants some tests of a learner's kind catch: what each of them does with each program."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from grader.authoring.subject import Files, Subject, Variant
from grader.authoring.trials import OwnTestsRan, OwnTestsRun, Results, work_of


def run_on(subject: Subject, tests: Files, program: Files) -> OwnTestsRun:
    """These tests on this program."""
    names = tuple(name for name in subject.tests if name in tests)
    kept = {name: tests[name] for name in names}
    others = {name: text for name, text in program.items() if name not in subject.tests}
    return OwnTestsRun(work_of(others, kept), names)


def runs_on_variants(subject: Subject, tests: Files) -> Iterator[OwnTestsRun]:
    """These tests on the reference and on every variant; none when there are no tests."""
    if not any(name in tests for name in subject.tests):
        return
    yield run_on(subject, tests, subject.reference)
    for variant in (*subject.faulty, *subject.sound):
        yield run_on(subject, tests, program_of(subject, variant))


def program_of(subject: Subject, variant: Variant) -> Files:
    """The reference with the variant's files laid over it."""
    return {**subject.reference, **variant.files}


def failed_only_here(
    subject: Subject, tests: Files, variant: Variant, results: Results
) -> tuple[str, ...]:
    """Tests that fail on a variant and not on the reference: what catches it.

    A run that breaks off, or tests that can't be loaded, catch nothing.
    """
    before = results.own_tests(run_on(subject, tests, subject.reference))
    after = ran_on(subject, tests, variant, results)
    return tuple(name for name in after.failed if name not in before.failed)


def ran_on(subject: Subject, tests: Files, variant: Variant, results: Results) -> OwnTestsRan:
    """What the tests did with a variant."""
    return results.own_tests(run_on(subject, tests, program_of(subject, variant)))


def reference_tests(subject: Subject) -> Files:
    """The tests of the reference solution; empty when the exercise has none."""
    return _tests_in(subject, subject.reference)


def starter_tests(subject: Subject) -> Files:
    """The tests that an apprentice is given to start with."""
    return _tests_in(subject, subject.starter)


def _tests_in(subject: Subject, files: Files) -> Mapping[str, bytes]:
    return {name: files[name] for name in subject.tests if name in files}
