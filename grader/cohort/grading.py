"""From an intake to results in a gradebook: what is known is skipped, the new is kept at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from grader import __version__
from grader.catalogue import (
    Exercise,
    Starters,
    digest_of,
    exercise_digest,
    is_untouched,
    read_starters,
)
from grader.cohort.intake import Found
from grader.cohort.workers import Job, Pool, grade_jobs
from grader.errors import SubmissionError
from grader.gradebook import Gradebook, HandIn, Key
from grader.grading import Task, read_work, result_of
from grader.individual import Learner
from grader.results import ExerciseResult, Judgement, Status


@dataclass(frozen=True)
class Material:
    """The author's side of a grading: exercises by id, their solutions, the isolation to use."""

    exercises: Mapping[str, Exercise]
    solutions: Path
    isolation: str

    def solution(self, exercise: str) -> Path:
        """Where the hidden side of an exercise lies."""
        return self.solutions / exercise


@dataclass(frozen=True)
class Step:
    """One hand-in that was dealt with. Without a `result` it was known, or refused."""

    apprentice: str
    exercise: str
    result: ExerciseResult | None = None
    before: Status | None = None
    refused: str = ""


def grade_found(
    found: Sequence[Found],
    material: Material,
    book: Gradebook,
    pool: Pool,
    *,
    handed_in: datetime | None = None,
    accept: bool = False,
    clock: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> Iterator[Step]:
    """Grade what is new or was graded otherwise, keeping each result as soon as it is there.

    Work that was graded before under another key is graded again and its new result proposed;
    with `accept` it takes effect at once. `handed_in` is the time of work that names none.
    """
    run = _Run(material, book, accept, handed_in, clock)
    yield from run.steps(found, pool)


class _Run:
    """One run over a cohort: what was planned for each job that is under way."""

    def __init__(
        self,
        material: Material,
        book: Gradebook,
        accept: bool,
        handed_in: datetime | None,
        clock: Callable[[], datetime],
    ) -> None:
        self._material = material
        self._book = book
        self._accept = accept
        self._handed_in = handed_in
        self._clock = clock
        self._keys: dict[str, Key] = {}
        self._homes: dict[Path, Starters] = {}
        self._planned: dict[int, tuple[Found, int]] = {}
        self._aside: list[Step] = []

    def steps(self, found: Sequence[Found], pool: Pool) -> Iterator[Step]:
        """Every hand-in once, those that need no grading among them."""
        for job, result in grade_jobs(self._jobs(found), pool):
            yield from self._take_aside()
            where, attempt = self._planned.pop(job.number)
            yield self._keep(where, attempt, result)
        yield from self._take_aside()

    def _take_aside(self) -> Iterator[Step]:
        aside, self._aside = self._aside, []
        yield from aside

    def _jobs(self, found: Sequence[Found]) -> Iterator[Job]:
        """What has to be graded; read only when a worker is about to be free."""
        for number, one in enumerate(found):
            exercise = self._material.exercises[one.exercise]
            task = Task(exercise, one.place, self._material.solution(one.exercise))
            try:
                submission = read_work(task)
            except SubmissionError as error:
                self._aside.append(Step(one.apprentice, one.exercise, refused=str(error)))
                continue
            if is_untouched(exercise, submission.files, self._starters(exercise)):
                unstarted = result_of(task, submission, Status.NOT_STARTED)
                self._aside.append(Step(one.apprentice, one.exercise, unstarted))
                continue
            handed_in = self._hand_in(one, dict(submission.files))
            attempt = self._book.attempt(handed_in)
            if self._book.has(attempt, self._key(one.exercise)):
                self._aside.append(Step(one.apprentice, one.exercise))
                continue
            learner = Learner(one.apprentice, handed_in.seed_attempt)
            judged = self._judgements(one, handed_in.work)
            self._planned[number] = (one, attempt)
            task = Task(exercise, one.place, task.solution, learner, judged)
            yield Job(number, task, submission)

    def _hand_in(self, one: Found, files: dict[str, bytes]) -> HandIn:
        work = digest_of(files)
        earlier = self._book.earlier_hand_in(one.apprentice, one.exercise, work)
        when = earlier or self._handed_in or self._clock()
        return HandIn(one.apprentice, one.exercise, when, work, files)

    def _starters(self, exercise: Exercise) -> Starters:
        home = exercise.folder.parent
        if home not in self._homes:
            self._homes[home] = read_starters(home)
        return self._homes[home]

    def _key(self, exercise: str) -> Key:
        if exercise not in self._keys:
            digest = exercise_digest(
                self._material.exercises[exercise], self._material.solution(exercise)
            )
            self._keys[exercise] = Key(digest, __version__, self._material.isolation)
        return self._keys[exercise]

    def _judgements(self, one: Found, work: str) -> tuple[Judgement, ...]:
        return tuple(
            Judgement(
                exercise=kept.exercise,
                criterion=kept.criterion,
                level=kept.level,
                by=kept.by,
                at=kept.at.isoformat(),
                note=kept.reason,
            )
            for kept in self._book.judgements(one.apprentice, one.exercise, work)
        )

    def _keep(self, one: Found, attempt: int, result: ExerciseResult) -> Step:
        """Keep a result; a grading that came to no end never takes the place of one that did."""
        current = self._book.current(attempt)
        before = current.result.status if current else None
        if result.status is not Status.BROKEN or before in (None, Status.BROKEN):
            proposed = before not in (None, Status.BROKEN) and not self._accept
            self._book.save(attempt, self._key(one.exercise), result, proposed=proposed)
        return Step(one.apprentice, one.exercise, result, before)
