"""The whole report of a run: exercises, and what they say of each KSB and duty."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from grader import __version__
from grader.catalogue import Course, Exercise
from grader.evidence import Mode, Offer, Rules, records_of, rules_from, skill_result
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
) -> GradeReport:
    """The report of a local run: practice, so levels are what they would be."""
    rules = rules_of(course)
    return GradeReport(
        grader=__version__,
        isolation=level.label,
        submission=submission,
        exercises=tuple(results),
        ksbs=_skills(results, exercises, rules, now),
        duties=_duties(results, exercises),
    )


def rules_of(course: Course) -> Rules:
    """The rules of evidence that a course sets."""
    tables = {"levels": course.levels, "facets": course.facets, "musts": course.musts}
    return rules_from(tables)


def _skills(
    results: Sequence[ExerciseResult],
    exercises: Sequence[Exercise],
    rules: Rules,
    now: datetime,
) -> tuple[SkillResult, ...]:
    records = [
        record
        for result in results
        for record in records_of(result, learner=LEARNER, attempt=1, mode=Mode.PRACTICE, at=now)
    ]
    offers = [offer_of(exercise) for exercise in exercises]
    codes = {code for exercise in exercises for code in exercise.ksbs}
    return tuple(
        skill_result(code, records, rules, now.date(), offers)
        for code in sorted(codes, key=code_order)
    )


def offer_of(exercise: Exercise) -> Offer:
    """What an exercise can give, as far as its own file tells."""
    return Offer(
        exercise=exercise.id,
        client=exercise.client,
        difficulty=exercise.difficulty,
        codes=exercise.ksbs,
        applied=exercise.ksbs,
    )


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
