"""Every sound variant is accepted, by the hidden suite and by the reference's own tests.

A sound variant is a correct program written differently; who rejects it tests how and not what.
"""

from __future__ import annotations

from collections.abc import Iterator

from grader.authoring.catching import goes, program_of, rejecting
from grader.authoring.findings import Problem
from grader.authoring.rule import Rule
from grader.authoring.subject import Subject
from grader.authoring.trials import Results, SuiteRun, Trial, work_of
from grader.checks.variants import Variant

_MEND = "mend the test, or the variant if it is wrong"


def trials(subject: Subject) -> Iterator[Trial]:
    """The suite and the reference tests on each sound variant."""
    yield from goes(subject, subject.reference)
    for variant in subject.sound if subject.suite else ():
        yield _suite_on(subject, variant)


def find(subject: Subject, results: Results) -> Iterator[Problem]:
    """Name the first test that rejects a variant."""
    for variant in subject.sound if subject.suite else ():
        ran = results.suite(_suite_on(subject, variant))
        for name, why in (*ran.failed, *(("the suite", text) for text in ran.faults))[:1]:
            text = f"the hidden suite rejects this sound variant: {name}: {why}"
            yield Problem(_path(subject, variant), 0, f"{text}; {_MEND}")
    paths = {f"sound/{variant.name}": _path(subject, variant) for variant in subject.sound}
    for program, test in rejecting(subject, subject.reference, results).items():
        path = paths.get(program, subject.path_of(subject.solution))
        text = f"the reference's own tests reject this correct program: {test}"
        yield Problem(path, 0, f"{text}; {_MEND}")


def _path(subject: Subject, variant: Variant) -> str:
    return subject.path_of(subject.solution / variant.path)


def _suite_on(subject: Subject, variant: Variant) -> SuiteRun:
    return SuiteRun(work_of(program_of(subject, variant)))


RULE = Rule(find, trials)
