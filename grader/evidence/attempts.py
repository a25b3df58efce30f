"""From the records of one attempt to one outcome per KSB, and from attempts to what stands."""

from __future__ import annotations

import enum
from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime

import msgspec

from grader.evidence.records import Kind, Mode, MustState, Record, State
from grader.evidence.rules import Rules
from grader.results import Trust


class Verdict(enum.StrEnum):
    """What one attempt at one exercise says about one KSB.

    VOID: nothing of it counts, it has no effect. REPORTED: all that counts was measured inside
    the learner's own process; it is shown and decides nothing. AWAITING: a tutor has yet to mark.
    """

    VOID = "void"
    AWAITING = "awaiting tutor"
    REPORTED = "reported only"
    MUST_FAILED = "must failed"
    NOT_MET = "not met"
    PARTLY = "partly"
    MET = "met"


# The verdicts that decide something, worst first.
DECIDED = (Verdict.MUST_FAILED, Verdict.NOT_MET, Verdict.PARTLY, Verdict.MET)
RECORDED = frozenset({State.COUNTED, State.DISPUTED})


class AttemptOutcome(msgspec.Struct, frozen=True, kw_only=True):
    """One attempt at one exercise, seen from one KSB.

    `facets`, `applied`, `judged`, `beyond_questions`, `client` and `difficulty` come from records
    that we observed or a tutor judged, never from reported ones. `failed_musts` are those that
    block this KSB. `disputed` and `awaiting` say that some record of this KSB is in that state.
    """

    code: str
    exercise: str
    client: str
    difficulty: int
    mode: Mode
    attempt: int
    at: datetime
    verdict: Verdict
    version: str = ""
    points: int = 0
    points_max: int = 0
    facets: frozenset[str] = frozenset()
    failed_musts: frozenset[str] = frozenset()
    applied: bool = False
    judged: bool = False
    beyond_questions: bool = False
    disputed: bool = False
    awaiting: bool = False


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """Where one KSB stands in one exercise.

    The latest attempt counts, except that a `met` stands until a later attempt at the exercise
    fails a must-have of the KSB. `mets` are the attempts whose `met` stands, oldest first.
    `slipped` says that the latest attempt is worse than the best.
    """

    exercise: str
    verdict: Verdict
    latest: AttemptOutcome
    best: AttemptOutcome
    mets: tuple[AttemptOutcome, ...] = ()
    slipped: bool = False


def attempt_outcome(code: str, records: Iterable[Record], rules: Rules) -> AttemptOutcome | None:
    """Decide one KSB for one attempt, from all of the attempt's records, of any KSB.

    The first that fits: void; a must-have of the KSB failed; met (enough of the points, every
    behaviour if few carry the KSB, and the threshold of each check that carries it held); partly;
    not met. Reported records can hold the outcome down but not lift it: it is the worse of what
    all records say and of what the others say. None if no record carries the KSB.
    """
    everything = sorted(records, key=lambda record: record.evidence_id)
    ours = [record for record in everything if record.ksb == code]
    if not ours:
        return None
    counted = [record for record in ours if record.state in RECORDED]
    trusted = [record for record in counted if record.trust is not Trust.REPORTED]
    failed = failed_musts(code, everything, rules)
    source = (trusted or counted or ours)[0]
    return AttemptOutcome(
        code=code,
        exercise=source.exercise,
        client=source.client,
        difficulty=source.difficulty,
        mode=source.mode,
        attempt=source.attempt,
        at=source.at,
        version=source.exercise_version,
        verdict=_verdict(ours, counted, trusted, failed, rules),
        points=sum(record.points for record in counted),
        points_max=sum(record.points_max for record in counted),
        facets=frozenset(facet for record in trusted for facet in record.facets),
        failed_musts=failed,
        applied=any(record.applied and record.kind is not Kind.QUESTIONS for record in trusted),
        judged=any(record.trust is Trust.JUDGED for record in trusted),
        beyond_questions=any(record.kind is not Kind.QUESTIONS for record in trusted),
        disputed=any(record.state is State.DISPUTED for record in ours),
        awaiting=any(record.state is State.AWAITING for record in ours),
    )


def must_states(code: str, records: Iterable[Record], rules: Rules) -> dict[str, MustState]:
    """Return how each must-have that blocks the KSB ended in one attempt's records.

    One failure fails it. It is passed if some test that we observed or a tutor judged passed and
    none was left unreached.
    """
    seen: dict[str, list[tuple[MustState, Trust]]] = defaultdict(list)
    for record in records:
        if record.state in RECORDED:
            for must, state in record.musts.items():
                if code in rules.blocks(must, record.ksb):
                    seen[must].append((state, record.trust))
    return {must: _merged(states) for must, states in seen.items()}


def failed_musts(code: str, records: Iterable[Record], rules: Rules) -> frozenset[str]:
    """Return the must-haves of one attempt that failed and block the KSB."""
    states = must_states(code, records, rules)
    return frozenset(must for must, state in states.items() if state is MustState.FAILED)


def by_attempt(records: Iterable[Record]) -> list[list[Record]]:
    """Group records into attempts: same exercise, mode, number and time; oldest first."""
    groups: dict[tuple[datetime, str, int, Mode], list[Record]] = defaultdict(list)
    for record in records:
        groups[record.at, record.exercise, record.attempt, record.mode].append(record)
    return [groups[key] for key in sorted(groups)]


def standings(outcomes: Iterable[AttemptOutcome]) -> tuple[Standing, ...]:
    """Return where each exercise stands, by exercise id; undecided attempts change nothing."""
    groups: dict[str, list[AttemptOutcome]] = defaultdict(list)
    for outcome in outcomes:
        if outcome.verdict in DECIDED:
            groups[outcome.exercise].append(outcome)
    return tuple(_standing(groups[exercise]) for exercise in sorted(groups))


def met_on(outcome: AttemptOutcome) -> date:
    """Return the day on which an attempt was handed in."""
    return outcome.at.date()


def _standing(outcomes: list[AttemptOutcome]) -> Standing:
    ordered = sorted(outcomes, key=lambda outcome: (outcome.at, outcome.attempt, outcome.mode))
    latest = ordered[-1]
    best = max(reversed(ordered), key=lambda outcome: DECIDED.index(outcome.verdict))
    since = 0  # where the attempts after the last failed must-have begin
    for number, outcome in enumerate(ordered):
        if outcome.verdict is Verdict.MUST_FAILED:
            since = number + 1
    mets = tuple(outcome for outcome in ordered[since:] if outcome.verdict is Verdict.MET)
    return Standing(
        exercise=latest.exercise,
        verdict=Verdict.MET if mets else latest.verdict,
        latest=latest,
        best=best,
        mets=mets,
        slipped=latest.verdict is not best.verdict,
    )


def _verdict(
    ours: list[Record],
    counted: list[Record],
    trusted: list[Record],
    failed: frozenset[str],
    rules: Rules,
) -> Verdict:
    if not counted:
        waiting = any(record.state is State.AWAITING for record in ours)
        return Verdict.AWAITING if waiting else Verdict.VOID
    if failed:
        return Verdict.MUST_FAILED
    if not trusted:
        return Verdict.REPORTED
    return min(_by_points(counted, rules), _by_points(trusted, rules), key=DECIDED.index)


def _by_points(records: list[Record], rules: Rules) -> Verdict:
    points = sum(record.points for record in records)
    points_max = sum(record.points_max for record in records)
    # A quotient and a decimal such as 0.8 round to the same float if they are the same number;
    # a product (0.8 * 35) need not.
    share = points / points_max if points_max else 0.0
    behaviours = sum(record.behaviours for record in records)
    if behaviours < rules.behaviours:
        enough = 0 < behaviours == sum(record.behaviours_met for record in records)
    else:
        enough = share >= rules.needed
    if enough and share >= rules.needed and all(record.threshold_held for record in records):
        return Verdict.MET
    return Verdict.PARTLY if share >= rules.partly else Verdict.NOT_MET


def _merged(states: list[tuple[MustState, Trust]]) -> MustState:
    found = {state for state, _ in states}
    if MustState.FAILED in found:
        return MustState.FAILED
    vouched = any(
        state is MustState.PASSED and trust is not Trust.REPORTED for state, trust in states
    )
    reached = MustState.NOT_REACHED not in found
    return MustState.PASSED if vouched and reached else MustState.NOT_REACHED
