"""Everything about one KSB."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from rich.console import Console

from grader.catalogue import Exercise
from grader.evidence import FacetRule, Rules
from grader.reports import explain
from grader.results import GradeReport, SkillResult
from grader.standard import standard

RULES = Rules(
    facets={"S1": FacetRule(names=("csv", "sqlite", "http"), needed=2, always=("csv",))},
    musts={"no-row-lost": frozenset({"S1"}), "other": frozenset({"S2"})},
)
EXERCISES = (
    Exercise(
        id="first-unit",
        folder=Path("first-unit"),
        title="First unit tests",
        client="Tapline",
        track="test",
        difficulty=1,
        minutes=45,
        duties=("D11",),
        ksbs=("S1",),
        work=("fares.py",),
    ),
)


@pytest.fixture
def shown(
    new_screen: Callable[..., Console], text_of: Callable[[Console], str]
) -> Callable[..., str]:
    def show(code: str, skill: SkillResult | None, width: int = 80, encoding: str = "utf-8") -> str:
        console = new_screen(width, encoding)
        explain(code, skill, standard(), EXERCISES, RULES, console)
        return text_of(console)

    return show


@pytest.fixture
def skill_of(case: Callable[[str], GradeReport]) -> Callable[[str], SkillResult]:
    return lambda code: next(one for one in case("wrong").ksbs if one.code == code)


def test_own_result_rules_and_both_maps(
    shown: Callable[..., str], skill_of: Callable[[str], SkillResult]
) -> None:
    text = " ".join(shown("S1", skill_of("S1")).split())
    for told in (
        "S1 (skill) Write simple code for discrete software components",
        "On the wording:",
        "▰▱▱ would be: emerging (now: no evidence yet)",
        "✓ price-a-journey (for Tapline), hidden tests: met, 7 of 9 points, seen by the grader, "
        "2026-06-01",
        "practice, not counted",
        "one more exercise, for another client than Tapline",
        "at least 80 % of the points for S1",
        "met in 2 exercises for 2 clients",
        "Facets (our rule, not the standard's): csv, sqlite, http; 2 of them needed, always csv.",
        "Must-haves (register): no-row-lost. A failed one holds S1 back",
        "Exercises that carry it (our map) • first-unit: First unit tests",
        "Duties that name it (the standard's map) D3 Identify and report any impediments",
        "Next: Work on First unit tests (first-unit).",
    ):
        assert told in text


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("K19", "applied at least once"),
        ("B1", "on two dates 30 days apart, judged by a tutor in each of them"),
        ("S9", "judged by a tutor"),
    ],
)
def test_each_kind_has_its_own_rules(shown: Callable[..., str], code: str, told: str) -> None:
    assert told in " ".join(shown(code, None).split())


def test_nothing_graded_yet(shown: Callable[..., str]) -> None:
    text = shown("K16", None)
    assert "Where you stand" not in text
    assert "None of these exercises carries it yet." in text
    assert text.endswith("Next: No exercise offers it yet.\n")
    assert shown("S1", None).endswith("Next: Work on First unit tests (first-unit).\n")


def test_nothing_left_to_do(
    shown: Callable[..., str], skill_of: Callable[[str], SkillResult]
) -> None:
    assert "▰▰▰  confirmed" in shown("K19", skill_of("K19"))


def test_an_unknown_code_is_refused(shown: Callable[..., str]) -> None:
    with pytest.raises(KeyError):
        shown("S99", None)


@pytest.mark.parametrize("width", [40, 80])
def test_hostile_text_fits_and_stays_text(
    shown: Callable[..., str], case: Callable[[str], GradeReport], width: int
) -> None:
    text = shown("S1", case("hostile").ksbs[0], width, "ascii")
    assert text.isascii()
    assert "\x1b" not in text
    assert all(len(line) <= width for line in text.splitlines())
