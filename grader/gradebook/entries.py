"""What goes into a gradebook and what comes out of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

import msgspec

from grader.evidence import Help, Mode
from grader.results import ExerciseResult, Status


@dataclass(frozen=True)
class HandIn:
    """One exercise handed in by one apprentice. `handed_in_at` is aware; `files` is the work.

    `seed_attempt` is the number of the attempt that chose data and questions, from 1.
    """

    apprentice: str
    exercise: str
    handed_in_at: datetime
    work: str
    files: Mapping[str, bytes] = field(repr=False, default_factory=dict)
    mode: Mode = Mode.ASSESSED
    seed_attempt: int = 1
    help: Help = Help.NONE


@dataclass(frozen=True)
class Key:
    """What a result depends on besides the work: the same key and work give the same result."""

    exercise_digest: str
    grader: str
    isolation: str


@dataclass(frozen=True)
class Stored:
    """A result as it is kept, with the attempt it belongs to. `report` is JSON of `result`."""

    attempt: int
    apprentice: str
    exercise: str
    handed_in_at: datetime
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
    """A tutor's decision on one criterion, and on which work."""

    apprentice: str
    exercise: str
    work: str
    criterion: str
    level: str
    by: str
    at: datetime
    reason: str
