"""Which variants the tests in some work catch, by the check `faulty-variants` itself."""

from __future__ import annotations

from collections.abc import Iterator

from grader.authoring.subject import Files, Subject
from grader.authoring.trials import Catching, Results, work_of
from grader.checks.variants import Variant

MOST = 10  # variants in one go: the check has a time limit, and goes run beside each other


def goes(subject: Subject, files: Files) -> Iterator[Catching]:
    """The tests among these work files on all variants; none where there is nothing to try."""
    if not any(name in files for name in subject.tests) or not subject.sound:
        return
    work = work_of({name: text for name, text in files.items() if name not in subject.programs})
    names = [one.name for one in subject.faulty if changes_programs(subject, one)]
    for start in range(0, len(names), MOST):
        yield Catching(work, tuple(names[start : start + MOST]))


def caught_by(subject: Subject, files: Files, results: Results) -> dict[str, str]:
    """The variants that are caught, each with the first test that fails on it."""
    found: dict[str, str] = {}
    for go in goes(subject, files):
        found.update(results.caught(go).caught)
    return found


def rejecting(subject: Subject, files: Files, results: Results) -> dict[str, str]:
    """Correct programs that are not accepted, each with the first test that fails on it."""
    found: dict[str, str] = {}
    for go in goes(subject, files):
        for test, program in results.caught(go).rejecting:
            found.setdefault(program, test)
    return found


def fault_in(subject: Subject, files: Files, results: Results) -> str:
    """Why the tests could not be tried; "" when they could."""
    return next((results.caught(go).fault for go in goes(subject, files)), "")


def changes_programs(subject: Subject, variant: Variant) -> bool:
    """Whether tests of the programs could tell a variant from the reference."""
    return bool(variant.files.keys() & set(subject.programs))


def program_of(subject: Subject, variant: Variant) -> Files:
    """The reference with the variant's files laid over it."""
    return {**subject.reference, **variant.files}
