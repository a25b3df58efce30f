"""The words and counts of the reports."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.reports.wording import (
    STATUS,
    by_line,
    clause_ranges,
    clause_words,
    first_words,
    isolation_warning,
    level_words,
    listed,
    points_needed,
    points_words,
    sentence,
    status_words,
)
from grader.results import CheckResult, Level, Outcome, SkillResult, Status


def check(points: int, points_max: int, needed: float = 0.9, **more: object) -> CheckResult:
    facts = {"outcome": Outcome.FAILED, **more}
    return CheckResult(
        name="hidden-suite", points=points, points_max=points_max, needed=needed, **facts
    )


@pytest.mark.parametrize(
    ("clauses", "told"),
    [
        ([], ""),
        (["2.2"], "2.2"),
        (["3.2", "1.2", "1.1", "2.1"], "1.1 to 1.2, 2.1 and 3.2"),
        (["1.9", "1.10", "1.11"], "1.9 to 1.11"),
        (["1.3", "2.1"], "1.3 and 2.1"),
        (["2.1", "2.3"], "2.1 and 2.3"),
        (["1", "2"], "1 and 2"),
        (["A.1", "A.2", "B.3"], "A.1 to A.2 and B.3"),
        (["1.²", "1.3"], "1.3 and 1.²"),
    ],
)
def test_clauses_are_told_as_ranges(clauses: list[str], told: str) -> None:
    assert clause_ranges(clauses) == told


@given(st.lists(st.text(max_size=8)))
@settings(deadline=None)
def test_any_text_can_be_a_clause(clauses: list[str]) -> None:
    assert clause_ranges(clauses) == clause_ranges(clauses[::-1])


def test_clause_words_has_singular_and_plural() -> None:
    assert clause_words(()) == ""
    assert clause_words(("2.2", "2.2")) == "clause 2.2"
    assert clause_words(("2.2", "2.3")) == "clauses 2.2 to 2.3"


@given(st.integers(1, 200), st.integers(0, 100))
@settings(deadline=None)
def test_points_needed_is_the_fewest_that_pass(points_max: int, percent: int) -> None:
    needed = points_needed(check(0, points_max, percent / 100))
    assert Fraction(needed, points_max) >= Fraction(percent, 100)
    assert needed == 0 or Fraction(needed - 1, points_max) < Fraction(percent, 100)


@pytest.mark.parametrize(
    ("one", "told"),
    [
        (check(7, 9), "7 of 9 points, 9 needed"),
        (check(28, 35, 0.8), "28 of 35 points, 28 needed"),
        (check(0, 1), "0 of 1 point, 1 needed"),
        (check(0, 0, outcome=Outcome.SKIPPED), "not run"),
        (check(0, 9, outcome=Outcome.BROKEN), "could not be run"),
        (check(0, 9, outcome=Outcome.PENDING), "awaiting tutor"),
        (check(0, 0, outcome=Outcome.PASSED), "passed"),
    ],
)
def test_points_in_words(one: CheckResult, told: str) -> None:
    assert points_words(one) == told


def skill(level: Level, practice: Level, awaiting: bool = False) -> SkillResult:
    return SkillResult(
        code="S1", text="", level=level, practice_level=practice, awaiting_tutor=awaiting
    )


def test_levels_in_words_keep_practice_and_waiting_apart() -> None:
    nothing, emerging = Level.NO_EVIDENCE, Level.EMERGING
    told = [
        level_words(skill(nothing, nothing)),
        level_words(skill(nothing, nothing, True)),
        level_words(skill(Level.NOT_MET, Level.NOT_MET)),
        level_words(skill(nothing, emerging)),
        level_words(skill(emerging, emerging, True)),
    ]
    assert told == [
        "no evidence yet",
        "awaiting tutor",
        "not met yet",
        "would be: emerging (now: no evidence yet)",
        "emerging, awaiting tutor",
    ]


def test_every_status_has_its_own_words() -> None:
    assert len(set(STATUS.values())) == len(Status)
    assert "provisional" in status_words(Status.MET, provisional=True)
    assert status_words(Status.PARTLY, provisional=True) == "partly met"


def test_small_words() -> None:
    assert listed(["a", "b", "c"]) == "a, b and c"
    assert listed([]) == ""
    assert sentence("your program raised a KeyError") == "Your program raised a KeyError."
    assert sentence("fares.py could not be imported") == "fares.py could not be imported."
    assert sentence("why?") == "Why?"
    assert sentence("") == ""
    assert first_words("one two three", 9) == "one two…"
    assert first_words("short", 9) == "short"
    assert by_line({"S1": ["a", "b"], "S2": ["a"]}) == {"a": ("S1", "S2"), "b": ("S1",)}


def test_only_full_isolation_has_no_warning() -> None:
    assert isolation_warning("full") == ""
    assert all("grade doctor" in isolation_warning(one) for one in ("basic", "none", ""))
