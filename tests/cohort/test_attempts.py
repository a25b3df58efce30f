"""Which attempt a hand-in is, and what a course allows."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from grader.catalogue import Attempts
from grader.cohort.attempts import moment_of, not_counted
from grader.cohort.identity import Person
from grader.evidence import Mode

DAY = timedelta(days=1)
START = datetime(2026, 3, 2, tzinfo=UTC)


def earlier(*works, mode=Mode.ASSESSED):
    """One hand-in a day."""
    return [(START + number * DAY, work, mode) for number, work in enumerate(works)]


@pytest.mark.parametrize(
    ("works", "day", "work", "counts_as"),
    [
        ("", 3, "a", 3),  # the first
        ("a", 3, "a", 0),  # the same again is no new attempt
        ("ab", 3, "a", 3),  # back to the earlier work: the latest has to count
        ("ab", 3, "b", 1),
        ("ab", 0, "a", 0),  # read again in the order of time
        ("ab", 1, "b", 1),
    ],
)
def test_the_same_work_again_is_the_same_attempt(works, day, work, counts_as):
    assert moment_of(START + day * DAY, work, earlier(*works)) == START + counts_as * DAY


def test_work_that_names_no_time_is_known_by_itself():
    assert moment_of(None, "a", earlier("a", "b")) == START
    assert moment_of(None, "c", earlier("a", "b")) is None


SAM = Person("sam-1")


def test_a_course_that_asks_for_nothing_counts_everything():
    assert not_counted(START + 9 * DAY, "z", earlier(*"abcdefgh"), Attempts(), SAM) == ""


def test_what_is_beyond_the_number_allowed_is_practice():
    rules = Attempts(allowed=2)
    assert not_counted(START + 2 * DAY, "c", earlier("a"), rules, SAM) == ""
    said = not_counted(START + 3 * DAY, "c", earlier("a", "b"), rules, SAM)
    assert said.startswith("This is hand-in 3, and 2 count in this course.")
    practice = [*earlier("a"), *earlier("p", "q", mode=Mode.PRACTICE)]
    assert not_counted(START + 3 * DAY, "c", practice, rules, SAM) == ""


def test_extra_attempts_are_an_adjustment():
    rules, more = Attempts(allowed=2), Person("sam-1", extra_attempts=1)
    assert not_counted(START + 3 * DAY, "c", earlier("a", "b"), rules, more) == ""
    said = not_counted(START + 4 * DAY, "d", earlier("a", "b", "c"), rules, more)
    assert "2 count in this course and 1 of your own" in said


def test_what_comes_too_soon_is_practice():
    rules = Attempts(wait_hours=36)
    assert "less than 36 hours" in not_counted(START + DAY, "b", earlier("a"), rules, SAM)
    assert not_counted(START + 2 * DAY, "b", earlier("a"), rules, SAM) == ""


def test_a_rule_that_came_later_takes_nothing_away():
    rules = Attempts(allowed=1, wait_hours=1000)
    assert not_counted(START + DAY, "b", earlier("a", "b"), rules, SAM) == ""
