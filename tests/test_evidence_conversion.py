"""From the result of an exercise to records."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from grader.errors import ExerciseError
from grader.evidence import (
    FacetRule,
    Help,
    Kind,
    Mode,
    MustState,
    Offer,
    Record,
    Rules,
    State,
    records_of,
    skill_result,
)
from grader.results import (
    CheckResult,
    Digests,
    ExerciseResult,
    Item,
    Level,
    Outcome,
    Status,
    Trust,
)

AT = datetime(2026, 3, 6, 14, 5, tzinfo=UTC)
P, F = Outcome.PASSED, Outcome.FAILED


def item(name: str, outcome: Outcome = P, *ksbs: str, **more: Any) -> Item:
    return Item(
        id=f"test_rows.py::test_{name}",
        outcome=outcome,
        sentence="A row is kept.",
        ksbs=ksbs,
        **more,
    )


def check(name: str, *items: Item, outcome: Outcome = P, **more: Any) -> CheckResult:
    return CheckResult(name=name, outcome=outcome, items=items, **more)


def records(*checks: CheckResult, **more: Any) -> list[Record]:
    status = more.pop("status", Status.PARTLY)
    result = ExerciseResult(
        id="csv-intake",
        title="Take in tags",
        client="Tagstore",
        track="data",
        difficulty=2,
        status=status,
        digest=Digests(exercise="sha256:e", work="sha256:w"),
        ksbs=("S1", "S4", "S8", "K24"),
        checks=checks,
    )
    facts: dict[str, Any] = {"learner": "L-1", "attempt": 2, "mode": Mode.ASSESSED, "at": AT}
    return records_of(result, **facts | more)


def only(*checks: CheckResult, **more: Any) -> Record:
    (record,) = records(*checks, **more)
    return record


def test_a_record_carries_the_facts_of_its_attempt() -> None:
    record = only(check("hidden-suite", item("a", P, "S4")), help=Help.PEER, judge="grader@0.1.0")
    assert record == Record(
        evidence_id="L-1/csv-intake/assessed-2@2026-03-06T14:05:00+00:00/hidden-suite/S4/observed",
        learner="L-1",
        exercise="csv-intake",
        exercise_version="sha256:e",
        work="sha256:w",
        attempt=2,
        mode=Mode.ASSESSED,
        at=AT,
        ksb="S4",
        kind=Kind.HIDDEN_SUITE,
        client="Tagstore",
        difficulty=2,
        points=1,
        points_max=1,
        behaviours=1,
        behaviours_met=1,
        help=Help.PEER,
        judge="grader@0.1.0",
    )


def test_one_record_per_code_and_check() -> None:
    made = records(
        check("hidden-suite", item("a", P, "S4", "S1"), item("b", F, "S4"), outcome=F),
        check("style", item("c", P, "S8")),
        check("artefacts", item("d", P, "S4")),
    )
    assert [(one.kind, one.ksb, one.points, one.points_max) for one in made] == [
        (Kind.HIDDEN_SUITE, "S1", 1, 1),
        (Kind.HIDDEN_SUITE, "S4", 1, 2),
        (Kind.STYLE, "S8", 1, 1),
        (Kind.ARTEFACTS, "S4", 1, 1),
    ]
    assert len({one.evidence_id for one in made}) == 4


def test_no_tag_no_evidence() -> None:
    assert records(check("hidden-suite", item("a"), item("b", F))) == []


def test_a_behaviour_has_its_points_only_if_all_its_tests_pass() -> None:
    shared = {"behaviour": "no-row-lost", "points": 3}
    record = only(
        check(
            "hidden-suite",
            item("a", P, "S4", **shared),
            item("b[1]", F, "S4", **shared),
            item("easy[1]", P, "S4"),
            item("easy[2]", P, "S4"),
            item("hard[1]", P, "S4"),
            item("hard[2]", F, "S4"),
            outcome=F,
        )
    )
    assert (record.points, record.points_max) == (1, 5)
    assert (record.behaviours_met, record.behaviours) == (1, 3)


def test_a_behaviour_carries_the_codes_of_any_of_its_tests() -> None:
    made = records(
        check(
            "hidden-suite",
            item("a", P, "S4", behaviour="kept"),
            item("b", F, "S1", behaviour="kept"),
            outcome=F,
        )
    )
    assert [(one.ksb, one.points, one.points_max) for one in made] == [("S1", 0, 1), ("S4", 0, 1)]


def test_a_skipped_test_did_not_pass() -> None:
    record = only(check("hidden-suite", item("a", Outcome.SKIPPED, "S4")))
    assert (record.points, record.points_max) == (0, 1)


def test_what_gives_no_records() -> None:
    tagged = item("a", P, "S4")
    assert records(check("examples", tagged, evidence=False)) == []
    assert records(check("hidden-suite", tagged, outcome=Outcome.SKIPPED)) == []
    assert records(check("hidden-suite", tagged), status=Status.NOT_STARTED) == []


def test_an_unknown_kind_of_check_is_refused() -> None:
    with pytest.raises(ExerciseError, match="'horoscope' gives evidence, but is none of hidden-"):
        records(check("horoscope", item("a", P, "S4")))


def test_the_time_needs_a_zone() -> None:
    with pytest.raises(ValueError, match="time zone"):
        records(at=AT.replace(tzinfo=None))


def test_trust_is_that_of_the_weakest_and_is_kept_apart() -> None:
    made = records(
        check(
            "hidden-suite",
            item("a", P, "S4"),
            item("b", P, "S4", trust=Trust.REPORTED),
            item("c[1]", P, "S4"),
            item("c[2]", P, "S4", trust=Trust.REPORTED),
        ),
        check("own-tests", item("d", P, "S4"), trust=Trust.REPORTED),
        check("rubric", item("e", P, "S4"), trust=Trust.JUDGED),
    )
    assert [(one.kind, one.trust, one.points) for one in made] == [
        (Kind.HIDDEN_SUITE, Trust.OBSERVED, 1),
        (Kind.HIDDEN_SUITE, Trust.REPORTED, 2),
        (Kind.OWN_TESTS, Trust.REPORTED, 1),
        (Kind.RUBRIC, Trust.JUDGED, 1),
    ]
    assert len({one.evidence_id for one in made}) == 4


def test_questions_are_answered_and_the_rest_is_applied() -> None:
    made = records(check("questions", item("a", P, "K24")), check("artefacts", item("b", P, "K24")))
    assert [one.applied for one in made] == [False, True]


def test_must_haves_of_tests_with_and_without_codes() -> None:
    made = records(
        check(
            "hidden-suite",
            item("a", P, "S4", musts=("no-row-lost",)),
            item("b", F, "S4", musts=("atomic-write",)),
            item("c", F, musts=("no-leak",)),
            item("d", P, "S1"),
            outcome=F,
        )
    )
    assert {one.ksb: dict(one.musts) for one in made} == {
        "": {"no-leak": MustState.FAILED},
        "S1": {},
        "S4": {"no-row-lost": MustState.PASSED, "atomic-write": MustState.FAILED},
    }


@pytest.mark.parametrize(
    ("outcomes", "state"),
    [
        ((P, P), MustState.PASSED),
        ((P, F), MustState.FAILED),
        ((P, Outcome.SKIPPED), MustState.NOT_REACHED),
        ((F, Outcome.SKIPPED), MustState.FAILED),
    ],
)
def test_a_must_have_in_several_tests(outcomes: tuple[Outcome, ...], state: MustState) -> None:
    tests = [
        item(f"t{number}", outcome, "S4", musts=("no-row-lost",))
        for number, outcome in enumerate(outcomes)
    ]
    assert only(check("hidden-suite", *tests)).musts == {"no-row-lost": state}


def test_a_must_have_behind_a_shared_cause_was_not_reached() -> None:
    test = item("a", F, "S4", musts=("no-row-lost",), cause="import fares.py")
    assert only(check("hidden-suite", test, outcome=F)).musts == {
        "no-row-lost": MustState.NOT_REACHED
    }


@pytest.mark.parametrize(
    ("outcome", "points", "must", "held"),
    [
        (P, 10, P, True),
        (F, 8, P, False),
        (F, 9, F, True),
        (F, 8, F, False),
        (F, 10, P, False),
        (Outcome.PENDING, 0, P, True),
    ],
)
def test_thresholds(outcome: Outcome, points: int, must: Outcome, held: bool) -> None:
    record = only(
        check(
            "hidden-suite",
            item("a", must, "S4", musts=("no-row-lost",)),
            outcome=outcome,
            points=points,
            points_max=10,
            needed=0.9,
        )
    )
    assert record.threshold_held is held


def test_a_facet_is_shown_by_most_of_its_points() -> None:
    csv = [item(f"csv{n}", P if n else F, "S4", facets=("csv",)) for n in range(5)]
    http = [item(f"http{n}", P if n else F, "S4", facets=("http",)) for n in range(4)]
    broken_off = check("hidden-suite", *csv, *http, outcome=F)
    assert only(broken_off).facets == ("csv",)
    assert only(broken_off, facet_needed=0.75).facets == ("csv", "http")


def test_a_broken_check_makes_its_codes_void_in_all_checks() -> None:
    made = records(
        check("hidden-suite", item("a", P, "S4"), outcome=Outcome.BROKEN),
        check("artefacts", item("b", P, "S4"), item("c", P, "K24")),
        carries={"hidden-suite": ["S1", "S4"]},
    )
    assert [(one.kind, one.ksb, one.state) for one in made] == [
        (Kind.HIDDEN_SUITE, "S1", State.VOID),
        (Kind.HIDDEN_SUITE, "S4", State.VOID),
        (Kind.ARTEFACTS, "K24", State.COUNTED),
        (Kind.ARTEFACTS, "S4", State.VOID),
    ]
    assert made[-1].reason == "the hidden-suite check could not run"


def test_a_broken_check_whose_codes_are_not_known_makes_all_codes_void() -> None:
    made = records(
        check("hidden-suite", outcome=Outcome.BROKEN), check("style", item("b", P, "S8"))
    )
    assert {one.ksb for one in made} == {"S1", "S4", "S8", "K24"}
    assert {one.state for one in made} == {State.VOID}


def test_a_broken_test_makes_only_its_codes_void() -> None:
    made = records(
        check("hidden-suite", item("a", Outcome.BROKEN, "S4"), item("b", P, "S1")),
    )
    assert {one.ksb: one.state for one in made} == {"S1": State.COUNTED, "S4": State.VOID}


def test_what_a_tutor_has_yet_to_mark_waits() -> None:
    made = records(
        check(
            "rubric",
            item("reasons", P, "S4"),
            item("tone", Outcome.PENDING, "S4", "S1"),
            outcome=Outcome.PENDING,
            trust=Trust.JUDGED,
        )
    )
    assert [(one.ksb, one.state, one.points_max) for one in made] == [
        ("S1", State.AWAITING, 0),
        ("S4", State.AWAITING, 0),
        ("S4", State.COUNTED, 1),
    ]
    bare = records(check("rubric", outcome=Outcome.PENDING), carries={"rubric": ["S8"]})
    assert [(one.ksb, one.state) for one in bare] == [("S8", State.AWAITING)]


def test_from_a_graded_exercise_to_a_level_of_practice() -> None:
    suite = check(
        "hidden-suite",
        *(item(f"t{number}", P, "S4", facets=("csv",)) for number in range(4)),
        item("lost", P, "S4", musts=("no-row-lost",)),
        points=5,
        points_max=5,
    )
    own = check("own-tests", item("cover", F, "S8"), outcome=F, trust=Trust.REPORTED)
    made = records(suite, own, mode=Mode.PRACTICE, attempt=1)
    rules = Rules(
        facets={"S4": FacetRule(names=("csv", "http"), needed=2)},
        musts={"no-row-lost": frozenset({"S4"})},
    )
    offers = [
        Offer(exercise="csv-intake", client="Tagstore", difficulty=2, codes=("S4",)),
        Offer(exercise="sql-assets", client="Tagstore", difficulty=2, codes=("S4",)),
        Offer(
            exercise="loopback-json",
            client="Lineboard",
            difficulty=2,
            codes=("S4",),
            facets={"S4": ("http",)},
        ),
    ]
    found = skill_result("S4", made, rules, AT.date(), offers)
    assert (found.level, found.practice_level) == (Level.NO_EVIDENCE, Level.EMERGING)
    assert found.missing == (
        "hand in csv-intake: what you run yourself is practice",
        "one more exercise, for another client than Tagstore",
        "facet missing: http (our rule)",
    )
    assert found.next_exercise == "loopback-json"
    assert found.offered_in == ("csv-intake", "sql-assets", "loopback-json")
    (line,) = found.evidence
    assert (line.check, line.points, line.points_max, line.facets) == (
        "hidden-suite",
        5,
        5,
        ("csv",),
    )
    assert line.met
    assert not line.counted
