"""What is kept about each piece of work: records, talks and the words they use."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from datetime import date, datetime

import msgspec

from grader.results import Trust


class Kind(enum.StrEnum):
    """The kinds of check that give evidence. Examples are practice only and are not among them."""

    HIDDEN_SUITE = "hidden-suite"
    OWN_TESTS = "own-tests"
    FAULTY_VARIANTS = "faulty-variants"
    ARTEFACTS = "artefacts"
    STYLE = "style"
    QUESTIONS = "questions"
    RUBRIC = "rubric"


class Mode(enum.StrEnum):
    """Practice is what an apprentice runs for themselves; only assessed hand-ins count."""

    PRACTICE = "practice"
    ASSESSED = "assessed"


class MustState(enum.StrEnum):
    """How a must-have ended; NOT_REACHED (the program did not run) neither opens nor closes it."""

    PASSED = "passed"
    FAILED = "failed"
    NOT_REACHED = "not-reached"


class Help(enum.StrEnum):
    """The most help that was used. Information for a talk; it never decides anything."""

    NONE = "none"
    HINT = "hint"
    PEER = "peer"
    TUTOR = "tutor"


class State(enum.StrEnum):
    """VOID has no effect at all; DISPUTED counts, but not towards `consistent`.

    AWAITING stands for something that a tutor has yet to mark; it has no effect but to be shown.
    """

    COUNTED = "counted"
    VOID = "void"
    DISPUTED = "disputed"
    AWAITING = "awaiting"


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """What one check of one attempt says about one KSB. Never altered, only superseded or voided.

    `at` is when the work was handed in (aware), the same for all records of an attempt, a tutor's
    later judgement included. `points` are those of behaviours that hold in full; `behaviours` and
    `behaviours_met` count them. `facets` are those that this work shows. `musts` are the
    must-haves among these tests; a record with an empty `ksb` carries must-haves only.
    `threshold_held` is about the check as a whole. `applied` is true when something was done, not
    only answered. `judge` is the grader's version or a tutor's pseudonym; `work` and
    `exercise_version` are digests.
    """

    evidence_id: str
    learner: str
    exercise: str
    attempt: int
    mode: Mode
    at: datetime
    ksb: str
    kind: Kind
    client: str
    difficulty: int
    trust: Trust = Trust.OBSERVED
    applied: bool = True
    exercise_version: str = ""
    work: str = ""
    facets: tuple[str, ...] = ()
    points: int = 0
    points_max: int = 0
    behaviours: int = 0
    behaviours_met: int = 0
    musts: Mapping[str, MustState] = {}
    threshold_held: bool = True
    help: Help = Help.NONE
    state: State = State.COUNTED
    reason: str = ""
    judge: str = ""


class Talk(msgspec.Struct, frozen=True, kw_only=True):
    """A ten-minute "explain your code" talk about one exercise, held by a tutor (a pseudonym)."""

    exercise: str
    on: date
    tutor: str
    note: str = ""
