"""Whose doing it is when a hidden test goes wrong: ours, the author's or the program's.

Unclear becomes broken, never failed: a test that its own reference doesn't pass says nothing about
a program, and a run that broke off may have been our fault. But breaking off is nothing that a
program gains by: when the same suite runs to its end with the reference, and breaks off twice with
the program, that is what the program does.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import msgspec

from grader.bridge import Examined, Run, TestRecord
from grader.checks.budget import late
from grader.checks.check import Context
from grader.checks.suite_faults import DOUBT
from grader.results import Item, Outcome

ENDED = "your program made the tests break off, twice; with a correct program they don't"
_FAULT = "grader"  # the cause of a record that says it was our fault


def breaks_off(examined: Examined) -> bool:
    """Whether a run came to no end, or some test of it met a fault of ours."""
    return not examined.finished or any(record.cause == _FAULT for record in examined.tests)


def examine(context: Context, run: Run, reference: Callable[[], Examined], check: str) -> Examined:
    """Run a suite; a run that breaks off is done once more, and then held against the reference.

    One that took too long is not done again.
    """
    examined = context.budget.run(context.examiner, run, check)
    if not breaks_off(examined):
        return examined
    if examined.overdue:
        return examined if breaks_off(reference()) else late(examined)
    again = context.budget.run(context.examiner, run, check)
    if again.overdue:
        return again if breaks_off(reference()) else late(again)
    if not breaks_off(again) or breaks_off(reference()):
        return again
    tests = tuple(_as_the_programs_doing(record) for record in again.tests)
    return msgspec.structs.replace(again, tests=tests, finished=True, ended=ENDED)


def _as_the_programs_doing(record: TestRecord) -> TestRecord:
    if record.cause != _FAULT:
        return record
    return msgspec.structs.replace(record, outcome="failed", cause="ended", reason=ENDED)


def doubted(items: tuple[Item, ...], reference: Callable[[], Examined]) -> tuple[Item, ...]:
    """The items with those as broken that failed and that the reference doesn't pass either."""
    if all(item.outcome is not Outcome.FAILED for item in items):
        return items
    passed = {record.id: record.outcome in ("passed", "skipped") for record in reference().tests}
    return tuple(_doubted(item, passed) for item in items)


def _doubted(item: Item, passed: Mapping[str, bool]) -> Item:
    if item.outcome is not Outcome.FAILED or passed.get(item.id):
        return item
    detail = f"{DOUBT}\n{item.detail}"
    return msgspec.structs.replace(
        item, outcome=Outcome.BROKEN, reason="", hint="", feedback="", where="", detail=detail
    )
