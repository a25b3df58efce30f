"""Laws of the evidence model, over made-up histories."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.evidence import (
    FacetRule,
    Help,
    Kind,
    LevelResult,
    Mode,
    MustState,
    Record,
    Rules,
    State,
    Talk,
    level,
    rank,
)
from grader.results import Level, Trust

CODES = ("S4", "K13", "B3", "S9")
MUSTS = ("no-row-lost", "no-leak", "unlisted")
RULES = Rules(
    facets={"S4": FacetRule(names=("csv", "sqlite", "http"), needed=2)},
    musts={"no-row-lost": frozenset({"S4", "K13"}), "no-leak": frozenset({"B3", "S4"})},
)
START = datetime(2026, 1, 1, 9, 0, tzinfo=UTC)
TODAY = date(2026, 12, 1)
PLACES = {"one": ("Tapline", 1), "two": ("Becksafe", 2), "three": ("Tagstore", 3)}
TALKS = (
    Talk(exercise="two", on=date(2026, 3, 30), tutor="T-1"),
    Talk(exercise="three", on=date(2026, 6, 1), tutor="T-1"),
)

# Good results are frequent, or hardly any history would reach a level that can change.
points = st.sampled_from([10, 10, 10, 9, 8, 6, 4, 0])
states = st.sampled_from([State.COUNTED] * 7 + [State.DISPUTED, State.AWAITING])
must_tables = st.sampled_from([{}] * 6 + [{must: state} for must in MUSTS for state in MustState])


@st.composite
def records(draw: st.DrawFn, /, **fixed: Any) -> Record:
    """Draw one record; the id is given later, by its place in the history."""
    exercise = draw(st.sampled_from(tuple(PLACES)))
    client, difficulty = PLACES[exercise]
    attempt = draw(st.integers(1, 3))
    got = draw(points)
    facts: dict[str, Any] = {
        "mode": draw(st.sampled_from([Mode.ASSESSED, Mode.ASSESSED, Mode.PRACTICE])),
        "ksb": draw(st.sampled_from(CODES + ("S4",) * 6)),
        "kind": draw(st.sampled_from([Kind.HIDDEN_SUITE, Kind.QUESTIONS, Kind.RUBRIC])),
        "trust": draw(st.sampled_from([Trust.OBSERVED, Trust.OBSERVED, Trust.JUDGED])),
        "applied": draw(st.booleans()),
        "facets": tuple(draw(st.sets(st.sampled_from(["csv", "sqlite", "http"])))),
        "points": got,
        "points_max": 10,
        "behaviours": 5,
        "behaviours_met": got // 2,
        "musts": draw(must_tables),
        "threshold_held": draw(st.sampled_from([True, True, True, False])),
        "help": draw(st.sampled_from(Help)),
        "state": draw(states),
        "exercise_version": draw(st.sampled_from(["v1", "v2"])),
    }
    return Record(
        evidence_id="",
        learner="L-1",
        exercise=exercise,
        client=client,
        difficulty=difficulty,
        attempt=attempt,
        at=START + timedelta(days=40 * attempt + 13 * len(exercise)),
        **facts | fixed,
    )


def named(history: list[Record]) -> list[Record]:
    return [
        msgspec.structs.replace(one, evidence_id=f"r{place}") for place, one in enumerate(history)
    ]


def solid(exercise: str, attempt: int, code: str) -> Record:
    """Make a record that is as good as can be; two of them make a code consistent."""
    client, difficulty = PLACES[exercise]
    return Record(
        evidence_id="",
        learner="L-1",
        exercise=exercise,
        client=client,
        difficulty=difficulty,
        attempt=attempt,
        at=START + timedelta(days=40 * attempt + 13 * len(exercise)),
        mode=Mode.ASSESSED,
        ksb=code,
        kind=Kind.RUBRIC,
        trust=Trust.JUDGED,
        facets=("csv", "sqlite"),
        points=10,
        points_max=10,
        behaviours=5,
        behaviours_met=5,
    )


# Most histories start at consistent or just below it, so that there is something to lose or gain.
FIRST = [solid("two", 1, code) for code in CODES]
SECOND = [solid("three", 2, code) for code in CODES]
WEAK = [
    msgspec.structs.replace(one, trust=Trust.OBSERVED, points=6, behaviours_met=3) for one in SECOND
]
OPEN = [
    msgspec.structs.replace(solid("one", 1, code), musts={"unlisted": MustState.FAILED})
    for code in CODES
]
starts = st.sampled_from([[], FIRST, FIRST + SECOND, FIRST + WEAK, FIRST + SECOND + OPEN])
histories = st.builds(
    lambda start, more: named(start + more), starts, st.lists(records(), max_size=6)
)
codes = st.sampled_from(CODES)


def look(code: str, history: list[Record], today: date = TODAY, **more: Any) -> LevelResult:
    return level(code, history, RULES, today, talks=TALKS, **more)


def added(history: list[Record], record: Record) -> list[Record]:
    return [*history, msgspec.structs.replace(record, evidence_id="new")]


def beside(data: st.DataObject, history: list[Record], code: str, record: Record) -> list[Record]:
    """Add a record of the code, often to an attempt that is there already."""
    record = msgspec.structs.replace(record, ksb=code)
    together: bool = data.draw(st.booleans())
    if history and together:
        other: Record = data.draw(st.sampled_from(history))
        record = msgspec.structs.replace(
            record,
            **{name: getattr(other, name) for name in ("exercise", "attempt", "at", "mode")},
        )
    return added(history, record)


def changed(history: list[Record], place: int, **facts: Any) -> list[Record]:
    changed_one = msgspec.structs.replace(history[place], **facts)
    return [*history[:place], changed_one, *history[place + 1 :]]


law = settings(deadline=None, max_examples=80)


@law
@given(history=histories, code=codes, data=st.data())
def test_adding_a_failed_must_have_never_raises_a_level(
    history: list[Record], code: str, data: st.DataObject
) -> None:
    before = rank(look(code, history).level)
    fails = data.draw(records(ksb=code, musts={"unlisted": MustState.FAILED}))
    if fails.state is not State.AWAITING:
        assert rank(look(code, added(history, fails)).level) <= before
    if history:
        place = data.draw(st.integers(0, len(history) - 1))
        must = data.draw(st.sampled_from(MUSTS))
        musts = {**history[place].musts, must: MustState.FAILED}
        assert rank(look(code, changed(history, place, musts=musts)).level) <= before


@law
@given(history=histories, code=codes, record=records(mode=Mode.PRACTICE))
def test_adding_a_practice_run_never_changes_a_level(
    history: list[Record], code: str, record: Record
) -> None:
    assert look(code, added(history, record)) == look(code, history)


@law
@given(history=histories, code=codes, data=st.data())
def test_the_order_of_records_is_irrelevant(
    history: list[Record], code: str, data: st.DataObject
) -> None:
    for _ in range(3):
        history = named(beside(data, history, code, data.draw(records())))
    other = data.draw(st.permutations(history))
    for practice in (False, True):
        here = look(code, history, count_practice=practice)
        assert look(code, other, count_practice=practice) == here


@law
@given(
    history=histories,
    code=codes,
    record=records(state=State.VOID, musts={"unlisted": MustState.FAILED}),
    data=st.data(),
)
def test_voiding_restores_the_former_level(
    history: list[Record], code: str, record: Record, data: st.DataObject
) -> None:
    before, after = look(code, history), look(code, beside(data, history, code, record))
    assert after.level is before.level
    assert after.overlays == before.overlays
    assert after.standings == before.standings
    assert after.needs == before.needs


@law
@given(
    history=histories,
    code=codes,
    record=records(trust=Trust.REPORTED, state=State.COUNTED, mode=Mode.ASSESSED),
    data=st.data(),
)
def test_reported_evidence_never_raises_a_level(
    history: list[Record], code: str, record: Record, data: st.DataObject
) -> None:
    # Many points, so that they would lift the attempt if they could; a must-have passed as well.
    musts = data.draw(st.sampled_from([{}, dict.fromkeys(MUSTS, MustState.PASSED)]))
    rich = msgspec.structs.replace(record, points=90, points_max=90, musts=musts)
    before, after = look(code, history), look(code, beside(data, history, code, rich))
    assert rank(after.level) <= rank(before.level)
    assert set(after.open_musts) >= set(before.open_musts)
    assert after.met <= before.met


@law
@given(history=st.lists(records(trust=Trust.REPORTED), max_size=12).map(named), code=codes)
def test_reported_evidence_alone_is_at_most_not_met(history: list[Record], code: str) -> None:
    assert rank(look(code, history).level) == 0


@law
@given(history=histories, code=codes, days=st.integers(0, 3000))
def test_time_alone_never_demotes(history: list[Record], code: str, days: int) -> None:
    now, later = look(code, history), look(code, history, TODAY + timedelta(days=days))
    assert later.level is now.level
    assert set(later.overlays) - set(now.overlays) <= {"stale"}


@law
@given(history=histories, code=codes, help_used=st.sampled_from(Help))
def test_help_never_changes_a_level(history: list[Record], code: str, help_used: Help) -> None:
    helped = [msgspec.structs.replace(one, help=help_used) for one in history]
    assert look(code, helped) == look(code, history)


@law
@given(
    history=st.lists(
        records(trust=Trust.OBSERVED, kind=Kind.HIDDEN_SUITE, state=State.COUNTED), max_size=14
    ).map(named),
    code=st.sampled_from(["B3", "S9"]),
)
def test_no_machine_lifts_what_only_a_tutor_can_judge(history: list[Record], code: str) -> None:
    assert rank(look(code, history).level) <= rank(Level.EMERGING)


@law
@given(
    history=st.lists(records(kind=Kind.QUESTIONS), max_size=14).map(named),
    code=st.sampled_from(["S4", "K13"]),
)
def test_questions_alone_never_make_consistent(history: list[Record], code: str) -> None:
    assert rank(look(code, history).level) <= rank(Level.EMERGING)


@law
@given(history=histories, code=codes)
def test_breaks_only_ever_keep_evidence_fresh(history: list[Record], code: str) -> None:
    pause = [(date(2026, 5, 1), date(2026, 9, 30))]
    plain, paused = look(code, history), look(code, history, breaks=pause)
    assert paused.level is plain.level
    assert (paused.fresh_days or 0) >= (plain.fresh_days or 0)


def test_the_histories_reach_every_level() -> None:
    """The laws say little if the made-up histories never get anywhere."""
    reached: set[Level] = set()

    @settings(deadline=None, max_examples=200, derandomize=True, database=None)
    @given(history=histories, code=codes)
    def walk(history: list[Record], code: str) -> None:
        reached.add(look(code, history).level)

    walk()
    assert reached == set(Level)
