"""A worked example: one apprentice on 1 June 2026, row by row."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import msgspec
import pytest

from grader.evidence import (
    FacetRule,
    Kind,
    Mode,
    MustState,
    Offer,
    Record,
    Rules,
    Verdict,
    attempt_outcome,
    level,
    skill_result,
)
from grader.results import Level, Trust
from grader.standard import standard

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
    "loopback-json": ("Lineboard", 2),
    "inject-hunt": ("Tagstore", 2),
    "print-trace": ("Tapline", 1),
    "step-debug": ("Crosswatch", 2),
    "fake-gateway": ("Becksafe", 2),
    "first-unit": ("Tapline", 1),
    "triage-desk": ("Wayfare", 2),
    "test-plan": ("Becksafe", 2),
    "deploy-script": ("Lineboard", 3),
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


def scored(points: int, points_max: int) -> dict[str, int]:
    return {"points": points, "points_max": points_max, "behaviours_met": 5}


EXAMPLE = (
    made(
        "e1",
        "csv-intake",
        (1, 12),
        "S4",
        **scored(9, 14),
        facets=("csv",),
        musts={"no-row-lost": FAILED},
    ),
    made(
        "e2",
        "csv-intake",
        (1, 15),
        "S4",
        attempt=2,
        **scored(13, 14),
        facets=("csv",),
        musts={"no-row-lost": PASSED},
    ),
    made(
        "e3",
        "sql-assets",
        (2, 9),
        "S4",
        **scored(12, 13),
        facets=("sqlite",),
        musts={"atomic-write": PASSED},
    ),
    made("e4", "sql-assets", (2, 9), "S2", **scored(8, 10), musts={"sql-parameterised": PASSED}),
    made("e5", "loopback-json", (3, 2), "S4", **scored(7, 12)),
    made("e6", "loopback-json", (3, 6), "S4", attempt=2, **scored(11, 12), facets=("http",)),
    made("e7", "inject-hunt", (5, 4), "S2", **scored(18, 20), musts={"path-confined": FAILED}),
    made("e8", "print-trace", (1, 20), "S26", points=8, points_max=8, facets=("print",)),
    made("e9", "step-debug", (2, 18), "S26", **scored(9, 10), facets=("interactive",)),
    made("e10", "fake-gateway", (3, 20), "K13", mode=Mode.PRACTICE),
    made("e11", "first-unit", (1, 14), "K13", **scored(9, 10)),
    made(
        "e12",
        "triage-desk",
        (5, 11),
        "B3",
        kind=Kind.RUBRIC,
        trust=Trust.JUDGED,
        musts={"escalate-restricted": PASSED},
    ),
)

OFFERS = (
    Offer(exercise="first-unit", client="Tapline", difficulty=1, codes=("K13", "K22")),
    Offer(exercise="story-map", client="Wayfare", difficulty=1, codes=("K16", "S11")),
    Offer(exercise="test-plan", client="Becksafe", difficulty=2, codes=("K13", "B3")),
    Offer(
        exercise="inject-hunt",
        client="Tagstore",
        difficulty=2,
        codes=("S2", "S23"),
        musts=("path-confined", "sql-parameterised"),
    ),
    Offer(exercise="sql-assets", client="Tagstore", difficulty=2, codes=("S2", "S4")),
    Offer(exercise="access-audit", client="Tagstore", difficulty=2, codes=("S2",)),
    Offer(exercise="harden-login", client="Wayfare", difficulty=3, codes=("S2",)),
    Offer(
        exercise="deploy-script",
        client="Lineboard",
        difficulty=3,
        codes=("S23",),
        musts=("path-confined",),
    ),
    Offer(
        exercise="remote-debug",
        client="Lineboard",
        difficulty=3,
        codes=("S26",),
        facets={"S26": ("remote",)},
    ),
)


@pytest.mark.parametrize(
    ("evidence_id", "verdict"),
    [
        ("e1", Verdict.MUST_FAILED),
        ("e2", Verdict.MET),
        ("e3", Verdict.MET),
        ("e4", Verdict.MET),
        ("e5", Verdict.PARTLY),
        ("e6", Verdict.MET),
        ("e7", Verdict.MUST_FAILED),
        ("e8", Verdict.MET),
        ("e9", Verdict.MET),
        ("e11", Verdict.MET),
        ("e12", Verdict.MET),
    ],
)
def test_example_outcome_of_each_attempt(evidence_id: str, verdict: Verdict) -> None:
    (record,) = [one for one in EXAMPLE if one.evidence_id == evidence_id]
    outcome = attempt_outcome(record.ksb, [record], RULES)
    assert outcome is not None
    assert outcome.verdict is verdict


def test_example_s4_is_consistent() -> None:
    found = level("S4", EXAMPLE, RULES, TODAY)
    assert found.level is Level.CONSISTENT
    assert found.met == {"csv-intake", "sql-assets", "loopback-json"}
    assert found.facets_held == ("csv", "sqlite", "http")
    assert found.fresh_days == 270 - 87
    assert found.overlays == ()


def test_example_s2_points_never_outweigh_a_failed_must_have() -> None:
    found = skill_result("S2", EXAMPLE, RULES, TODAY, OFFERS)
    assert found.level is Level.EMERGING
    assert found.overlays == ("open must: path-confined",)
    assert found.missing[0] == (
        "the must-have path-confined, failed in inject-hunt on 4 May 2026: "
        "pass it in a new hand-in of inject-hunt or deploy-script"
    )
    assert found.missing[1] == "one more exercise, for another client than Tagstore"
    assert found.next_exercise == "inject-hunt"


def test_example_s2_way_out_through_another_exercise() -> None:
    closing = made("e13", "deploy-script", (5, 20), "S23", musts={"path-confined": PASSED})
    found = skill_result("S2", [*EXAMPLE, closing], RULES, TODAY, OFFERS)
    assert found.level is Level.EMERGING
    assert found.overlays == ()
    assert found.missing == ("one more exercise, for another client than Tagstore",)
    assert found.next_exercise == "harden-login"
    done = made("e14", "harden-login", (5, 28), "S2")
    assert level("S2", [*EXAMPLE, closing, done], RULES, TODAY).level is Level.CONSISTENT


def test_example_s26_two_of_three_facets_do() -> None:
    assert level("S26", EXAMPLE, RULES, TODAY).level is Level.CONSISTENT


def test_example_s26_where_a_course_asks_for_all_three_facets() -> None:
    all_three = {"S26": FacetRule(names=("interactive", "print", "remote"), needed=3)}
    strict = msgspec.structs.replace(RULES, facets=all_three)
    found = skill_result("S26", EXAMPLE, strict, TODAY, OFFERS)
    assert found.level is Level.EMERGING
    assert found.overlays == ("facet missing: remote",)
    assert found.missing == ("facet missing: remote (our rule)",)
    assert found.next_exercise == "remote-debug"


def test_example_k13_practice_does_not_count_and_shows_what_it_would_give() -> None:
    found = skill_result("K13", EXAMPLE, RULES, TODAY, OFFERS)
    assert found.level is Level.EMERGING
    assert found.practice_level is Level.CONSISTENT
    assert found.missing[0] == "hand in fake-gateway: what you run yourself is practice"
    assert [line.counted for line in found.evidence] == [True, False]


def test_example_b3_one_judgement_is_emerging_and_the_second_has_a_date() -> None:
    found = skill_result("B3", EXAMPLE, RULES, TODAY, OFFERS)
    assert found.level is Level.EMERGING
    assert found.missing == (
        "one more exercise, for another client than Wayfare, marked by your tutor",
        "a judgement on or after 10 June 2026, 30 days after the first",
    )
    assert found.next_exercise == "test-plan"


def test_example_k16_has_no_evidence_and_a_way_in() -> None:
    found = skill_result("K16", EXAMPLE, RULES, TODAY, OFFERS)
    assert found.level is Level.NO_EVIDENCE
    assert found.overlays == ()
    assert found.evidence == ()
    assert found.next_exercise == "story-map"
    assert found.offered_in == ("story-map",)
    assert found.text == standard().ksbs["K16"].text
    assert found.missing[0] == "two exercises for two different clients"
