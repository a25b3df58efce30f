"""The hidden side is there: a reference for each work file, a suite, variants of both kinds.

In an exercise in debugging, the faulty variant `as_it_was_given` is the starter as it is today.
"""

from __future__ import annotations

from collections.abc import Iterator

from grader.authoring.catching import program_of
from grader.authoring.findings import Problem
from grader.authoring.one_form import in_one_form
from grader.authoring.rule import Rule
from grader.authoring.subject import Subject
from grader.authoring.trials import Results
from grader.checks.faulty_variants_programs import GIVEN
from grader.checks.variants import FAULTY_FILE


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
    yield from _as_given(subject)
    if "hidden-suite" not in subject.exercise.checks:
        return
    hidden = subject.solution / "hidden"
    if not subject.suite:
        yield Problem(path(hidden), 0, "there is no hidden suite; write hidden/test_*.py")
    for kind, found in (("faulty", subject.faulty), ("sound", subject.sound)):
        if subject.programs and not found:
            text = f"there is no {kind} variant; write one, so that the suite proves itself on it"
            home = FAULTY_FILE if kind == "faulty" else kind
            yield Problem(path(subject.solution / home), 0, text)


def _as_given(subject: Subject) -> Iterator[Problem]:
    """Whether the program as it was given still is the starter; comments may differ."""
    if not getattr(subject.exercise.checks.get("faulty-variants"), "given_is_faulty", False):
        return
    for variant in subject.faulty:
        if variant.name == GIVEN:
            for name in subject.programs:
                given, starter = program_of(subject, variant)[name], subject.starter[name]
                if not _same_code(given, starter):
                    text = f"`{GIVEN}` is not the starter {name}; mend it, so that both do the same"
                    path = subject.path_of(subject.solution / variant.path)
                    yield Problem(path, variant.line, text)


def _same_code(first: bytes, second: bytes) -> bool:
    try:
        return in_one_form(first) == in_one_form(second)
    except (SyntaxError, ValueError):
        return first == second


RULE = Rule(find)
