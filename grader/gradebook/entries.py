"""What goes into a gradebook and what comes out of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

import msgspec

from grader.evidence import Help, Mode
from grader.results import ExerciseResult, Status

TAKEN_BACK = ""  # in place of a level


@dataclass(frozen=True)
class HandIn:
    """One exercise handed in by one apprentice; `files` is the work. Times are aware.

    `handed_in_at` is when it was first seen, or what the tutor says; `claimed_at` is what it says
    of itself. `seen_at` is `handed_in_at` where nothing else is named.
    """

    apprentice: str
    exercise: str
    handed_in_at: datetime
    work: str
    files: Mapping[str, bytes] = field(repr=False, default_factory=dict)
    mode: Mode = Mode.ASSESSED
    help: Help = Help.NONE
    seen_at: datetime | None = None
    claimed_at: datetime | None = None


@dataclass(frozen=True)
class Attempt:
    """One hand-in as the gradebook knows it; `number` counts those of the exercise from 1.

    `as_handed_in`: `work` is the digest of its bytes; an older grader's was of what it had read.
    """

    id: int
    number: int
    seed_attempt: int
    seen_at: datetime
    handed_in_at: datetime
    claimed_at: datetime | None
    work: str
    mode: Mode
    as_handed_in: bool = True


@dataclass(frozen=True)
class Key:
    """What a result depends on besides the work: the same key and work give the same result."""

    exercise_digest: str
    grader: str
    isolation: str


@dataclass(frozen=True)
class Stored:
    """A result as it is kept, with the attempt it belongs to. `report` is JSON of `result`.

    `number` is the attempt's among those of the exercise by the apprentice, in order of arrival.
    """

    attempt: int
    number: int
    apprentice: str
    exercise: str
    seen_at: datetime
    handed_in_at: datetime
    claimed_at: datetime | None
    mode: Mode
    help: Help
    seed_attempt: int
    work: str
    state: str
    graded_at: datetime
    key: Key
    status: Status
    report: str = field(repr=False)

    @cached_property
    def result(self) -> ExerciseResult:
        """All that the grading said: tens of kilobytes, of which a cohort has many."""
        return msgspec.json.decode(self.report, type=ExerciseResult)


@dataclass(frozen=True)
class StoredJudgement:
    """A tutor's decision on one criterion, and on which work.

    One whose level is TAKEN_BACK takes back the one before it.
    """

    apprentice: str
    exercise: str
    work: str
    criterion: str
    level: str
    by: str
    at: datetime
    reason: str
