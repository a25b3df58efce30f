"""The level of a KSB as a report shows it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from grader.evidence.attempts import RECORDED, AttemptOutcome, Verdict
from grader.evidence.guidance import Offer, missing, next_exercise
from grader.evidence.levels import Breaks, LevelResult, level
from grader.evidence.records import Help, Mode, MustState, Record, State, Talk
from grader.evidence.rules import Rules
from grader.results import EvidenceLine, SkillResult, Trust
from grader.standard import standard


def skill_result(
    code: str,
    records: Iterable[Record],
    rules: Rules,
    today: date,
    offered: Sequence[Offer],
    *,
    breaks: Breaks = (),
    talks: Sequence[Talk] = (),
) -> SkillResult:
    """Return the level of one KSB with its evidence and the way on.

    `records` are all of one apprentice, of any KSB; `offered` are the released exercises in
    catalogue order. `practice_level` is what the level would be if practice counted. Where
    practice is ahead, the way on starts with handing that work in.
    """
    records = list(records)
    handed_in = level(code, records, rules, today, breaks=breaks, talks=talks)
    tried = level(code, records, rules, today, count_practice=True, breaks=breaks, talks=talks)
    ready = _in_order(tried.met - handed_in.met, offered)
    basis = tried if ready or not handed_in.outcomes else handed_in
    lines = [f"hand in {', '.join(ready)}: what you run yourself is practice"] if ready else []
    return SkillResult(
        code=code,
        text=standard().ksbs[code].text,
        level=handed_in.level,
        practice_level=tried.level,
        overlays=handed_in.overlays,
        evidence=_evidence(code, records, tried),
        missing=(*lines, *missing(basis, rules, offered)),
        next_exercise=next_exercise(basis, rules, offered),
        awaiting_tutor=bool(handed_in.awaiting),
        offered_in=tuple(offer.exercise for offer in offered if code in offer.codes),
    )


def _in_order(exercises: frozenset[str], offered: Sequence[Offer]) -> list[str]:
    order = {offer.exercise: number for number, offer in enumerate(offered)}
    return sorted(exercises, key=lambda one: (order.get(one, len(order)), one))


def _evidence(code: str, records: list[Record], tried: LevelResult) -> tuple[EvidenceLine, ...]:
    outcomes = {_attempt(outcome): outcome for outcome in tried.outcomes}
    ours = [record for record in records if record.ksb == code]
    ours.sort(key=lambda one: (one.at, one.exercise, one.attempt, one.kind, one.evidence_id))
    return tuple(_line(record, outcomes[_attempt(record)]) for record in ours)


def _attempt(one: Record | AttemptOutcome) -> tuple[object, ...]:
    return one.at, one.exercise, one.attempt, one.mode


def _line(record: Record, outcome: AttemptOutcome) -> EvidenceLine:
    counts = record.state in RECORDED
    return EvidenceLine(
        exercise=record.exercise,
        client=record.client,
        check=record.kind,
        trust=record.trust,
        outcome=outcome.verdict if counts else record.state,
        met=counts and outcome.verdict is Verdict.MET,
        counted=counts and record.mode is Mode.ASSESSED,
        at=record.at.isoformat(),
        points=record.points,
        points_max=record.points_max,
        facets=record.facets,
        note="; ".join(_notes(record)),
        work=record.work,
    )


def _notes(record: Record) -> list[str]:
    notes = ["practice, not counted"] if record.mode is Mode.PRACTICE else []
    if record.state is State.VOID:
        notes.append("void: " + (record.reason or "no reason given"))
    elif record.state is State.DISPUTED:
        notes.append("disputed")
    elif record.state is State.AWAITING:
        notes.append("waiting for your tutor")
    failed = sorted(must for must, state in record.musts.items() if state is MustState.FAILED)
    notes += [f"must-have failed: {must}" for must in failed]
    if not record.threshold_held:
        notes.append(f"{record.kind} below its threshold")
    if record.trust is Trust.REPORTED:
        notes.append("measured in your own program, so it can't lift a level")
    if record.help is not Help.NONE:
        notes.append(f"help: {record.help}")
    return notes
