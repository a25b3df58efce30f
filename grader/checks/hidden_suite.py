"""Hidden suite: the author's tests, run across the trust boundary against the learner's program.

The list of tests comes from collecting the suite with the reference; a learner's program can
neither shorten it nor rename a test in it.
"""

from __future__ import annotations

import functools
import time
import tomllib
from pathlib import Path

from grader.bridge import Examined, TestRecord
from grader.catalogue import exercise_digest
from grader.checks.check import Check, Context, Options
from grader.checks.soundness import doubted, examine
from grader.checks.verdicts import items_of, result_of, run_of
from grader.errors import ExerciseError
from grader.results import CheckResult

NAME = "hidden-suite"


class HiddenSuiteOptions(Options, frozen=True, kw_only=True, rename="kebab"):
    """`needed` is the share of points, 0 to 1."""


def run(context: Context, options: HiddenSuiteOptions) -> CheckResult:
    """Grade the learner's program by the hidden suite; ExerciseError when the suite is unsound."""
    began = time.perf_counter()
    assert context.solution is not None
    hidden = context.solution / "hidden"
    expected = _expected(context, hidden)
    feedback = _feedback(context.solution)
    reference = functools.partial(_with_reference, context, hidden)
    examined = examine(context, run_of(context, tests=hidden), reference)
    items = doubted(items_of(expected, examined, options, feedback), reference)
    seconds = time.perf_counter() - began
    return result_of(NAME, items, options, examined, evidence=True, seconds=seconds)


def _expected(context: Context, hidden: Path) -> tuple[TestRecord, ...]:
    """The tests that the suite has when it is collected with the reference."""
    examined = context.examiner.run(
        run_of(context, tests=hidden, files=_reference_files(context), collect_only=True)
    )
    _refuse_faults(context, examined)
    return examined.tests


def _with_reference(context: Context, hidden: Path) -> Examined:
    """How the suite goes with the reference: once for each exercise and worker."""
    key = f"{exercise_digest(context.exercise, context.solution)} {context.exercise.sandbox}"
    return context.examiner.remembered(
        key, lambda: run_of(context, tests=hidden, files=_reference_files(context))
    )


def _reference_files(context: Context) -> dict[str, bytes]:
    assert context.solution is not None
    return {**context.given, **_reference(context, context.solution)}


def _reference(context: Context, solution: Path) -> dict[str, bytes]:
    return {
        name: (solution / name).read_bytes()
        for name in context.exercise.work
        if (solution / name).is_file()
    }


def _refuse_faults(context: Context, examined: Examined) -> None:
    errors = tuple(f"{text} ({where})" for _, text, where in examined.module_errors)
    problems = (*examined.faults, *errors)
    if problems or not examined.finished or not examined.tests:
        raise ExerciseError(
            f"The hidden suite of `{context.exercise.id}` can't be collected with its reference:",
            problems or ("no test was found in hidden/test_*.py",),
        )


def _feedback(solution: Path) -> dict[str, str]:
    path = solution / "feedback.toml"
    if not path.is_file():
        return {}
    try:
        tables = tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ExerciseError(f"{path.parent.name}/feedback.toml can't be read: {error}") from None
    return {key: str(table.get("text", "")) for key, table in tables.items() if _is_table(table)}


def _is_table(value: object) -> bool:
    return isinstance(value, dict)


CHECK = Check(NAME, HiddenSuiteOptions, run)
