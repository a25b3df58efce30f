"""What one attempt says of a KSB, and what stands after several at one exercise."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from grader.evidence import (
    FacetRule,
    Kind,
    Mode,
    MustState,
    Record,
    Rules,
    State,
    Verdict,
    attempt_outcome,
    level,
    rank,
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
    "inject-hunt": ("Tagstore", 2),
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


# Outcome of an attempt -----------------------------------------------------------------------


def verdict_of(*records: Record, code: str = "S15", rules: Rules = RULES) -> Verdict:
    outcome = attempt_outcome(code, records, rules)
    assert outcome is not None
    return outcome.verdict


@pytest.mark.parametrize(
    ("points", "points_max", "verdict"),
    [
        (8, 10, Verdict.MET),
        (28, 35, Verdict.MET),
        (79, 100, Verdict.PARTLY),
        (5, 10, Verdict.PARTLY),
        (49, 100, Verdict.NOT_MET),
        (0, 10, Verdict.NOT_MET),
    ],
)
def test_shares_of_points(points: int, points_max: int, verdict: Verdict) -> None:
    record = made("a", "csv-intake", (1, 1), "S15", **scored(points, points_max))
    assert verdict_of(record) is verdict


@pytest.mark.parametrize(
    ("behaviours", "held", "verdict"),
    [(2, 2, Verdict.MET), (2, 1, Verdict.PARTLY), (3, 2, Verdict.MET), (0, 0, Verdict.PARTLY)],
)
def test_with_fewer_than_three_behaviours_all_are_needed(
    behaviours: int, held: int, verdict: Verdict
) -> None:
    record = made(
        "a",
        "csv-intake",
        (1, 1),
        "S15",
        points=9,
        points_max=10,
        behaviours=behaviours,
        behaviours_met=held,
    )
    assert verdict_of(record) is verdict


def test_only_thresholds_of_checks_that_carry_the_code_matter() -> None:
    suite = made("a", "csv-intake", (1, 1), "S15")
    below = {"kind": Kind.STYLE, "threshold_held": False}
    assert verdict_of(suite, made("b", "csv-intake", (1, 1), "S8", **below)) is Verdict.MET
    assert verdict_of(suite, made("b", "csv-intake", (1, 1), "S15", **below)) is Verdict.PARTLY


def test_a_must_have_fails_the_codes_of_its_register_and_no_others() -> None:
    leak = {"musts": {"path-confined": FAILED}}
    tagged = made("a", "inject-hunt", (1, 1), "S15", **leak)
    other = made("b", "inject-hunt", (1, 1), "S2")
    assert verdict_of(tagged, other, code="S15") is Verdict.MET
    assert verdict_of(tagged, other, code="S2") is Verdict.MUST_FAILED


def test_a_must_have_outside_the_register_blocks_the_code_that_shows_it() -> None:
    new = made("a", "inject-hunt", (1, 1), "S15", musts={"brand-new": FAILED})
    other = made("b", "inject-hunt", (1, 1), "S2")
    assert verdict_of(new, other, code="S15") is Verdict.MUST_FAILED
    assert verdict_of(new, other, code="S2") is Verdict.MET


def test_an_attempt_that_does_not_carry_the_code_has_no_outcome() -> None:
    assert attempt_outcome("S1", [made("a", "csv-intake", (1, 1), "S15")], RULES) is None


def test_void_and_awaiting() -> None:
    void = made("a", "csv-intake", (1, 1), "S15", state=State.VOID)
    waits = made("b", "csv-intake", (1, 1), "S15", state=State.AWAITING)
    assert verdict_of(void) is Verdict.VOID
    assert verdict_of(void, waits) is Verdict.AWAITING
    assert verdict_of(void, made("c", "csv-intake", (1, 1), "S15")) is Verdict.MET


def test_reported_records_hold_down_and_never_lift() -> None:
    half = made("a", "csv-intake", (1, 1), "S15", **scored(6, 10))
    full = made("a", "csv-intake", (1, 1), "S15")
    best = made("b", "csv-intake", (1, 1), "S15", trust=Trust.REPORTED, points=90, points_max=90)
    poor = made("b", "csv-intake", (1, 1), "S15", trust=Trust.REPORTED, threshold_held=False)
    assert verdict_of(best) is Verdict.REPORTED
    assert verdict_of(half, best) is Verdict.PARTLY
    assert verdict_of(full, best) is Verdict.MET
    assert verdict_of(full, poor) is Verdict.PARTLY


# Attempts at one exercise --------------------------------------------------------------------


def in_a_row(*verdicts: str) -> list[Record]:
    """Make one hand-in a day at one exercise: met, partly, not, must, void."""
    shapes: dict[str, dict[str, Any]] = {
        "met": {},
        "partly": scored(6, 10),
        "not": scored(1, 10),
        "must": {"musts": {"brand-new": FAILED}},
        "passed": {"musts": {"brand-new": PASSED}, **scored(6, 10)},
        "void": {"state": State.VOID, "musts": {"brand-new": FAILED}},
    }
    return [
        made(f"r{number}", "csv-intake", (1, number), "S15", attempt=number, **shapes[name])
        for number, name in enumerate(verdicts, start=1)
    ]


@pytest.mark.parametrize(
    ("row", "stands", "flags"),
    [
        (("partly", "met"), Verdict.MET, ()),
        (("met", "partly"), Verdict.MET, ("slipped",)),
        (("met", "not"), Verdict.MET, ("slipped",)),
        (("met", "void"), Verdict.MET, ()),
        (("partly", "not"), Verdict.NOT_MET, ("slipped",)),
        (("met", "must"), Verdict.MUST_FAILED, ("open must: brand-new", "slipped")),
        (("met", "must", "passed"), Verdict.PARTLY, ("slipped",)),
        (("must", "met"), Verdict.MET, ("open must: brand-new",)),
        (("met", "must", "not", "met"), Verdict.MET, ("open must: brand-new",)),
    ],
)
def test_what_stands(row: tuple[str, ...], stands: Verdict, flags: tuple[str, ...]) -> None:
    found = level("S15", in_a_row(*row), RULES, TODAY)
    assert [place.verdict for place in found.standings] == [stands]
    assert found.overlays == flags


def test_the_best_is_kept_beside_the_latest() -> None:
    (place,) = level("S15", in_a_row("met", "partly"), RULES, TODAY).standings
    assert (place.best.attempt, place.latest.attempt) == (1, 2)
    assert place.latest.verdict is Verdict.PARTLY


def test_levels_below_consistent() -> None:
    assert level("S15", [], RULES, TODAY).level is Level.NO_EVIDENCE
    assert level("S15", in_a_row("void"), RULES, TODAY).level is Level.NO_EVIDENCE
    assert level("S15", in_a_row("not"), RULES, TODAY).level is Level.NOT_MET
    assert level("S15", in_a_row("must"), RULES, TODAY).level is Level.NOT_MET
    assert level("S15", in_a_row("partly"), RULES, TODAY).level is Level.EMERGING
    assert level("S15", in_a_row("met"), RULES, TODAY).level is Level.EMERGING
    assert rank(Level.NO_EVIDENCE) == rank(Level.NOT_MET) < rank(Level.EMERGING)
    assert rank(Level.EMERGING) < rank(Level.CONSISTENT) < rank(Level.CONFIRMED)
