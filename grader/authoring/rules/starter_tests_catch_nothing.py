"""The tests that an apprentice is given catch no faulty variant: catching them is their part.

This goes for exercises that ask for tests; where own tests decide nothing, an example is welcome.
"""

from __future__ import annotations

from collections.abc import Iterator

from grader.authoring.catching import caught_by, goes
from grader.authoring.findings import Problem
from grader.authoring.rule import Rule
from grader.authoring.subject import Subject
from grader.authoring.trials import Catching, Results


def trials(subject: Subject) -> Iterator[Catching]:
    """The given tests on every program."""
    if _asks_for_tests(subject):
        yield from goes(subject, subject.starter)


def find(subject: Subject, results: Results) -> Iterator[Problem]:
    """Name each variant that is caught already."""
    if not _asks_for_tests(subject):
        return
    for variant, test in caught_by(subject, subject.starter, results).items():
        path = subject.exercise.folder / test.partition("::")[0]
        text = f"{test} of the starter catches the faulty variant {variant}; take it out"
        yield Problem(subject.path_of(path), 0, text)


def _asks_for_tests(subject: Subject) -> bool:
    asked = (subject.exercise.checks.get(name) for name in ("own-tests", "faulty-variants"))
    return any(getattr(options, "required", False) for options in asked)


RULE = Rule(find, trials)
