"""The whole report of a run: exercises, and what they say of each KSB and duty."""

from __future__ import annotations

import platform
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

from grader import __version__
from grader.catalogue import Claims, Course, Exercise, claims_of
from grader.evidence import (
    Kind,
    Mode,
    Offer,
    Record,
    Rules,
    Talk,
    records_of,
    rules_from,
    skill_result,
)
from grader.results import (
    DutyResult,
    ExerciseResult,
    GradeReport,
    SkillResult,
    Status,
)
from grader.sandbox import Level
from grader.standard import code_order, standard

LEARNER = "you"


def practice_report(
    results: Sequence[ExerciseResult],
    exercises: Sequence[Exercise],
    course: Course,
    *,
    level: Level,
    submission: str,
    now: datetime,
    solutions: Path | None = None,
) -> GradeReport:
    """The report of a local run: practice, so levels are what they would be.

    With `solutions`, what is still missing takes into account what their suites say they show.
    """
    rules = rules_of(course)
    records = [
        record
        for result in results
        for record in records_of(result, learner=LEARNER, attempt=1, mode=Mode.PRACTICE, at=now)
    ]
    return GradeReport(
        grader=__version__,
        isolation=level.label,
        python=platform.python_version(),
        submission=submission,
        exercises=tuple(results),
        ksbs=skills(records, [offer_of(one, solutions) for one in exercises], rules, now.date()),
        duties=_duties(results, exercises),
    )


def rules_of(course: Course) -> Rules:
    """The rules of evidence that a course sets."""
    tables = {"levels": course.levels, "facets": course.facets, "musts": course.musts}
    return rules_from(tables)


def skills(
    records: Sequence[Record],
    offers: Sequence[Offer],
    rules: Rules,
    today: date,
    *,
    breaks: Sequence[tuple[date, date]] = (),
    talks: Sequence[Talk] = (),
) -> tuple[SkillResult, ...]:
    """The level of every KSB that some exercise offers, from all records of one learner."""
    codes = {code for offer in offers for code in offer.codes}
    return tuple(
        skill_result(code, records, rules, today, offers, breaks=breaks, talks=talks)
        for code in sorted(codes, key=code_order)
    )


def offer_of(exercise: Exercise, solutions: Path | None) -> Offer:
    """What an exercise can give, as far as its own file and its hidden suite tell."""
    claims = _claims(solutions / exercise.id) if solutions else Claims()
    return Offer(
        exercise=exercise.id,
        client=exercise.client,
        difficulty=exercise.difficulty,
        codes=exercise.ksbs,
        facets=claims.facets,
        musts=(*claims.musts, *_starred(exercise)),
        applied=tuple(code for code in exercise.ksbs if code not in _only_answered(exercise)),
    )


def _starred(exercise: Exercise) -> tuple[str, ...]:
    """The must-haves that are closed by catching a faulty program."""
    tables = (getattr(options, "musts", {}) for options in exercise.checks.values())
    return tuple(dict.fromkeys(must for table in tables for must in table.values()))


def _claims(solution: Path) -> Claims:
    return claims_of(solution / "hidden", solution / "artefacts")


def _only_answered(exercise: Exercise) -> set[str]:
    """The codes that an exercise's questions carry and no other check of it."""
    tables = {name: set(getattr(one, "ksbs", ())) for name, one in exercise.checks.items()}
    asked = tables.pop(Kind.QUESTIONS, set())
    return asked.difference(*tables.values())


def _duties(
    results: Sequence[ExerciseResult], exercises: Sequence[Exercise]
) -> tuple[DutyResult, ...]:
    met = {result.id for result in results if result.status is Status.MET}
    duties = []
    for duty in standard().duties.values():
        ours = tuple(e.id for e in exercises if duty.code in e.duties)
        if ours:
            duties.append(
                DutyResult(
                    code=duty.code,
                    text=duty.text,
                    exercises=ours,
                    met=tuple(one for one in ours if one in met),
                    standard_ksbs=duty.ksbs,
                )
            )
    return tuple(duties)
