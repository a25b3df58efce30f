"""From the result of one exercise to records, one per KSB, check and who vouches for it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import NamedTuple

import msgspec

from grader.errors import ExerciseError
from grader.evidence.records import Help, Kind, Mode, MustState, Record, State
from grader.evidence.rules import NEEDED
from grader.results import CheckResult, ExerciseResult, Item, Outcome, Status, Trust

# Weakest first: a behaviour is vouched for by the weakest of its tests.
STRENGTH = (Trust.REPORTED, Trust.OBSERVED, Trust.JUDGED)


class Context(NamedTuple):
    """What all records of one attempt share."""

    result: ExerciseResult
    learner: str
    attempt: int
    mode: Mode
    at: datetime
    help: Help
    judge: str
    facet_needed: float


class Behaviour(NamedTuple):
    """Tests that belong together: all must pass for the points."""

    items: tuple[Item, ...]
    trust: Trust

    @property
    def points(self) -> int:
        """What it is worth: its tests each name the same points, so the most that one names."""
        return max(item.points for item in self.items)

    @property
    def held(self) -> bool:
        """Whether every test of it passed."""
        return all(item.outcome is Outcome.PASSED for item in self.items)

    @property
    def ksbs(self) -> set[str]:
        """The codes that any of its tests carries."""
        return {code for item in self.items for code in item.ksbs}

    @property
    def facets(self) -> set[str]:
        """The facets that any of its tests shows."""
        return {facet for item in self.items for facet in item.facets}


def records_of(
    result: ExerciseResult,
    *,
    learner: str,
    attempt: int,
    mode: Mode,
    at: datetime,
    help: Help = Help.NONE,
    judge: str = "",
    carries: Mapping[str, Collection[str]] | None = None,
    facet_needed: float = NEEDED,
) -> list[Record]:
    """Turn one graded exercise into records; `at` is when it was handed in, with its time zone.

    Examples, skipped checks and work that was not started give none. A broken check or test
    makes every record of the codes it carries void, other checks' records included: what it
    would have said is not known, and that must neither raise nor lower. What a tutor has yet to
    mark gives a record that waits. `carries` names the codes of a check by its name, for checks
    that broke or wait without items; without it such a check counts as carrying those on its
    table, or, if it names none, all codes of the exercise. `facet_needed` is the share of a
    facet's points that shows it. Raises ExerciseError for a kind of check that is no evidence here.
    """
    if at.tzinfo is None:
        raise ValueError("the time of a hand-in needs a time zone")
    if result.status is Status.NOT_STARTED:
        return []
    context = Context(result, learner, attempt, mode, at, help, judge, facet_needed)
    made: list[Record] = []
    broken: dict[str, str] = {}
    for check in result.checks:
        if not check.evidence or check.outcome is Outcome.SKIPPED:
            continue
        kind = _kind(check)
        table = (carries or {}).get(check.name, check.ksbs or result.ksbs)
        codes = _codes_of(check.items) | set(table)
        if check.outcome is Outcome.BROKEN:
            broken |= dict.fromkeys(codes, check.name)
            made += [_record(context, check, kind, code, State.VOID) for code in sorted(codes)]
            continue
        broken |= dict.fromkeys(_codes_of(check.items, Outcome.BROKEN), check.name)
        made += _awaiting(context, check, kind, codes) + _counted(context, check, kind)
    return [_voided(record, broken) for record in made]


def _kind(check: CheckResult) -> Kind:
    try:
        return Kind(check.name)
    except ValueError:
        known = ", ".join(Kind)
        raise ExerciseError(
            f"The check {check.name!r} gives evidence, but is none of {known}."
        ) from None


def _codes_of(items: Iterable[Item], outcome: Outcome | None = None) -> set[str]:
    """Return the codes that items carry, those with this outcome if one is given."""
    return {code for item in items if outcome in (None, item.outcome) for code in item.ksbs}


def _awaiting(context: Context, check: CheckResult, kind: Kind, codes: set[str]) -> list[Record]:
    waiting = _codes_of(check.items, Outcome.PENDING)
    if check.outcome is Outcome.PENDING and not check.items:
        waiting = codes
    return [_record(context, check, kind, code, State.AWAITING) for code in sorted(waiting)]


def _counted(context: Context, check: CheckResult, kind: Kind) -> list[Record]:
    groups: dict[tuple[str, Trust], list[Behaviour]] = defaultdict(list)
    for behaviour in _behaviours(check):
        codes = behaviour.ksbs or ({""} if any(item.musts for item in behaviour.items) else set())
        for code in codes:
            groups[code, behaviour.trust].append(behaviour)
    held = threshold_held(check)
    return [
        _record(
            context,
            check,
            kind,
            code,
            State.COUNTED,
            trust=trust,
            threshold=held,
            behaviours=tuple(behaviours),
        )
        for (code, trust), behaviours in sorted(groups.items(), key=lambda pair: pair[0])
    ]


def _behaviours(check: CheckResult) -> list[Behaviour]:
    groups: dict[str, list[Item]] = defaultdict(list)
    for item in check.items:
        if item.outcome is not Outcome.PENDING:
            groups[item.behaviour or item.id.partition("[")[0]].append(item)
    return [Behaviour(tuple(items), _weakest(check, items)) for items in groups.values()]


def _weakest(check: CheckResult, items: Iterable[Item]) -> Trust:
    """Return who vouches: the check's own word outweighs the default of an item."""
    trusts = {item.trust for item in items}
    if check.trust is Trust.JUDGED:
        trusts = {Trust.JUDGED if trust is Trust.OBSERVED else trust for trust in trusts}
    return min({*trusts, check.trust}, key=STRENGTH.index)


def threshold_held(check: CheckResult) -> bool:
    """Say whether a check reached its threshold.

    A check that failed with enough points held its threshold only if a failed must-have explains
    the failure, since must-haves are judged by themselves.
    """
    if check.outcome is not Outcome.FAILED:
        return True
    enough = check.points_max > 0 and check.points / check.points_max >= check.needed
    return enough and any(item.musts and item.outcome is not Outcome.PASSED for item in check.items)


def must_state(item: Item) -> MustState:
    """Return what one test says of its must-haves; a shared cause means it was not reached."""
    if item.outcome is Outcome.PASSED:
        return MustState.PASSED
    if item.outcome is Outcome.FAILED and not item.cause:
        return MustState.FAILED
    return MustState.NOT_REACHED


def _musts(behaviours: tuple[Behaviour, ...]) -> dict[str, MustState]:
    """Merge the must-haves of these tests: failed, else not reached, else passed."""
    worst = (MustState.FAILED, MustState.NOT_REACHED, MustState.PASSED)
    found: dict[str, MustState] = {}
    for behaviour in behaviours:
        for item in behaviour.items:
            for must in item.musts:
                state = must_state(item)
                found[must] = min(found.get(must, state), state, key=worst.index)
    return dict(sorted(found.items()))


def _facets(behaviours: tuple[Behaviour, ...], needed: float) -> tuple[str, ...]:
    shown = []
    for facet in sorted({name for behaviour in behaviours for name in behaviour.facets}):
        theirs = [behaviour for behaviour in behaviours if facet in behaviour.facets]
        points_max = sum(behaviour.points for behaviour in theirs)
        points = sum(behaviour.points for behaviour in theirs if behaviour.held)
        if points_max and points / points_max >= needed:
            shown.append(facet)
    return tuple(shown)


def _record(
    context: Context,
    check: CheckResult,
    kind: Kind,
    code: str,
    state: State,
    *,
    trust: Trust | None = None,
    threshold: bool = True,
    behaviours: tuple[Behaviour, ...] = (),
) -> Record:
    result, vouched = context.result, trust or check.trust
    held = [behaviour for behaviour in behaviours if behaviour.held]
    return Record(
        evidence_id="/".join(
            (
                context.learner,
                result.id,
                f"{context.mode}-{context.attempt}@{context.at.isoformat()}",
                kind,
                code or "musts",
                vouched if state is not State.AWAITING else state,
            )
        ),
        learner=context.learner,
        exercise=result.id,
        exercise_version=result.digest.exercise,
        attempt=context.attempt,
        mode=context.mode,
        at=context.at,
        ksb=code,
        kind=kind,
        client=result.client,
        difficulty=result.difficulty,
        trust=vouched,
        applied=kind is not Kind.QUESTIONS,
        work=result.digest.work,
        facets=_facets(behaviours, context.facet_needed),
        points=sum(behaviour.points for behaviour in held),
        points_max=sum(behaviour.points for behaviour in behaviours),
        behaviours=len(behaviours),
        behaviours_met=len(held),
        musts=_musts(behaviours),
        threshold_held=threshold,
        help=context.help,
        state=state,
        judge=context.judge,
    )


def _voided(record: Record, broken: Mapping[str, str]) -> Record:
    if record.ksb not in broken or record.state is State.AWAITING:
        return record
    reason = f"the {broken[record.ksb]} check could not run"
    return msgspec.structs.replace(record, state=State.VOID, reason=reason)
