"""Hidden suite: the author's tests, run across the trust boundary against the learner's program.

The list of tests comes from collecting the suite with the reference; a learner's program can
neither shorten it nor rename a test in it.
"""

from __future__ import annotations

import time
import tomllib
from pathlib import Path

from grader.bridge import Examined, TestRecord
from grader.catalogue import exercise_digest
from grader.checks.check import Check, Context, Options
from grader.checks.seeds import hidden_seed
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
    seed = hidden_seed(context.exercise, context.learner, context.solution)
    examined = context.examiner.run(run_of(context, tests=hidden, hidden_seed=seed))
    items = items_of(expected, examined, options, _feedback(context.solution))
    seconds = time.perf_counter() - began
    return result_of(NAME, items, options, examined, evidence=True, seconds=seconds)


def _expected(context: Context, hidden: Path) -> tuple[TestRecord, ...]:
    """The tests that the suite has when it is collected with the reference, collected once."""
    assert context.solution is not None
    known = context.examiner.collected
    key = exercise_digest(context.exercise, context.solution)
    if key not in known:
        known[key] = _collected(context, hidden, context.solution)
    return known[key]


def _collected(context: Context, hidden: Path, solution: Path) -> tuple[TestRecord, ...]:
    files = {**context.given, **_reference(context, solution)}
    examined = context.examiner.run(run_of(context, tests=hidden, files=files, collect_only=True))
    _refuse_faults(context, examined)
    return examined.tests


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
