"""What waits for a tutor's judgement, and what a judgement changes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from grader import __version__
from grader.catalogue import Exercise, exercise_digest
from grader.checks.rubric import NAME, Criterion, RubricOptions
from grader.cohort.standing import counting
from grader.evidence import Mode
from grader.gradebook import Gradebook, Stored, StoredJudgement
from grader.grading import Task, judge_again
from grader.individual import Learner
from grader.results import Judgement, Status
from grader.submission import read_back


@dataclass(frozen=True)
class Waiting:
    """One criterion of one apprentice's hand-in that a tutor has to judge."""

    apprentice: str
    exercise: str
    criterion: str
    attempt: int
    work: str


def waiting(
    book: Gradebook,
    exercises: Sequence[Exercise],
    *,
    apprentice: str | None = None,
    exercise: str | None = None,
    again: bool = False,
) -> list[Waiting]:
    """What waits, criterion by criterion over all apprentices; of the hand-ins that count.

    With `again` also what was judged already.
    """
    known = {one.id: one for one in exercises if rubric_of(one) is not None}
    found: list[tuple[tuple[int, int], Waiting]] = []
    order = {name: number for number, name in enumerate(known)}
    results = book.results(apprentice=apprentice, exercise=exercise)
    for (who, name), group in groupby(results, lambda one: (one.apprentice, one.exercise)):
        stored = counting(list(group))
        if name not in known or stored.mode is Mode.PRACTICE or not _has_rubric(stored):
            continue
        done = {one.criterion for one in book.judgements(who, name, stored.work)}
        for number, one in enumerate(criteria_of(known[name])):
            if again or one.id not in done:
                item = Waiting(who, name, one.id, stored.attempt, stored.work)
                found.append(((order[name], number), item))
    return [item for _, item in sorted(found, key=lambda pair: pair[0])]


def rubric_of(exercise: Exercise) -> RubricOptions | None:
    """The exercise's rubric, if it has one."""
    options = exercise.checks.get(NAME)
    return options if isinstance(options, RubricOptions) else None


def criteria_of(exercise: Exercise) -> tuple[Criterion, ...]:
    """The rows of an exercise's rubric."""
    rubric = rubric_of(exercise)
    return rubric.criteria if rubric else ()


def evidence_of(stored: Stored, criterion: str) -> tuple[str, ...]:
    """The lines that the grader has collected beside a criterion, safe to show."""
    for check in stored.result.checks:
        for item in check.items if check.name == NAME else ():
            if item.id == f"{NAME}::{criterion}":
                lines = item.detail.split("\n")
                told = ("judged: ", "level ")
                first = next((n for n, one in enumerate(lines) if not one.startswith(told)), None)
                return tuple(lines[first:]) if first is not None else ()
    return ()


def judgements_on(
    book: Gradebook, apprentice: str, exercise: str, work: str
) -> tuple[Judgement, ...]:
    """What was decided on a work, as grading takes it."""
    return tuple(map(_taken, book.judgements(apprentice, exercise, work)))


def apply_judgements(
    book: Gradebook, exercises: Mapping[str, Exercise], solutions: Path | None
) -> Iterator[tuple[Stored, Status | None]]:
    """Bring results up to date with what was judged since, each with its new status.

    Nothing is run again. None stands for one that has to be graded again first, because the
    exercise or the grader has changed.
    """
    for stored in book.outdated():
        exercise = exercises.get(stored.exercise)
        if exercise is None or not _is_current(stored, exercise, solutions):
            yield stored, None
            continue
        learner = Learner(stored.apprentice, stored.seed_attempt)
        judged = judgements_on(book, stored.apprentice, stored.exercise, stored.work)
        task = Task(exercise, exercise.folder, None, learner, judged)
        result = judge_again(task, stored.result, read_back(book.files(stored.work), exercise.work))
        book.save(stored.attempt, stored.key, result)
        yield stored, result.status


def _is_current(stored: Stored, exercise: Exercise, solutions: Path | None) -> bool:
    solution = solutions / exercise.id if solutions else None
    digest = exercise_digest(exercise, solution if solution and solution.is_dir() else None)
    return (stored.key.exercise_digest, stored.key.grader) == (digest, __version__)


def _has_rubric(stored: Stored) -> bool:
    return any(check.name == NAME for check in stored.result.checks)


def _taken(kept: StoredJudgement) -> Judgement:
    return Judgement(
        exercise=kept.exercise,
        criterion=kept.criterion,
        level=kept.level,
        by=kept.by,
        at=kept.at.isoformat(),
        note=kept.reason,
    )
