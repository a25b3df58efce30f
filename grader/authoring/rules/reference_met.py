"""The reference passes everything, three times out of three, in full isolation.

Three times, so that a test which depends on time or order shows itself before a learner meets it.
"""

from __future__ import annotations

from collections.abc import Iterator

from grader.authoring.findings import Problem
from grader.authoring.rule import Rule
from grader.authoring.subject import Subject
from grader.authoring.trials import Graded, Grading, Results, work_of
from grader.individual import Learner
from grader.results import CheckResult, Item, Outcome, Status
from grader.sandbox import Level

LEARNERS = ("", "lint-2", "lint-3")  # each with their own questions and data
_FINE = (Outcome.PASSED, Outcome.PENDING)  # what waits for a tutor is as it should be


def trials(subject: Subject) -> Iterator[Grading]:
    """Every check on the reference, as three learners hand it in."""
    for learner in LEARNERS:
        yield Grading(work_of(subject.reference_of(Learner(learner))), learner)


def find(subject: Subject, results: Results) -> Iterator[Problem]:
    """Say what failed, and if only sometimes."""
    path = subject.path_of(subject.solution)
    if results.level is not Level.FULL:
        text = f"this was tried at isolation {results.level.label}, and full is needed"
        yield Problem(path, 0, f"{text}; `grade doctor` says what helps")
    graded = [results.graded(trial) for trial in trials(subject)]
    failed = [_failures(one) for one in graded]
    for what in dict.fromkeys(text for texts in failed for text in texts):
        times = sum(what in texts for texts in failed)
        often = "" if times == len(LEARNERS) else f" in {times} of {len(LEARNERS)} runs"
        yield Problem(path, 0, f"the reference fails{often}: {what}; mend it or the check")
    if not any(failed) and any(one.status is not Status.MET for one in graded):
        statuses = ", ".join(sorted({one.status.value for one in graded}))
        if not all(one.status is Status.PENDING for one in graded):
            yield Problem(path, 0, f"the reference is {statuses} and not met; see it with grade")


def _failures(graded: Graded) -> list[str]:
    return [text for check in graded.checks for text in _of_check(check)]


def _of_check(check: CheckResult) -> list[str]:
    failed = [_told(check, item) for item in check.items if item.outcome not in _FINE]
    if not failed and check.outcome not in _FINE:
        return [f"{check.name}: {' '.join(check.tutor_notes) or check.summary or check.outcome}"]
    return failed


def _told(check: CheckResult, item: Item) -> str:
    why = item.reason or item.detail.strip().rpartition("\n")[2] or item.outcome.value
    return f"{check.name}: {item.id}: {why}"


RULE = Rule(find, trials)
