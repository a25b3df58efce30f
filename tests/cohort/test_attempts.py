"""Which attempt a hand-in is, and what a course allows."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from grader.catalogue import Attempts
from grader.cohort.attempts import known_as, not_counted
from grader.cohort.identity import Person
from grader.evidence import Mode
from grader.gradebook import Attempt

DAY = timedelta(days=1)
START = datetime(2026, 3, 2, tzinfo=UTC)


def earlier(*works, mode=Mode.ASSESSED):
    """One hand-in a day, each of which says so."""
    days = [START + number * DAY for number in range(len(works))]
    return [
        Attempt(number, number, number, day, day, day, work, mode)
        for number, (day, work) in enumerate(zip(days, works, strict=True), start=1)
    ]


@pytest.mark.parametrize(
    ("works", "day", "work", "number"),
    [
        ("", 3, "a", None),  # the first
        ("a", 3, "a", 1),  # the same again is no new attempt
        ("a", -9, "a", 1),
        ("ab", 3, "a", None),  # back to the earlier work: the latest has to count
        ("ab", 3, "b", 2),
        ("ab", 0, "a", 1),  # read again
        ("ab", 1, "b", 2),
        ("ab", -9, "c", None),  # other work is another attempt, whatever time it claims
        ("ab", 0, "c", None),
    ],
)
def test_the_same_work_again_is_the_same_attempt(works, day, work, number):
    found = known_as(START + day * DAY, work, earlier(*works))
    assert (found and found.number) == number


def test_work_that_names_no_time_is_known_by_itself():
    assert known_as(None, "a", earlier("a", "b")).number == 1
    assert known_as(None, "c", earlier("a", "b")) is None


SAM = Person("sam-1")


def test_a_course_that_asks_for_nothing_counts_everything():
    assert not_counted(START + 9 * DAY, earlier(*"abcdefgh"), Attempts(), SAM) == ""


def test_what_is_beyond_the_number_allowed_is_practice():
    rules = Attempts(allowed=2)
    assert not_counted(START + 2 * DAY, earlier("a"), rules, SAM) == ""
    said = not_counted(START + 3 * DAY, earlier("a", "b"), rules, SAM)
    assert said.startswith("This is hand-in 3, and 2 count in this course.")
    practice = [*earlier("a"), *earlier("p", "q", mode=Mode.PRACTICE)]
    assert not_counted(START + 3 * DAY, practice, rules, SAM) == ""


def test_extra_attempts_are_an_adjustment():
    rules, more = Attempts(allowed=2), Person("sam-1", extra_attempts=1)
    assert not_counted(START + 3 * DAY, earlier("a", "b"), rules, more) == ""
    said = not_counted(START + 4 * DAY, earlier("a", "b", "c"), rules, more)
    assert "2 count in this course and 1 of your own" in said


def test_what_comes_too_soon_is_practice():
    rules = Attempts(wait_hours=36)
    assert "less than 36 hours" in not_counted(START + DAY, earlier("a"), rules, SAM)
    assert not_counted(START + 2 * DAY, earlier("a"), rules, SAM) == ""


def test_a_date_that_is_still_to_come_lets_nobody_wait():
    rules = Attempts(wait_hours=36)
    assert not_counted(START - 4000 * DAY, earlier("a"), rules, SAM) == ""
