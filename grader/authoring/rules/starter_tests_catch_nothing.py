"""The tests that an apprentice is given catch no faulty variant: catching them is their part.

This goes for exercises that ask for tests; where own tests decide nothing, an example is welcome.
"""

from __future__ import annotations

from collections.abc import Iterator

from grader.authoring.catching import failed_only_here, runs_on_variants, starter_tests
from grader.authoring.findings import Problem
from grader.authoring.rule import Rule
from grader.authoring.subject import Subject
from grader.authoring.trials import OwnTestsRun, Results


def trials(subject: Subject) -> Iterator[OwnTestsRun]:
    """The given tests on every program."""
    if _asks_for_tests(subject):
        yield from runs_on_variants(subject, starter_tests(subject))


def find(subject: Subject, results: Results) -> Iterator[Problem]:
    """Name each variant that is caught already."""
    tests = starter_tests(subject) if _asks_for_tests(subject) else {}
    for variant in subject.faulty if tests else ():
        for name in failed_only_here(subject, tests, variant, results)[:1]:
            file = name.partition("::")[0]
            text = f"{name} of the starter catches the faulty variant {variant.name}; take it out"
            yield Problem(subject.path_of(subject.exercise.folder / file), 0, text)


def _asks_for_tests(subject: Subject) -> bool:
    asked = (subject.exercise.checks.get(name) for name in ("own-tests", "faulty-variants"))
    return any(getattr(options, "required", False) for options in asked)


RULE = Rule(find, trials)
