"""Examples: the worked examples of the ticket, as tests that the learner can read.

Practice only: they are no evidence. What they were called with and what came back may be shown.
"""

from __future__ import annotations

import time

from grader.bridge import TestRecord
from grader.checks.budget import late
from grader.checks.check import Check, Context, Options
from grader.checks.verdicts import items_of, result_of, run_of
from grader.errors import ExerciseError
from grader.results import CheckResult

NAME = "examples"


class ExamplesOptions(Options, frozen=True, kw_only=True, rename="kebab"):
    """Examples don't decide the exercise's status unless the author says so."""

    required: bool = False


def run(context: Context, options: ExamplesOptions) -> CheckResult:
    """Run the visible examples against the learner's program."""
    began = time.perf_counter()
    folder = context.exercise.folder / "examples"
    if not folder.is_dir():
        raise ExerciseError(f"`{context.exercise.id}` has no folder examples/")
    run_ = run_of(context, tests=folder, public=True)
    examined = context.budget.run(context.examiner, run_, NAME)
    complete = not examined.faults and not examined.overdue
    expected = examined.tests if complete else _collected(context, folder)
    examined = late(examined) if examined.overdue else examined
    items = items_of(expected, examined, options)
    seconds = time.perf_counter() - began
    return result_of(NAME, items, options, examined, evidence=False, seconds=seconds)


def _collected(context: Context, folder: object) -> tuple[TestRecord, ...]:
    """The examples there are, when they can't be collected with the learner's program."""
    examined = context.examiner.run(
        run_of(context, tests=folder, files=dict(context.given), collect_only=True)
    )
    return examined.tests


CHECK = Check(NAME, ExamplesOptions, run, visible=True, carries=lambda _options: ())
