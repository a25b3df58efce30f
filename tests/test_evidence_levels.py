"""What `consistent` and `confirmed` need, and what is shown beside a level."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import msgspec
import pytest

from grader.evidence import (
    FacetRule,
    Help,
    Kind,
    Mode,
    MustState,
    Need,
    Offer,
    Record,
    Rules,
    State,
    Talk,
    days_between,
    level,
    skill_result,
)
from grader.results import Level, Trust

TODAY = date(2026, 6, 1)
PASSED, FAILED, UNREACHED = MustState.PASSED, MustState.FAILED, MustState.NOT_REACHED

RULES = Rules(
    facets={
        "S4": FacetRule(names=("csv", "sqlite", "http", "document-store"), needed=3),
        "S26": FacetRule(names=("interactive", "print", "remote"), needed=2),
    },
    musts={
        "no-row-lost": frozenset({"S4"}),
        "atomic-write": frozenset({"S4"}),
        "sql-parameterised": frozenset({"S2", "S23"}),
        "path-confined": frozenset({"S2", "S23"}),
        "escalate-restricted": frozenset({"K20", "B3"}),
        "no-pii-in-logs": frozenset({"S31", "S29", "B4"}),
    },
)

PLACES = {
    "csv-intake": ("Tagstore", 1),
    "sql-assets": ("Tagstore", 2),
    "inject-hunt": ("Tagstore", 2),
    "print-trace": ("Tapline", 1),
    "step-debug": ("Crosswatch", 2),
    "fake-gateway": ("Becksafe", 2),
    "first-unit": ("Tapline", 1),
    "triage-desk": ("Wayfare", 2),
    "test-plan": ("Becksafe", 2),
    "harden-login": ("Wayfare", 3),
}


def made(evidence_id: str, exercise: str, day: tuple[int, int], code: str, **more: Any) -> Record:
    """Make a record of 2026: assessed, first attempt, ten of ten points, six behaviours."""
    client, difficulty = PLACES[exercise]
    facts: dict[str, Any] = {
        "attempt": 1,
        "mode": Mode.ASSESSED,
        "kind": Kind.HIDDEN_SUITE,
        "points": 10,
        "points_max": 10,
        "behaviours": 6,
        "behaviours_met": 6,
        "client": client,
        "difficulty": difficulty,
    }
    return Record(
        evidence_id=evidence_id,
        learner="L-0417",
        exercise=exercise,
        at=datetime(2026, *day, 14, 0, tzinfo=UTC),
        ksb=code,
        **facts | more,
    )


OFFERS = (
    Offer(exercise="first-unit", client="Tapline", difficulty=1, codes=("K13", "K22")),
    Offer(exercise="test-plan", client="Becksafe", difficulty=2, codes=("K13", "B3")),
    Offer(exercise="inject-hunt", client="Tagstore", difficulty=2, codes=("S2", "S23")),
    Offer(exercise="sql-assets", client="Tagstore", difficulty=2, codes=("S2", "S4")),
)


# Consistent ----------------------------------------------------------------------------------


def pair(
    code: str, first: str = "step-debug", second: str = "harden-login", **more: Any
) -> list[Record]:
    """Make two mets, in February and April."""
    return [made("p1", first, (2, 1), code, **more), made("p2", second, (4, 1), code, **more)]


def needs(code: str, records: list[Record], rules: Rules = RULES) -> set[Need]:
    found = level(code, records, rules, TODAY)
    assert (found.level is Level.CONSISTENT) == (not found.needs)
    return set(found.needs)


def test_two_exercises_of_two_clients() -> None:
    assert needs("S15", pair("S15")) == set()
    assert needs("S15", pair("S15")[:1]) == {Need.EXERCISES, Need.CLIENTS}
    assert needs("S15", pair("S15", "sql-assets", "inject-hunt")) == {Need.CLIENTS}


def test_one_of_difficulty_two_or_three() -> None:
    assert needs("S15", pair("S15", "csv-intake", "print-trace")) == {Need.DIFFICULTY}
    assert needs("S15", pair("S15", "csv-intake", "step-debug")) == set()


def test_questions_alone_never_do() -> None:
    asked = pair("S15", kind=Kind.QUESTIONS, applied=False)
    assert needs("S15", asked) == {Need.BEYOND_QUESTIONS}
    assert needs("K13", pair("K13", kind=Kind.QUESTIONS)) == {Need.APPLIED, Need.BEYOND_QUESTIONS}
    assert needs("S15", [asked[0], pair("S15")[1]]) == set()


def test_knowledge_is_applied_once() -> None:
    answered = pair("K13", applied=False)
    assert needs("K13", answered) == {Need.APPLIED}
    assert needs("K13", [answered[0], pair("K13")[1]]) == set()
    assert needs("S15", pair("S15", applied=False)) == set()


def test_reported_evidence_does_not_make_knowledge_applied() -> None:
    asked = pair("K13", kind=Kind.QUESTIONS, applied=False)
    own = made("p3", "step-debug", (2, 1), "K13", kind=Kind.OWN_TESTS, trust=Trust.REPORTED)
    assert needs("K13", [*asked, own]) == {Need.APPLIED, Need.BEYOND_QUESTIONS}


def test_facets_with_a_choice_and_with_one_that_is_always_needed() -> None:
    rule = FacetRule(names=("python", "sql", "html", "shell"), needed=2, always=("python",))
    rules = msgspec.structs.replace(RULES, facets={"S23": rule})
    flags = {
        ("sql",): ("facet missing: python",),
        ("sql", "html"): ("facet missing: python",),
        ("python",): ("facet missing: 1 of sql, html, shell",),
        (): ("facet missing: python", "facet missing: 1 of sql, html, shell"),
        ("python", "shell"): (),
    }
    for facets, expected in flags.items():
        found = level("S23", pair("S23", facets=facets), rules, TODAY)
        assert found.overlays == expected
        assert (found.level is Level.CONSISTENT) == (expected == ())


def test_a_facet_that_nothing_offers_is_said_to_be_so() -> None:
    all_three = {"S26": FacetRule(names=("interactive", "print", "remote"), needed=3)}
    rules = msgspec.structs.replace(RULES, facets=all_three)
    records = pair("S26", facets=("interactive", "print"))
    found = skill_result("S26", records, rules, TODAY, OFFERS[:4])
    assert "facet missing: remote (our rule; not offered yet: remote)" in found.missing
    assert "no exercise of this course offers it yet" in found.missing
    assert found.next_exercise == ""


def test_a_disputed_record_does_not_count_towards_consistent() -> None:
    one, two = pair("S15")
    disputed = msgspec.structs.replace(two, state=State.DISPUTED)
    found = skill_result("S15", [one, disputed], RULES, TODAY, OFFERS)
    assert found.level is Level.EMERGING
    assert found.overlays == ("disputed",)
    assert found.missing[0] == "the dispute about harden-login: your tutor has to settle it"


def test_what_a_machine_cannot_judge_needs_a_tutor_in_each_exercise() -> None:
    machine = pair("S9")
    judged = [
        made(f"t{day[0]}", place, day, "S9", kind=Kind.RUBRIC, trust=Trust.JUDGED)
        for place, day in (("step-debug", (2, 1)), ("harden-login", (4, 1)))
    ]
    assert level("S9", machine, RULES, TODAY).level is Level.EMERGING
    assert level("S9", [*machine, judged[0]], RULES, TODAY).level is Level.EMERGING
    assert level("S9", [*machine, *judged], RULES, TODAY).level is Level.CONSISTENT
    assert level("S15", pair("S15"), RULES, TODAY).level is Level.CONSISTENT


def test_behaviours_need_two_dates_apart() -> None:
    judged = {"kind": Kind.RUBRIC, "trust": Trust.JUDGED}
    first = made("b1", "triage-desk", (5, 11), "B3", **judged)
    soon = made("b2", "test-plan", (5, 30), "B3", **judged)
    later = made("b3", "test-plan", (6, 10), "B3", attempt=2, **judged)
    assert needs("B3", [first, soon]) == {Need.DATES}
    assert needs("B3", [first, later]) == set()


# Open must-haves -----------------------------------------------------------------------------


def test_a_must_have_blocks_codes_that_its_exercise_does_not_carry() -> None:
    held = pair("S31")
    leak = made("x", "print-trace", (5, 1), "S26", musts={"no-pii-in-logs": FAILED})
    found = level("S31", [*held, leak], RULES, TODAY)
    assert found.level is Level.EMERGING
    assert found.needs == {Need.OPEN_MUST}
    assert found.overlays == ("open must: no-pii-in-logs",)
    assert [place.exercise for place in found.standings] == ["harden-login", "step-debug"]
    alone = level("S31", [leak], RULES, TODAY)
    assert (alone.level, alone.overlays) == (
        Level.NO_EVIDENCE,
        ("open must: no-pii-in-logs",),
    )


@pytest.mark.parametrize(
    ("day", "state", "more", "closes"),
    [
        ((5, 2), PASSED, {}, True),
        ((5, 2), UNREACHED, {}, False),
        ((4, 30), PASSED, {}, False),
        ((5, 1), PASSED, {}, False),
        ((5, 2), PASSED, {"mode": Mode.PRACTICE}, False),
        ((5, 2), PASSED, {"trust": Trust.REPORTED}, False),
        ((5, 2), PASSED, {"trust": Trust.JUDGED}, True),
        ((5, 2), PASSED, {"state": State.VOID}, False),
    ],
)
def test_what_closes_a_must_have(
    day: tuple[int, int], state: MustState, more: dict[str, Any], closes: bool
) -> None:
    leak = made("x", "print-trace", (5, 1), "S26", musts={"no-pii-in-logs": FAILED})
    after = made("y", "fake-gateway", day, "K13", musts={"no-pii-in-logs": state}, **more)
    found = level("S31", [*pair("S31"), leak, after], RULES, TODAY)
    assert (found.level is Level.CONSISTENT) == closes


def test_an_unreached_test_keeps_a_must_have_from_closing_in_the_same_attempt() -> None:
    leak = made("x", "print-trace", (5, 1), "S26", musts={"no-pii-in-logs": FAILED})
    after = [
        made("y1", "fake-gateway", (5, 2), "K13", musts={"no-pii-in-logs": PASSED}),
        made("y2", "fake-gateway", (5, 2), "K22", musts={"no-pii-in-logs": UNREACHED}),
    ]
    assert level("S31", [leak, *after], RULES, TODAY).open_musts != ()
    assert level("S31", [leak, after[0]], RULES, TODAY).open_musts == ()


def test_an_unreached_must_have_opens_nothing() -> None:
    records = pair("S31", musts={"no-pii-in-logs": UNREACHED})
    assert level("S31", records, RULES, TODAY).level is Level.CONSISTENT


def test_a_record_without_a_code_opens_a_must_have() -> None:
    leak = made("x", "print-trace", (5, 1), "", musts={"no-pii-in-logs": FAILED})
    assert level("S31", [*pair("S31"), leak], RULES, TODAY).level is Level.EMERGING
    nowhere = made("x", "print-trace", (5, 1), "", musts={"brand-new": FAILED})
    assert level("S31", [*pair("S31"), nowhere], RULES, TODAY).level is Level.CONSISTENT


# Stale ---------------------------------------------------------------------------------------


def test_stale_is_shown_and_takes_nothing_away() -> None:
    newest = date(2026, 4, 1)
    last_day = date(2026, 12, 27)
    assert (last_day - newest).days == 270
    fresh = level("S15", pair("S15"), RULES, last_day)
    stale = level("S15", pair("S15"), RULES, date(2026, 12, 28))
    assert (fresh.overlays, fresh.fresh_days) == ((), 0)
    assert (stale.overlays, stale.fresh_days) == (("stale",), -1)
    assert fresh.level is stale.level is Level.CONSISTENT


def test_the_clock_stops_in_a_break() -> None:
    late = date(2026, 12, 28)
    break_ = [(date(2026, 7, 1), date(2026, 7, 31))]
    found = level("S15", pair("S15"), RULES, late, breaks=break_)
    assert found.fresh_days == 30
    assert found.overlays == ()


@pytest.mark.parametrize(
    ("breaks", "days"),
    [
        ([], 30),
        ([(date(2026, 1, 10), date(2026, 1, 10))], 29),
        ([(date(2025, 1, 1), date(2027, 1, 1))], 0),
        ([(date(2025, 12, 1), date(2026, 1, 1))], 30),
        ([(date(2026, 1, 31), date(2026, 2, 28))], 29),
        ([(date(2026, 1, 5), date(2026, 1, 14)), (date(2026, 1, 10), date(2026, 1, 19))], 15),
        ([(date(2026, 1, 5), date(2026, 1, 24)), (date(2026, 1, 10), date(2026, 1, 12))], 10),
        ([(date(2026, 1, 20), date(2026, 1, 10))], 30),
    ],
)
def test_days_outside_breaks(breaks: list[tuple[date, date]], days: int) -> None:
    start, end = date(2026, 1, 1), date(2026, 1, 31)
    assert days_between(start, end, breaks) == days
    assert days_between(start, end, breaks[::-1]) == days
    assert days_between(end, start, breaks) == 0


def test_a_stale_level_has_a_next_exercise() -> None:
    records = pair("S2", "step-debug", "inject-hunt")
    late = date(2027, 6, 1)
    assert skill_result("S2", records, RULES, TODAY, OFFERS).next_exercise == ""
    assert skill_result("S2", records, RULES, late, OFFERS).next_exercise == "sql-assets"


# Confirmed -----------------------------------------------------------------------------------


def test_one_talk_confirms_every_code_of_the_exercise_at_consistent() -> None:
    records = [
        *pair("S15"),
        *(
            msgspec.structs.replace(one, ksb="S1", evidence_id=one.evidence_id + "s")
            for one in pair("S1")
        ),
        made("q", "harden-login", (4, 1), "S19"),
    ]
    talk = [Talk(exercise="harden-login", on=date(2026, 4, 20), tutor="T-3")]
    for code, expected in (
        ("S15", Level.CONFIRMED),
        ("S1", Level.CONFIRMED),
        ("S19", Level.EMERGING),
        ("S4", Level.NO_EVIDENCE),
    ):
        assert level(code, records, RULES, TODAY, talks=talk).level is expected


@pytest.mark.parametrize(
    ("exercise", "on", "confirms"),
    [
        ("harden-login", date(2026, 4, 1), True),
        ("step-debug", date(2026, 5, 1), True),
        ("harden-login", date(2026, 3, 31), False),
        ("step-debug", date(2026, 3, 1), False),
        ("csv-intake", date(2026, 5, 1), False),
        ("harden-login", date(2026, 6, 2), False),
    ],
)
def test_which_talks_confirm(exercise: str, on: date, confirms: bool) -> None:
    talk = [Talk(exercise=exercise, on=on, tutor="T-3")]
    found = skill_result("S15", pair("S15"), RULES, TODAY, OFFERS, talks=talk)
    assert found.level is (Level.CONFIRMED if confirms else Level.CONSISTENT)
    assert found.missing == (
        ()
        if confirms
        else ("a ten-minute talk with your tutor about your code in harden-login or step-debug",)
    )


def test_a_later_failed_must_have_takes_a_confirmation_back_until_it_is_passed() -> None:
    talk = [Talk(exercise="harden-login", on=date(2026, 4, 20), tutor="T-3")]
    fail = made("x", "print-trace", (5, 1), "S26", musts={"no-pii-in-logs": FAILED})
    cure = made("y", "print-trace", (5, 9), "S26", attempt=2, musts={"no-pii-in-logs": PASSED})
    held = pair("S31")
    assert level("S31", [*held, fail], RULES, TODAY, talks=talk).level is Level.EMERGING
    assert level("S31", [*held, fail, cure], RULES, TODAY, talks=talk).level is Level.CONFIRMED


def test_a_talk_about_work_that_no_longer_stands_confirms_nothing() -> None:
    talk = [Talk(exercise="harden-login", on=date(2026, 4, 20), tutor="T-3")]
    fail = made("x", "harden-login", (5, 1), "S31", attempt=2, musts={"no-pii-in-logs": FAILED})
    cure = made("y", "print-trace", (5, 9), "S26", musts={"no-pii-in-logs": PASSED})
    third = made("z", "test-plan", (3, 1), "S31")
    history = [*pair("S31"), third]
    assert level("S31", history, RULES, TODAY, talks=talk).level is Level.CONFIRMED
    found = level("S31", [*history, fail, cure], RULES, TODAY, talks=talk)
    assert found.level is Level.CONSISTENT


# What is shown -------------------------------------------------------------------------------


def test_reported_evidence_is_named_as_such() -> None:
    own = made("o", "csv-intake", (1, 1), "S5", kind=Kind.OWN_TESTS, trust=Trust.REPORTED, points=3)
    found = skill_result("S5", [own], RULES, TODAY, OFFERS)
    assert found.level is Level.NO_EVIDENCE
    assert found.overlays == ("reported only",)
    (line,) = found.evidence
    assert (line.trust, line.outcome, line.met) == (Trust.REPORTED, "reported only", False)
    assert "can't lift" in line.note


def test_each_line_of_evidence_says_what_is_special_about_it() -> None:
    record = made(
        "n",
        "csv-intake",
        (1, 1),
        "S4",
        kind=Kind.STYLE,
        state=State.DISPUTED,
        help=Help.PEER,
        threshold_held=False,
        musts={"no-row-lost": FAILED, "atomic-write": PASSED},
    )
    (line,) = skill_result("S4", [record], RULES, TODAY, OFFERS).evidence
    assert line.note == (
        "disputed; must-have failed: no-row-lost; style below its threshold; help: peer"
    )


def test_awaiting_is_shown_for_the_latest_hand_in_only() -> None:
    waits = made("w", "csv-intake", (1, 1), "S11", kind=Kind.RUBRIC, state=State.AWAITING)
    found = skill_result("S11", [waits], RULES, TODAY, OFFERS)
    assert found.awaiting_tutor
    assert found.overlays == ("awaiting tutor",)
    assert found.level is Level.NO_EVIDENCE
    newer = made("v", "csv-intake", (1, 9), "S11", attempt=2)
    assert not skill_result("S11", [waits, newer], RULES, TODAY, OFFERS).awaiting_tutor


def test_practice_alone_shows_what_it_would_give_and_the_way_on() -> None:
    record = made("p", "first-unit", (5, 1), "K13", mode=Mode.PRACTICE)
    found = skill_result("K13", [record], RULES, TODAY, OFFERS)
    assert (found.level, found.practice_level) == (Level.NO_EVIDENCE, Level.EMERGING)
    assert found.missing == (
        "hand in first-unit: what you run yourself is practice",
        "one more exercise, for another client than Tapline",
        "an exercise of difficulty 2 or 3",
    )
    assert found.next_exercise == "test-plan"
    (line,) = found.evidence
    assert (line.met, line.counted, line.note) == (True, False, "practice, not counted")


def test_void_records_stay_visible_with_their_reason() -> None:
    void = made("v", "csv-intake", (1, 1), "S15", state=State.VOID, reason="the suite was wrong")
    (line,) = skill_result("S15", [void], RULES, TODAY, OFFERS).evidence
    assert (line.outcome, line.met, line.counted) == ("void", False, False)
    assert line.note == "void: the suite was wrong"


def test_records_of_two_people_or_with_one_id_twice_are_refused() -> None:
    one, two = pair("S15")
    stranger = msgspec.structs.replace(two, learner="L-9999")
    with pytest.raises(ValueError, match="one apprentice"):
        level("S15", [one, stranger], RULES, TODAY)
    with pytest.raises(ValueError, match="the id p1"):
        level("S15", [one, msgspec.structs.replace(one, points=1)], RULES, TODAY)
    assert level("S15", [one, one, two], RULES, TODAY).level is Level.CONSISTENT
    with pytest.raises(KeyError):
        level("S99", [one], RULES, TODAY)
