"""Rules read from a course's settings."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from grader.errors import ExerciseError
from grader.evidence import FacetRule, Rules, rules_from
from grader.standard import standard


def read(text: str) -> Rules:
    return rules_from(tomllib.loads(text))


def problems_of(text: str) -> tuple[str, ...]:
    with pytest.raises(ExerciseError) as caught:
        read(text)
    assert str(caught.value).startswith("The course's rules for levels can't be used:")
    return caught.value.problems


def test_without_settings_the_defaults_hold() -> None:
    rules = rules_from({})
    assert rules == Rules()
    assert (rules.exercises, rules.clients, rules.stale_days, rules.behaviours) == (2, 2, 270, 3)
    assert (rules.needed, rules.partly) == (0.8, 0.5)
    assert rules.facets == {}
    assert rules.musts == {}
    assert {code for code, ksb in standard().ksbs.items() if ksb.kind == "behaviour"} <= (
        rules.tutor_only
    )
    assert rules.tutor_only <= set(standard().ksbs)


def test_everything_can_be_set() -> None:
    rules = read(
        """
        title = "A course"
        [clients.Tapline]
        about = "invented"
        [levels]
        version = "2026-09"
        exercises = 3
        clients = 1
        stale_days = 100
        apart-days = 0
        behaviours = 2
        needed = 1
        partly = 0.25
        tutor_only = ["S9"]
        [facets.S4]
        names = ["csv", "http", "sqlite"]
        needed = 2
        [facets.S23]
        names = ["python", "sql"]
        needed = 1
        always = ["python"]
        [facets.S6]
        names = ["functional", "non-functional"]
        [musts]
        no-row-lost = { codes = ["S4"], text = "No row is lost." }
        """
    )
    assert (rules.version, rules.exercises, rules.clients) == ("2026-09", 3, 1)
    assert (rules.stale_days, rules.apart_days, rules.behaviours) == (100, 0, 2)
    assert (rules.needed, rules.partly) == (1, 0.25)
    assert rules.tutor_only == {"S9", "B1", "B2", "B3", "B4", "B5"}
    assert rules.facets == {
        "S4": FacetRule(names=("csv", "http", "sqlite"), needed=2),
        "S23": FacetRule(names=("python", "sql"), needed=1, always=("python",)),
        "S6": FacetRule(names=("functional", "non-functional"), needed=2),
    }
    assert rules.musts == {"no-row-lost": frozenset({"S4"})}
    assert rules.blocks("no-row-lost", "S1") == {"S4"}
    assert rules.blocks("new", "S1") == {"S1"}
    assert rules.blocks("new", "") == frozenset()


def test_all_problems_come_at_once() -> None:
    found = problems_of(
        """
        [levels]
        exercise = 2
        needed = 1.5
        clients = true
        [facets.S99]
        names = ["a"]
        [musts.leak]
        codes = ["S2", "S222"]
        """
    )
    assert found == (
        "[levels] exercise is not a setting; did you mean exercises?",
        "[levels] needed is 1.5; it should be a share above 0 and up to 1, such as 0.8.",
        "[levels] clients is True; it should be a whole number from 1.",
        "[facets.S99]: S99 is no KSB of the standard; did you mean S9?",
        "[musts.leak] codes: S222 is no KSB of the standard; did you mean S22?",
    )


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("levels = 3", "levels should be a table, [levels], and is 3."),
        ("musts = []", "musts should be a table, [musts], and is []."),
        ("[facets]\nS4 = 3", "[facets] S4 should be a table of its own, [facets.S4]."),
        ("[levels]\nversion = ''", "[levels] version is ''; it should be a text such as \"1\"."),
        ("[levels]\nneeded = false", "[levels] needed is False; it should be a share above 0"),
        ("[levels]\nstale_days = 0", "[levels] stale_days is 0; it should be a whole number of"),
        ("[levels]\napart_days = -1", "[levels] apart_days is -1; it should be a whole number of"),
        ("[levels]\npartly = 0.9", "[levels] partly is above needed; it should be below it."),
        ("[levels]\ntutor_only = []", "[levels] tutor_only should be a list of one or more codes"),
        ("[levels]\nzzz = 1", "[levels] zzz is not a setting."),
        ("[facets.S4]\nnames = 'csv'", "[facets.S4] names should be a list of names."),
        ("[facets.S4]\nnames = []", "[facets.S4] names is empty; it should have one name or more."),
        ("[facets.S4]\nnames = ['a', 'a']", "[facets.S4] names has a name twice."),
        ("[facets.S4]\nnames = ['a']\nneeded = 2", "[facets.S4] needed is 2; it should be from 1"),
        ("[facets.S4]\nnames = ['a']\nneeds = 1", "[facets.S4] needs is not a setting; did you"),
        (
            "[facets.S4]\nnames = ['http']\nalways = ['htpp']",
            "[facets.S4] always has htpp, which is none of its names; did you mean http?",
        ),
        ("[musts.leak]", "[musts.leak] codes should be a list of one or more codes"),
        ("[musts.leak]\ncode = ['S2']", "[musts.leak] code is not a setting; did you mean codes?"),
        ("[musts.leak]\ncodes = [2]", "[musts.leak] codes: 2 is no KSB of the standard"),
    ],
)
def test_each_problem_says_what_to_do(text: str, problem: str) -> None:
    assert problems_of(text)[0].startswith(problem)


def test_names_that_are_always_needed_raise_the_number_needed() -> None:
    rules = read("[facets.S4]\nnames = ['a', 'b', 'c']\nneeded = 1\nalways = ['a', 'b']")
    assert rules.facets["S4"].needed == 2


def test_the_course_that_comes_with_the_project_can_be_read() -> None:
    course = Path(__file__).parents[1] / "exercises" / "course.toml"
    rules = rules_from(tomllib.loads(course.read_text(encoding="utf-8")))
    assert rules.facets["S26"].needed == 2
    assert rules.musts["path-confined"] == {"S2", "S23"}
