"""Where each apprentice stands: the latest hand-in of each exercise, and every KSB."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby

import msgspec

from grader.catalogue import Course, Exercise
from grader.cohort.identity import Identity, Person
from grader.evidence import Mode, Offer
from grader.gradebook import Gradebook, Stored
from grader.reports.apprentice_page import Programme
from grader.results import ApprenticeReport, AttemptResult, Status
from grader.summary import rules_of, skills

# Worst first: what is not decided says less than what is.
RANK = (
    Status.NOT_STARTED,
    Status.BROKEN,
    Status.PENDING,
    Status.MUST_FAILED,
    Status.NOT_YET,
    Status.PARTLY,
    Status.MET,
)


def apprentice_reports(
    book: Gradebook,
    exercises: Sequence[Exercise],
    course: Course,
    offers: Sequence[Offer],
    today: date,
    identity: Identity,
) -> Iterator[ApprenticeReport]:
    """One report after the other, so that memory doesn't grow with the cohort.

    Everybody of the identity file or the gradebook has one, also who never handed in anything.
    """
    rules = rules_of(course)
    order = {exercise.id: number for number, exercise in enumerate(exercises)}
    for name in sorted({*book.apprentices(), *identity.people}):
        person = identity.people.get(name, Person(name))
        stored = sorted(
            book.results(apprentice=name),
            key=lambda one: (order.get(one.exercise, len(order)), one.exercise, one.attempt),
        )
        yield ApprenticeReport(
            apprentice=name,
            exercises=tuple(
                latest_of(list(group)) for _, group in groupby(stored, lambda one: one.exercise)
            ),
            ksbs=skills(
                list(book.evidence(name)),
                offers,
                rules,
                today,
                breaks=person.breaks,
                talks=book.talks(name),
            ),
            comments=book.comments(name),
        )


def counting(attempts: Sequence[Stored]) -> Stored:
    """The attempt that is shown for an exercise: the latest; assessed before any practice."""
    return ([one for one in attempts if one.mode is Mode.ASSESSED] or list(attempts))[-1]


def latest_of(attempts: Sequence[Stored]) -> AttemptResult:
    """The latest of one exercise's attempts, oldest first; an assessed one before any practice."""
    assessed = [one for one in attempts if one.mode is Mode.ASSESSED] or list(attempts)
    latest = counting(attempts)
    best = max((one.status for one in assessed), key=RANK.index)
    return AttemptResult(
        **msgspec.structs.asdict(latest.result),
        handed_in_at=latest.handed_in_at.isoformat(),
        claimed_at=latest.claimed_at.isoformat() if latest.claimed_at else "",
        attempt=latest.number,
        attempts=len(assessed),
        best=best,
        slipped=RANK.index(best) > RANK.index(latest.status),
        practice=latest.mode is Mode.PRACTICE,
    )


def programme_of(person: Person, today: date) -> Programme:
    """Where somebody is in their programme."""
    gone = sum(
        (min(last, today) - first).days + 1 for first, last in person.breaks if first <= today
    )
    return Programme(person.start, person.gateway, gone)
