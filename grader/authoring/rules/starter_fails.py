"""The starter fails the hidden suite, and stays under half the points of every code.

Otherwise somebody who has done nothing would be shown as having begun, or as having a skill.
"""

from __future__ import annotations

from collections.abc import Iterator

from grader.authoring.findings import Problem
from grader.authoring.rule import Rule
from grader.authoring.subject import Subject
from grader.authoring.trials import Grading, Results, work_of
from grader.checks.verdicts import points_of
from grader.results import CheckResult, Outcome

_HALF = 0.5


def trials(subject: Subject) -> Iterator[Grading]:
    """Every check on the starter."""
    yield Grading(work_of(subject.starter))


def find(subject: Subject, results: Results) -> Iterator[Problem]:
    """Look at each check, then at the points of each code over all checks."""
    path = subject.path_of(subject.exercise.folder / "exercise.toml")
    checks = results.graded(Grading(work_of(subject.starter))).checks
    for check in checks:
        if check.outcome is Outcome.BROKEN:
            why = " ".join(check.tutor_notes) or "a test is broken; see it with grade -v"
            text = f"[checks.{check.name}] is broken with the starter: {why[-300:]}"
            yield Problem(path, 0, text)
        elif check.name == "hidden-suite" and check.outcome is Outcome.PASSED:
            text = "the starter passes the hidden suite: there is nothing left to do; change it"
            yield Problem(path, 0, text)
    for code in subject.exercise.ksbs:
        reached, possible = _points(code, checks)
        if possible and reached >= _HALF * possible:
            text = f"the starter has {reached} of {possible} points of {code}; under half is right"
            yield Problem(path, 0, f"{text}: give what is still to be done more points")


def _points(code: str, checks: tuple[CheckResult, ...]) -> tuple[int, int]:
    evidence = [check for check in checks if check.evidence]
    return points_of(item for check in evidence for item in check.items if code in item.ksbs)


RULE = Rule(find, trials)
