"""The tests that an apprentice is given catch no faulty variant: catching them is their part."""

from __future__ import annotations

from collections.abc import Iterator

from grader.authoring.catching import failed_only_here, runs_on_variants, starter_tests
from grader.authoring.findings import Problem
from grader.authoring.rule import Rule
from grader.authoring.subject import Subject
from grader.authoring.trials import OwnTestsRun, Results


def trials(subject: Subject) -> Iterator[OwnTestsRun]:
    """The given tests on every program."""
    yield from runs_on_variants(subject, starter_tests(subject))


def find(subject: Subject, results: Results) -> Iterator[Problem]:
    """Name each variant that is caught already."""
    tests = starter_tests(subject)
    for variant in subject.faulty if tests else ():
        for name in failed_only_here(subject, tests, variant, results)[:1]:
            file = name.partition("::")[0]
            text = f"{name} of the starter catches the faulty variant {variant.name}; take it out"
            yield Problem(subject.path_of(subject.exercise.folder / file), 0, text)


RULE = Rule(find, trials)
