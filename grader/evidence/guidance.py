"""What would raise a level, in plain sentences, and which exercise to do next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

import msgspec

from grader.evidence.attempts import met_on
from grader.evidence.levels import FacetGap, LevelResult, Need
from grader.evidence.rules import FacetRule, Rules
from grader.results import Level

NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
REACHED = (Level.CONSISTENT, Level.CONFIRMED)


class Offer(msgspec.Struct, frozen=True, kw_only=True):
    """What one released exercise can give: codes, facets by code, must-haves it tests.

    `applied` are those of `codes` that are done there, not only answered.
    """

    exercise: str
    client: str
    difficulty: int
    codes: tuple[str, ...]
    facets: Mapping[str, tuple[str, ...]] = {}
    musts: tuple[str, ...] = ()
    applied: tuple[str, ...] = ()


def missing(result: LevelResult, rules: Rules, offers: Sequence[Offer]) -> tuple[str, ...]:
    """Say what would raise the level, most urgent first; nothing when it is confirmed."""
    if result.level is Level.CONSISTENT:
        return (_talk(result),)
    if result.level is Level.CONFIRMED:
        return ()
    lines = [_open_must(one.must, one.exercise, one.on, offers) for one in result.open_musts]
    lines += [
        f"the dispute about {exercise}: your tutor has to settle it"
        for exercise in result.disputed
        if exercise in result.met and exercise not in {met.exercise for met in result.counting}
    ]
    lines += _more_exercises(result, rules)
    lines += _kinds(result.needs)
    lines += [_facet(gap, result.code, offers) for gap in result.facets_missing]
    if Need.DATES in result.needs and result.counting:
        first = min(met_on(met) for met in result.counting)
        due = say_date(first + timedelta(days=rules.apart_days))
        lines.append(f"a judgement on or after {due}, {rules.apart_days} days after the first")
    if not any(result.code in offer.codes for offer in offers):
        lines.append("no exercise of this course offers it yet")
    return tuple(lines)


def next_exercise(result: LevelResult, rules: Rules, offers: Sequence[Offer]) -> str:
    """Choose the exercise that helps most, the first in catalogue order of equals; "" for none.

    A failed must-have comes first, then one that isn't met and is for another client, then a
    missing facet, then what else `consistent` lacks.
    """
    if result.level in REACHED and not result.stale:
        return ""
    scored = [(_help(offer, result, rules), offer.exercise) for offer in offers]
    helpful = [(score, exercise) for score, exercise in scored if any(score)]
    best = max((score for score, _ in helpful), default=())
    return next((exercise for score, exercise in helpful if score == best), "")


def say_date(day: date) -> str:
    """Write a date as people do: 4 May 2026."""
    return f"{day.day} {day:%B %Y}"


def _help(offer: Offer, result: LevelResult, rules: Rules) -> tuple[int, ...]:
    """Score what an exercise would bring, most important first; all zeros: nothing."""
    code, needs = result.code, result.needs
    closes = len({one.must for one in result.open_musts} & set(offer.musts))
    if code not in offer.codes or offer.exercise in result.met:
        return (closes, 0, 0, 0, 0, 0)
    clients = {met.client for met in result.counting}
    rule = rules.facets.get(code, FacetRule(names=(), needed=0))
    facets = set(offer.facets.get(code, ())) & set(rule.names) - set(result.facets_held)
    return (
        closes,
        int(Need.CLIENTS in needs and offer.client not in clients),
        len(facets) if Need.FACETS in needs else 0,
        int(Need.APPLIED in needs and code in offer.applied),
        int(Need.DIFFICULTY in needs and offer.difficulty >= 2),
        int(bool(needs & {Need.EXERCISES, Need.BEYOND_QUESTIONS, Need.DATES}) or result.stale),
    )


def _open_must(must: str, exercise: str, on: date, offers: Sequence[Offer]) -> str:
    tested = [offer.exercise for offer in offers if must in offer.musts] or [exercise]
    return (
        f"the must-have {must}, failed in {exercise} on {say_date(on)}: "
        f"pass it in a new hand-in of {_either(tested)}"
    )


def _more_exercises(result: LevelResult, rules: Rules) -> list[str]:
    by_tutor = ", marked by your tutor" if result.code in rules.tutor_only else ""
    clients = {met.client for met in result.counting}
    short = max(
        rules.exercises - len({met.exercise for met in result.counting}),
        rules.clients - len(clients),
    )
    if short <= 0:
        return []
    if not clients:
        more, to = _count(short, "exercise"), f" for {_count(rules.clients, 'different client')}"
    else:
        more = _count(short, "more exercise")
        other = Need.CLIENTS in result.needs
        to = f", for another client than {_either(sorted(clients))}" if other else ""
    return [more + to + by_tutor]


def _kinds(needs: frozenset[Need]) -> list[str]:
    lines = ["an exercise of difficulty 2 or 3"] if Need.DIFFICULTY in needs else []
    if Need.APPLIED in needs:
        return [*lines, "an exercise in which you apply it, not only answer questions about it"]
    if Need.BEYOND_QUESTIONS in needs:
        return [*lines, "an exercise that shows it by more than questions"]
    return lines


def _facet(gap: FacetGap, code: str, offers: Sequence[Offer]) -> str:
    """Word a missing facet, or a choice of them; say which of them no exercise offers yet."""
    offered = {name for offer in offers for name in offer.facets.get(code, ())}
    absent = ", ".join(name for name in gap.names if name not in offered)
    return f"facet missing: {gap} (our rule{f'; not offered yet: {absent}' if absent else ''})"


def _talk(result: LevelResult) -> str:
    exercises = sorted({met.exercise for met in result.counting})
    return f"a ten-minute talk with your tutor about your code in {_either(exercises)}"


def _count(number: int, thing: str) -> str:
    word = NUMBERS[number] if number < len(NUMBERS) else str(number)
    return f"{word} {thing}" + ("" if number == 1 else "s")


def _either(names: Sequence[str]) -> str:
    return " or ".join(filter(None, (", ".join(names[:-1]), names[-1])))
