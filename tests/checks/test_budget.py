"""The time of one grading: what runs within it, what is no longer run, and what then counts."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader import bridge
from grader.bridge import Examined, Run, TestRecord
from grader.checks import Context, soundness
from grader.checks.budget import LATE, SECONDS, Budget
from grader.checks.own_tests import deadlines_of
from grader.errors import ExerciseError
from grader.grading import Task, grade_one

HIDDEN = "import fares\n\n\ndef test_a():\n    '''It is one.'''\n    assert fares.x == 1\n"


class Clock:
    now = 0.0

    def __call__(self):
        return self.now


class Examiner:
    """One whose runs take so long as is said, or until they are ended."""

    def __init__(self, clock, *seconds, finished=True):
        self._clock, self._seconds, self._finished = clock, list(seconds), finished
        self.runs = []

    def run(self, run):
        self.runs.append(run)
        wanted = self._seconds.pop(0)
        self._clock.now += min(wanted, run.at_most)
        overdue = wanted >= run.at_most
        return Examined(finished=self._finished and not overdue, overdue=overdue)


RUN = Run(tests=Path(), modules=(), files={}, given_folder=Path())


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def context(small, clock):
    exercise = small.exercise(("fares.py",), "[checks.hidden-suite]\n")

    def make(examiner, seconds=60):
        return Context(exercise, {}, {}, None, examiner, budget=Budget(seconds, clock))

    return make


def sound():
    return Examined(finished=True, tests=(TestRecord(id="t", outcome="passed"),))


def broken():
    return Examined(finished=False)


def test_a_run_that_takes_too_long_is_not_done_again(context, clock):
    examiner = Examiner(clock, 1000, 1000)
    found = soundness.examine(context(examiner), RUN, sound, "hidden-suite")
    assert len(examiner.runs) == 1
    assert clock.now == SECONDS
    assert (found.finished, found.ended) == (True, LATE)


def test_where_the_reference_takes_too_long_too_it_is_not_the_programs_doing(context, clock):
    found = soundness.examine(context(Examiner(clock, 1000)), RUN, broken, "hidden-suite")
    assert (found.finished, found.ended) == (False, "")


def test_a_run_that_breaks_off_early_is_done_again_within_what_is_left(context, clock):
    examiner = Examiner(clock, 20, 1000, finished=False)
    found = soundness.examine(context(examiner), RUN, sound, "hidden-suite")
    assert [run.at_most for run in examiner.runs] == [60, 40]
    assert [run.deadlines.session for run in examiner.runs] == [57, 37]
    assert (clock.now, found.ended) == (SECONDS, LATE)


def test_all_checks_share_it_and_the_one_in_which_it_ended_is_named(context, clock):
    examiner = Examiner(clock, 50, 1000, 1)
    made = context(examiner)
    for check in ("examples", "hidden-suite", "artefacts"):
        last = made.budget.run(examiner, RUN, check)
    assert made.budget.ended_in == "hidden-suite"
    assert len(examiner.runs) == 2  # nothing is begun after the end
    assert last == Examined(overdue=True)


def test_a_learners_own_tests_have_no_longer_than_what_is_left(context, clock):
    made = context(None)
    assert deadlines_of(made).total == 30
    with made.budget.counted("examples"):
        clock.now += 55
    assert deadlines_of(made).total == 5
    assert made.budget.ended_in == ""


@pytest.mark.parametrize(
    ("text", "fine"), [("60", 1), ("600", 1), ("59", 0), ("601", 0), ('"a"', 0)]
)
def test_an_exercise_may_ask_for_more(small, text, fine):
    tables = f"[sandbox]\nbudget = {text}\n[checks.style]\n"
    if fine:
        assert small.exercise(("fares.py",), tables).sandbox.budget == float(text)
    else:
        with pytest.raises(ExerciseError, match="a number of seconds from 60 to 600"):
            small.exercise(("fares.py",), tables)


@pytest.mark.slow
def test_a_program_that_never_answers_ends_the_grading_and_is_told(small, monkeypatch):
    monkeypatch.setattr("grader.checks.budget.SECONDS", 5.0)
    small.write(small.solution, {"fares.py": "x = 1\n", "hidden/test_fares.py": HIDDEN})
    tables = '[sandbox]\nseconds = 60.0\n[checks.hidden-suite]\nksbs = ["S1"]\n'
    exercise = small.exercise(("fares.py",), tables)
    work = small.folder.parent.parent / "work"
    small.write(work, {"fares.py": "while True:\n    pass\n"})
    with bridge.Examiner() as examiner:
        result = grade_one(Task(exercise, work, small.solution), lambda: examiner)
    (check,) = result.checks
    assert result.status == "not-yet"
    assert [item.outcome for item in check.items] == ["failed"]
    assert "for 5 seconds in all" in result.out_of_time
    assert "in the check hidden-suite" in result.out_of_time
