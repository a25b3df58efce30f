"""Suites that lie in `solutions/`: collected with the reference, then run on the learner's work.

The list of tests comes from collecting the suite with the reference; a learner's work can neither
shorten it nor rename a test in it.
"""

from __future__ import annotations

import functools
import time
import tomllib
from pathlib import Path

import msgspec

from grader.bridge import Examined, Run, TestRecord
from grader.catalogue import exercise_digest
from grader.checks.behaviours import with_behaviours
from grader.checks.check import Context, Options
from grader.checks.reference import reference_work
from grader.checks.seeds import hidden_seed
from grader.checks.soundness import doubted, examine
from grader.checks.suite_faults import file_fault, test_faults
from grader.checks.verdicts import items_of, result_of, run_of
from grader.errors import ExerciseError
from grader.results import CheckResult


def run_solution_suite(
    context: Context, options: Options, *, name: str, folder: str, **changes: object
) -> tuple[CheckResult, Examined]:
    """Run the suite in `solutions/<id>/<folder>`; ExerciseError when the suite is unsound.

    `changes` are to the run: see `run_of`.
    """
    began = time.perf_counter()
    assert context.solution is not None
    changes["tests"] = context.solution / folder
    if not (context.solution / folder).is_dir():
        raise ExerciseError(f"There is no folder {_place(context, folder)}.")
    changes["constants"] = _constants(context)
    changes["hidden_seed"] = hidden_seed(context.exercise, context.learner, context.solution)
    expected = _expected(context, name, folder, changes)
    feedback = _feedback(context.solution)
    reference = functools.partial(_with_reference, context, name, changes)
    examined = examine(context, run_of(context, **changes), reference, name)
    items = doubted(items_of(expected, examined, options, feedback), reference)
    seconds = time.perf_counter() - began
    result = result_of(name, items, options, examined, evidence=True, seconds=seconds)
    told = test_faults(items, _place(context, folder))
    return msgspec.structs.replace(result, tutor_notes=(*told, *result.tutor_notes)), examined


def _place(context: Context, folder: str) -> str:
    """A folder of the author's side, as a tutor knows it."""
    assert context.solution is not None
    return f"{context.solution.parent.name}/{context.exercise.id}/{folder}"


def _expected(
    context: Context, name: str, folder: str, changes: dict[str, object]
) -> tuple[TestRecord, ...]:
    """The tests that the suite has when it is collected with the reference, collected once."""
    assert context.solution is not None
    known = context.examiner.collected
    key = _key(context, name)
    if key not in known:
        run = run_of(context, **{**changes, "files": _reference(context), "collect_only": True})
        examined = context.examiner.run(run)
        _refuse_faults(context, examined, name, folder)
        known[key] = with_behaviours(examined.tests, context.solution / folder)
    return known[key]


def _constants(context: Context) -> tuple[bytes, ...]:
    """The reference's sources: the same for every learner, since what `build` makes is left out."""
    assert context.solution is not None
    names = [one for one in context.exercise.work if one.endswith(".py")]
    paths = [context.solution / one for one in names if not one.startswith("test_")]
    return tuple(path.read_bytes() for path in paths if path.is_file())


def _with_reference(context: Context, name: str, changes: dict[str, object]) -> Examined:
    """How the suite goes with the reference: once for each exercise and worker."""

    def run() -> Run:
        return run_of(context, **{**changes, "files": _reference(context)})

    return context.examiner.remembered(f"{_key(context, name)} {context.exercise.sandbox}", run)


def _key(context: Context, name: str) -> str:
    return f"{name} {exercise_digest(context.exercise, context.solution)}"


def _reference(context: Context) -> dict[str, bytes]:
    """The files of the exercise with the reference as this learner's work."""
    assert context.solution is not None
    work = reference_work(context.exercise, context.solution, context.learner)
    return {**context.given, **work}


def _refuse_faults(context: Context, examined: Examined, name: str, folder: str) -> None:
    errors = tuple(f"{text} ({where})" for _, text, where in examined.module_errors)
    problems = (*examined.faults, *errors)
    suite = name.replace("-", " ")
    if problems:
        # The sentence comes first: it is all that is told where there is little room.
        told = f"{file_fault(problems[0])}\nThe {suite} can't be collected with its reference:"
        raise ExerciseError(told, problems)
    if not examined.finished or not examined.tests:
        raise ExerciseError(f"No test was found in {_place(context, folder)}/test_*.py.")


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
