"""From all records of one apprentice to the level of one KSB."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

import msgspec

from grader.evidence.attempts import (
    AttemptOutcome,
    Standing,
    Verdict,
    attempt_outcome,
    by_attempt,
    met_on,
    must_states,
    standings,
)
from grader.evidence.records import Mode, MustState, Record, Talk
from grader.evidence.rules import FacetRule, Rules
from grader.results import Level
from grader.standard import standard

Breaks = Sequence[tuple[date, date]]

RANKS = {
    Level.NO_EVIDENCE: 0,
    Level.NOT_MET: 0,
    Level.EMERGING: 1,
    Level.CONSISTENT: 2,
    Level.CONFIRMED: 3,
}


class Need(enum.StrEnum):
    """What `consistent` still lacks."""

    OPEN_MUST = "open must"
    EXERCISES = "exercises"
    CLIENTS = "clients"
    DIFFICULTY = "difficulty"
    APPLIED = "applied"
    BEYOND_QUESTIONS = "beyond questions"
    FACETS = "facets"
    DATES = "dates"


class OpenMust(msgspec.Struct, frozen=True, kw_only=True):
    """A must-have that failed last in `exercise` on that day and has not been passed since."""

    must: str
    exercise: str
    on: date


class FacetGap(msgspec.Struct, frozen=True, kw_only=True):
    """Facets of which `more` are still needed; all of `names` where there is no choice."""

    names: tuple[str, ...]
    more: int

    def __str__(self) -> str:
        listed = ", ".join(self.names)
        return listed if self.more == len(self.names) else f"{self.more} of {listed}"


class LevelResult(msgspec.Struct, frozen=True, kw_only=True):
    """The level of one KSB and everything behind it.

    `counting` are the attempts that count towards `consistent`; `needs` is empty from
    `consistent` on. `fresh_days` is the number of days until the newest met is stale, negative
    if it is, None without a met. `awaiting`, `reported_only`, `slipped` and `disputed` name
    exercises.
    """

    code: str
    level: Level
    rules_version: str
    outcomes: tuple[AttemptOutcome, ...] = ()
    standings: tuple[Standing, ...] = ()
    counting: tuple[AttemptOutcome, ...] = ()
    needs: frozenset[Need] = frozenset()
    open_musts: tuple[OpenMust, ...] = ()
    facets_held: tuple[str, ...] = ()
    facets_missing: tuple[FacetGap, ...] = ()
    fresh_days: int | None = None
    slipped: tuple[str, ...] = ()
    disputed: tuple[str, ...] = ()
    reported_only: tuple[str, ...] = ()
    awaiting: tuple[str, ...] = ()

    @property
    def met(self) -> frozenset[str]:
        """The exercises in which the KSB is met."""
        return frozenset(one.exercise for one in self.standings if one.mets)

    @property
    def stale(self) -> bool:
        """Whether the newest met is older than the rules allow; shown, never a demotion."""
        return self.fresh_days is not None and self.fresh_days < 0

    @property
    def overlays(self) -> tuple[str, ...]:
        """What is shown in front of the level, most urgent first."""
        flags = [f"open must: {one.must}" for one in self.open_musts]
        flags += ["stale"] * self.stale
        flags += ["slipped"] * bool(self.slipped)
        flags += ["disputed"] * bool(self.disputed)
        flags += [f"facet missing: {gap}" for gap in self.facets_missing if self.met]
        flags += ["reported only"] * bool(self.reported_only)
        flags += ["awaiting tutor"] * bool(self.awaiting)
        return tuple(flags)


def rank(level: Level) -> int:
    """Order levels: "no evidence yet" and "not met yet" are both the ground, neither is higher."""
    return RANKS[level]


def level(
    code: str,
    records: Iterable[Record],
    rules: Rules,
    today: date,
    *,
    count_practice: bool = False,
    breaks: Breaks = (),
    talks: Sequence[Talk] = (),
) -> LevelResult:
    """Return the level of one KSB from all records of one apprentice, those of other KSBs too.

    `count_practice` shows what the level would be if practice runs counted. `breaks` are breaks
    in learning, first and last day included, which stop the clock of `stale`. Raises KeyError
    for an unknown code and ValueError for records of several apprentices or two that share an id.
    """
    kind = standard().ksbs[code].kind
    mine = [one for one in _of_one(records) if count_practice or one.mode is Mode.ASSESSED]
    attempts = by_attempt(mine)
    found = [attempt_outcome(code, attempt, rules) for attempt in attempts]
    outcomes = tuple(outcome for outcome in found if outcome is not None)
    places = standings(outcomes)
    counting = tuple(met for place in places for met in place.mets if _counts(met, rules))
    opened = open_musts(code, attempts, rules)
    facets = rules.facets.get(code, FacetRule(names=(), needed=0))
    held = tuple(name for name in facets.names if any(name in met.facets for met in counting))
    gaps = _facet_gaps(facets, held)
    needs = _needs(kind, counting, rules)
    needs |= {Need.OPEN_MUST} if opened else set()
    needs |= {Need.FACETS} if gaps else set()
    result = LevelResult(
        code=code,
        level=_ground(places) if needs else Level.CONSISTENT,
        rules_version=rules.version,
        outcomes=outcomes,
        standings=places,
        counting=counting,
        needs=frozenset(needs),
        open_musts=opened,
        facets_held=held,
        facets_missing=gaps,
        fresh_days=_fresh_days(places, rules, today, breaks),
        slipped=tuple(place.exercise for place in places if place.slipped),
        disputed=tuple(sorted({one.exercise for one in outcomes if one.disputed})),
        reported_only=_reported_only(outcomes, places),
        awaiting=_awaiting(outcomes),
    )
    if any(_confirms(talk, result, mine, rules, today) for talk in talks):
        return msgspec.structs.replace(result, level=Level.CONFIRMED)
    return result


def open_musts(code: str, attempts: Sequence[list[Record]], rules: Rules) -> tuple[OpenMust, ...]:
    """Return the must-haves that block the KSB now, by id.

    A failure opens one, in whichever exercise, also in one that doesn't carry the KSB. Only the
    same must-have passed in a later attempt closes it, again in any exercise.
    """
    failed: dict[str, tuple[datetime, str]] = {}
    passed: dict[str, datetime] = {}
    for attempt in attempts:
        at, exercise = attempt[0].at, attempt[0].exercise
        for must, state in must_states(code, attempt, rules).items():
            if state is MustState.FAILED:
                failed[must] = max(failed.get(must, (at, exercise)), (at, exercise))
            elif state is MustState.PASSED:
                passed[must] = max(passed.get(must, at), at)
    return tuple(
        OpenMust(must=must, exercise=exercise, on=at.date())
        for must, (at, exercise) in sorted(failed.items())
        if must not in passed or passed[must] <= at
    )


def days_between(start: date, end: date, breaks: Breaks) -> int:
    """Count the days after `start` up to `end` that lie in no break; 0 if `end` is earlier."""
    days, reached = max(0, (end - start).days), start
    for first, last in sorted(breaks):
        begin = max(first, reached + timedelta(days=1))
        stop = min(last, end)
        if begin <= stop:
            days -= (stop - begin).days + 1
            reached = stop
    return days


def _of_one(records: Iterable[Record]) -> list[Record]:
    """Check that the records are one apprentice's and drop repeated ones."""
    found: dict[str, Record] = {}
    for record in records:
        if found.setdefault(record.evidence_id, record) != record:
            raise ValueError(f"two different records have the id {record.evidence_id}")
    if len({record.learner for record in found.values()}) > 1:
        raise ValueError("the records of one apprentice are needed, and these are of several")
    return list(found.values())


def _ground(places: tuple[Standing, ...]) -> Level:
    if not places:
        return Level.NO_EVIDENCE
    some = any(place.verdict in (Verdict.MET, Verdict.PARTLY) for place in places)
    return Level.EMERGING if some else Level.NOT_MET


def _counts(met: AttemptOutcome, rules: Rules) -> bool:
    """Say whether a standing met counts towards `consistent`: undisputed, judged where needed."""
    return not met.disputed and (met.judged or met.code not in rules.tutor_only)


def _needs(kind: str, counting: tuple[AttemptOutcome, ...], rules: Rules) -> set[Need]:
    days = [met_on(met) for met in counting]
    apart = (max(days) - min(days)).days if days else 0
    lacks = {
        Need.EXERCISES: len({met.exercise for met in counting}) < rules.exercises,
        Need.CLIENTS: len({met.client for met in counting}) < rules.clients,
        Need.DIFFICULTY: all(met.difficulty < 2 for met in counting),
        Need.APPLIED: kind == "knowledge" and not any(met.applied for met in counting),
        # Without any met the exercises are lacking; what kind they are of is no matter yet.
        Need.BEYOND_QUESTIONS: bool(counting) and not any(met.beyond_questions for met in counting),
        Need.DATES: kind == "behaviour" and (not days or apart < rules.apart_days),
    }
    return {need for need, lacking in lacks.items() if lacking}


def _facet_gaps(rule: FacetRule, held: tuple[str, ...]) -> tuple[FacetGap, ...]:
    always = [name for name in rule.always if name not in held]
    gaps = [FacetGap(names=(name,), more=1) for name in always]
    others = tuple(name for name in rule.names if name not in held and name not in always)
    more = rule.needed - len(held) - len(always)
    if more >= len(others):
        gaps += [FacetGap(names=(name,), more=1) for name in others]
    elif more > 0:
        gaps.append(FacetGap(names=others, more=more))
    return tuple(gaps)


def _fresh_days(
    places: tuple[Standing, ...], rules: Rules, today: date, breaks: Breaks
) -> int | None:
    days = [met_on(met) for place in places for met in place.mets]
    if not days:
        return None
    return rules.stale_days - days_between(max(days), today, breaks)


def _reported_only(
    outcomes: tuple[AttemptOutcome, ...], places: tuple[Standing, ...]
) -> tuple[str, ...]:
    """Name the exercises in which nothing but reported evidence exists for the KSB."""
    reported = {one.exercise for one in outcomes if one.verdict is Verdict.REPORTED}
    return tuple(sorted(reported - {place.exercise for place in places}))


def _awaiting(outcomes: tuple[AttemptOutcome, ...]) -> tuple[str, ...]:
    """Name the exercises whose latest attempt (outcomes are oldest first) waits for a tutor."""
    latest = {one.exercise: one for one in outcomes if one.verdict is not Verdict.VOID}
    return tuple(sorted(name for name, one in latest.items() if one.awaiting))


def _confirms(
    talk: Talk, result: LevelResult, records: list[Record], rules: Rules, today: date
) -> bool:
    """Say whether a talk confirms: the KSB is consistent, and was when the work was talked over."""
    about = any(met.exercise == talk.exercise for met in result.counting)
    if result.level is not Level.CONSISTENT or not about or talk.on > today:
        return False
    before = [record for record in records if record.at.date() <= talk.on]
    then = level(result.code, before, rules, talk.on, count_practice=True)
    carried = any(met.exercise == talk.exercise for met in then.counting)
    return then.level is Level.CONSISTENT and carried
