"""From an intake to results in a gradebook: what is known is skipped, the new is kept at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from grader import __version__
from grader.catalogue import (
    Attempts,
    Exercise,
    Starters,
    digest_of,
    exercise_digest,
    read_starters,
)
from grader.catalogue.exercise import INDIVIDUAL
from grader.checks.questions import NAME as QUESTIONS
from grader.cohort.attempts import known_as, not_counted
from grader.cohort.identity import Person
from grader.cohort.intake import Found
from grader.cohort.manifests import claims_another_number, claims_another_time, disagreements
from grader.cohort.marking import judgements_on
from grader.cohort.sharing import Shares, in_turns
from grader.errors import SubmissionError, UsageError
from grader.escaping import visible
from grader.evidence import Mode
from grader.executing import Job, Pool, grade_jobs
from grader.gradebook import Attempt, Gradebook, HandIn, Key
from grader.grading import Task, not_started, read_work, result_of
from grader.individual import Learner
from grader.results import ExerciseResult, Status
from grader.submission import Finding, Submission

CLOCKS_DIFFER = timedelta(hours=26)  # a clock that is set to another zone, and goes a bit fast


@dataclass(frozen=True)
class Material:
    """The author's side of a grading: exercises by id, their solutions, the isolation to use.

    `attempts` is what the course asks of hand-ins, `people` have what is adjusted for each.
    """

    exercises: Mapping[str, Exercise]
    solutions: Path
    isolation: str
    attempts: Attempts = field(default_factory=Attempts)
    people: Mapping[str, Person] = field(default_factory=dict)

    def solution(self, exercise: str) -> Path:
        """Where the hidden side of an exercise lies."""
        return self.solutions / exercise


@dataclass(frozen=True)
class Step:
    """One hand-in that was dealt with. Without a `result` it was known, refused or `unkept`.

    `unkept` says why the gradebook could not take it, `left` why it was left for another run; the
    same command goes on. `remarks` are what a tutor should know of where it came from.
    """

    apprentice: str
    exercise: str
    result: ExerciseResult | None = None
    before: Status | None = None
    refused: str = ""
    unkept: str = ""
    left: str = ""
    remarks: tuple[str, ...] = ()


def grade_found(
    found: Sequence[Found],
    material: Material,
    book: Gradebook,
    pool: Pool,
    *,
    handed_in: datetime | None = None,
    accept: bool = False,
    shares: Shares | None = None,
    clock: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> Iterator[Step]:
    """Grade what is new or was graded otherwise, keeping each result as soon as it is there.

    Work that was graded before under another key is graded again and its new result proposed;
    with `accept` it takes effect at once. `handed_in` is the time that the tutor gives to what is
    new; without it that is the moment at which it is first seen.
    """
    run = _Run(material, book, accept, handed_in, clock, shares or Shares())
    yield from run.steps(in_turns(found), pool)


class _Run:
    """One run over a cohort: what was planned for each job that is under way."""

    def __init__(
        self,
        material: Material,
        book: Gradebook,
        accept: bool,
        handed_in: datetime | None,
        clock: Callable[[], datetime],
        shares: Shares,
    ) -> None:
        self._material = material
        self._book = book
        self._accept = accept
        self._handed_in = handed_in
        self._clock = clock
        self._shares = shares
        self._keys: dict[str, Key] = {}
        self._homes: dict[Path, Starters] = {}
        self._planned: dict[int, tuple[Found, int]] = {}
        self._begun: set[int] = set()
        self._aside: list[Step] = []

    def steps(self, found: Sequence[Found], pool: Pool) -> Iterator[Step]:
        """Every hand-in once, those that need no grading among them."""
        for job, result in grade_jobs(self._jobs(found), pool):
            yield from self._take_aside()
            where, attempt = self._planned.pop(job.number)
            self._shares.took(where.apprentice, result.seconds)
            yield self._keep(where, attempt, result)
        yield from self._take_aside()

    def _take_aside(self) -> Iterator[Step]:
        aside, self._aside = self._aside, []
        yield from aside

    def _jobs(self, found: Sequence[Found]) -> Iterator[Job]:
        """What has to be graded; read only when a worker is about to be free."""
        for number, one in enumerate(found):
            exercise = self._material.exercises[one.exercise]
            solution = self._material.solution(one.exercise)
            task = Task(exercise, one.place, solution, Learner(one.apprentice))
            try:
                submission = read_work(task)
            except SubmissionError as error:
                self._aside.append(Step(one.apprentice, one.exercise, refused=str(error)))
                continue
            if submission.lost:
                self._aside.append(Step(one.apprentice, one.exercise, refused=_lost(submission)))
                continue
            if not_started(exercise, submission, self._starters(exercise)):
                unstarted = result_of(task, submission, Status.NOT_STARTED)
                self._aside.append(Step(one.apprentice, one.exercise, unstarted))
                continue
            if left := self._left(one, submission):
                self._aside.append(Step(one.apprentice, one.exercise, left=left))
                continue
            try:
                attempt, said = self._attempt(one, submission)
            except UsageError as error:
                self._aside.append(Step(one.apprentice, one.exercise, unkept=str(error)))
                continue
            submission, one = _noted(task, submission, one, attempt, said)
            if attempt.id in self._begun or self._book.has(attempt.id, self._key(one.exercise)):
                self._aside.append(Step(one.apprentice, one.exercise, remarks=one.remarks))
                continue
            self._shares.began(one.apprentice, one.exercise)
            self._begun.add(attempt.id)
            self._planned[number] = (one, attempt.id)
            learner = Learner(one.apprentice, attempt.seed_attempt)
            judged = judgements_on(self._book, one.apprentice, one.exercise, attempt.work)
            yield Job(number, replace(task, learner=learner, judgements=judged), submission)

    def _left(self, one: Found, submission: Submission) -> str:
        """Why this new hand-in is left for another run; "" when it is not."""
        why = self._shares.used_up(one.apprentice, one.exercise)
        if why and not self._known(one, submission):
            return f"`{visible(one.place.name, 80)}` {why}"
        return ""

    def _known(self, one: Found, submission: Submission) -> Attempt | None:
        read = digest_of(submission.files) if submission.files else ""
        earlier = self._book.attempts(one.apprentice, one.exercise)
        return known_as(one.handed_in_at, digest_of(submission.kept), earlier, read)

    def _attempt(self, one: Found, submission: Submission) -> tuple[Attempt, tuple[str, ...]]:
        """The attempt that this is, and what the tutor should know of its time and its place."""
        work = digest_of(submission.kept)
        now = self._clock()
        earlier = self._book.attempts(one.apprentice, one.exercise)
        ahead = tuple(_ahead(earlier, now))
        known = self._known(one, submission)
        if known is not None:
            return known, ahead
        when = self._handed_in or now
        person = self._material.people.get(one.apprentice, Person(one.apprentice))
        reason = not_counted(when, earlier, self._material.attempts, person)
        made = HandIn(
            one.apprentice,
            one.exercise,
            when,
            work,
            submission.kept,
            mode=Mode.PRACTICE if reason else Mode.ASSESSED,
            help=one.help,
            seen_at=now,
            claimed_at=one.handed_in_at,
        )
        attempt = self._book.attempt(made)
        claims = claims_another_time(one.handed_in_at, attempt, earlier, practice=bool(reason))
        return attempt, (*([reason] if reason else []), *claims, *ahead)

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

    def _keep(self, one: Found, attempt: int, result: ExerciseResult) -> Step:
        """Keep a result; a grading that came to no end never takes the place of one that did."""
        current = self._book.current(attempt)
        before = current.status if current else None
        if result.status is not Status.BROKEN or before in (None, Status.BROKEN):
            proposed = before not in (None, Status.BROKEN) and not self._accept
            try:
                self._book.save(attempt, self._key(one.exercise), result, proposed=proposed)
            except UsageError as error:
                return Step(one.apprentice, one.exercise, unkept=str(error))
        return Step(one.apprentice, one.exercise, result, before, remarks=one.remarks)


def _lost(submission: Submission) -> str:
    """Say that work which we may not read was not graded, and used no attempt."""
    return f"{' '.join(submission.lost)} It was not graded and is no attempt; then run this again."


def _noted(
    task: Task, submission: Submission, one: Found, attempt: Attempt, said: Sequence[str]
) -> tuple[Submission, Found]:
    """Say on the work, and to the tutor, what its manifest says otherwise than what is so."""
    remarks = one.remarks
    own = (task.exercise.folder / INDIVIDUAL).is_file()
    if one.claim is not None:
        # Where learners have data of their own, their copies differ by that.
        digest = "" if own else exercise_digest(task.exercise, None)
        remarks += tuple(disagreements(one.claim, submission.files, digest))
        chosen = own or QUESTIONS in task.exercise.checks
        remarks += tuple(claims_another_number(one.claim, attempt.seed_attempt, chosen=chosen))
    findings = tuple(Finding(level="notice", file="", sentence=text) for text in remarks)
    noted = replace(submission, findings=(*submission.findings, *findings))
    return noted, replace(one, remarks=(*remarks, *said))


def _ahead(earlier: Sequence[Attempt], now: datetime) -> Iterator[str]:
    """Say which hand-ins have a date that is still to come."""
    for one in earlier:
        if one.handed_in_at > now + CLOCKS_DIFFER:
            yield (
                f"Hand-in {one.number} is dated {one.handed_in_at:%Y-%m-%d}, which this computer's "
                "clock has still to come to; the order is that of arrival, so it changes nothing."
            )
