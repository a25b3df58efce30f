"""The hidden side is there: a reference for each work file, a suite, variants of both kinds."""

from __future__ import annotations

from collections.abc import Iterator

from grader.authoring.findings import Problem
from grader.authoring.rule import Rule
from grader.authoring.subject import Subject
from grader.authoring.trials import Results


def find(subject: Subject, _results: Results) -> Iterator[Problem]:
    """Say what is missing in solutions/<id>."""
    path = subject.path_of
    for name in subject.exercise.work:
        if name not in subject.reference and not subject.reference_fault:
            text = f"there is no reference for {name} of the work; write it"
            yield Problem(path(subject.solution / name), 0, text)
    artefacts = list((subject.solution / "artefacts").glob("test_*.py"))
    if "artefacts" in subject.exercise.checks and not artefacts:
        text = "there are no tests of what is handed in; write artefacts/test_*.py"
        yield Problem(path(subject.solution / "artefacts"), 0, text)
    if "hidden-suite" not in subject.exercise.checks:
        return
    hidden = subject.solution / "hidden"
    if not subject.suite:
        yield Problem(path(hidden), 0, "there is no hidden suite; write hidden/test_*.py")
    for kind, found in (("faulty", subject.faulty), ("sound", subject.sound)):
        if subject.programs and not found:
            text = f"there is no {kind} variant; write one, so that the suite proves itself on it"
            yield Problem(path(subject.solution / kind), 0, text)


RULE = Rule(find)
