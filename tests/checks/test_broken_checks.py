"""What a check leaves behind that could not be run at all."""

from __future__ import annotations

import datetime

import msgspec

from grader.disclosure import for_learner
from grader.errors import SandboxError
from grader.evidence import Mode, records_of
from grader.grading import Task, grade_one
from grader.results import ExerciseResult, Outcome, Status

NOW = datetime.datetime(2026, 3, 14, tzinfo=datetime.UTC)


class NoNetwork:
    """An examiner whose sandbox can't do what the exercise needs."""

    def run(self, *_arguments):
        raise SandboxError("Use level full for it.")


class Report(msgspec.Struct):
    exercises: tuple[ExerciseResult, ...]


def _for_learner(result):
    """The check `examples` as the learner may have it."""
    (shown,) = for_learner(Report(exercises=(result,))).exercises
    return next(check for check in shown.checks if check.name == "examples")


def test_examples_that_could_not_be_run_are_no_evidence(course_exercise, tmp_path):
    exercise = course_exercise("price-a-journey")
    (tmp_path / "fares.py").write_text("price = len\n", "utf-8")
    result = grade_one(Task(exercise, tmp_path), NoNetwork)

    examples = next(check for check in result.checks if check.name == "examples")
    assert (result.status, examples.outcome) == (Status.BROKEN, Outcome.BROKEN)
    assert not examples.evidence  # or else it would have no kind of record to become
    assert "Use level full for it." in examples.tutor_notes[0]
    # What this computer lacks is told without -v.
    assert _for_learner(result).summary == "Use level full for it."
    assert records_of(result, learner="a", attempt=1, mode=Mode.PRACTICE, at=NOW) is not None
