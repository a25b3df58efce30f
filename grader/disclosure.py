"""What of a report its learner may have: a report that can be handed on as it is.

Theory of operation. A hidden suite is hidden in every part that could tell its inputs and expected
values: names and parameters of tests, what was called and answered, tracebacks, and the sentences
of tests that did not fail. So is what the program itself could send home: the line on which it
raised an exception, and how long it took. For checks that need nothing of `solutions/` only what
speaks of our side is taken out. What remains of a hidden test is a number, its outcome, its marks,
and, if it failed, the sentences that its author wrote for the learner and a reason of a closed
list (reasons.py).
"""

from __future__ import annotations

from collections.abc import Collection
from typing import TypeVar

import msgspec

from grader.checks import all_checks
from grader.results import (
    ApprenticeReport,
    CheckResult,
    ExerciseResult,
    GradeReport,
    Item,
    Outcome,
)

Report = TypeVar("Report", GradeReport, ApprenticeReport)
Result = TypeVar("Result", bound=ExerciseResult)

ERROR = "error"  # the cause of an item whose test ended by an exception of the program's
_TOLD = (Outcome.FAILED, Outcome.PENDING)


def for_learner(report: Report) -> Report:
    """The report without what is the tutor's: `detail`, `calls`, notes, tables, hidden names.

    Of a run, or of one apprentice of a cohort: then it is what a page that is handed out shows.
    """
    visible = {name for name, check in all_checks().items() if check.visible}
    exercises = tuple(_exercise(result, visible) for result in report.exercises)
    return msgspec.structs.replace(report, exercises=exercises)


def _exercise(result: Result, visible: Collection[str]) -> Result:
    checks = tuple(_check(check, hidden=check.name not in visible) for check in result.checks)
    timed = all(check.name in visible for check in result.checks)
    return msgspec.structs.replace(result, checks=checks, seconds=result.seconds if timed else 0.0)


def _check(check: CheckResult, *, hidden: bool) -> CheckResult:
    items = tuple(msgspec.structs.replace(item, detail="", calls=()) for item in check.items)
    if hidden:
        behaviours = list(dict.fromkeys(item.behaviour for item in items))
        items = tuple(
            _nameless(item, check.name, number, behaviours.index(item.behaviour) + 1)
            for number, item in enumerate(items, 1)
        )
    seconds = 0.0 if hidden else check.seconds
    return msgspec.structs.replace(check, items=items, seconds=seconds, tutor_notes=(), matrix=None)


def _nameless(item: Item, check: str, number: int, behaviour: int) -> Item:
    told = item.outcome in _TOLD
    return msgspec.structs.replace(
        item,
        id=f"{check}::{number}",
        behaviour=f"{check}::behaviour {behaviour}",
        sentence=item.sentence if told else "",
        where="" if item.cause == ERROR else item.where,
        seconds=0.0,
        example=None,
    )
