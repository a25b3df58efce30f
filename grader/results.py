"""What a grading says: the JSON contract, format 1, as frozen structures."""

from __future__ import annotations

import enum
import inspect
from typing import Any

import msgspec

FORMAT = 1
COMMENT = 600  # characters of a tutor's comment, at most


class Outcome(enum.StrEnum):
    """How one check or one item of it ended; BROKEN is never the learner's fault."""

    PASSED = "passed"
    FAILED = "failed"
    SKIPPED = "skipped"
    PENDING = "pending"
    BROKEN = "broken"


class Status(enum.StrEnum):
    """Where an exercise stands."""

    MET = "met"
    PARTLY = "partly"
    NOT_YET = "not-yet"
    MUST_FAILED = "must-failed"
    NOT_STARTED = "not-started"
    PENDING = "pending"
    BROKEN = "broken"


class Trust(enum.StrEnum):
    """Who vouches for a result: our process, the learner's own, or a tutor."""

    OBSERVED = "observed"
    REPORTED = "reported"
    JUDGED = "judged"


class Level(enum.StrEnum):
    """How far a KSB is evidenced by practice; names from the curriculum's rulings."""

    NO_EVIDENCE = "no evidence yet"
    NOT_MET = "not met yet"
    EMERGING = "emerging"
    CONSISTENT = "consistent"
    CONFIRMED = "confirmed"


class Struct(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=False):
    """Base of all results: frozen, keyword only."""


class Example(Struct, frozen=True, kw_only=True):
    """One public example, pasteable: `call` is Python, the next two are reprs.

    `difference` is a sentence where the two look the same, or nearly so, and are not.
    """

    call: str
    expected: str
    seen: str
    difference: str = ""


class Item(Struct, frozen=True, kw_only=True):
    """One test (or finding, question, criterion) of a check.

    `sentence` is what the learner reads; `reason` says in plain words why it failed and holds
    nothing that the learner's code could have made up; `detail` and `calls` are for the tutor.
    `cause` names what kept a test from being decided (an import error, a time-out); items with
    the same cause and reason are told as one, and a must behind them counts as not reached.
    """

    id: str
    outcome: Outcome
    sentence: str
    reason: str = ""
    hint: str = ""
    feedback: str = ""
    where: str = ""
    clause: str = ""
    behaviour: str = ""
    points: int = 1
    ksbs: tuple[str, ...] = ()
    facets: tuple[str, ...] = ()
    musts: tuple[str, ...] = ()
    cause: str = ""
    example: Example | None = None
    trust: Trust = Trust.OBSERVED
    seconds: float = 0.0
    detail: str = ""
    calls: tuple[str, ...] = ()


class Cell(enum.StrEnum):
    """How a learner's test ended with one program; UNSTEADY when two runs of it differ."""

    PASSED = "passed"
    FAILED = "failed"
    NO_VERDICT = "no verdict"
    UNSTEADY = "unsteady"


class Column(Struct, frozen=True, kw_only=True):
    """One program that tests were tried on; `sound` ones are correct."""

    program: str
    sound: bool
    caught: bool = False


class Row(Struct, frozen=True, kw_only=True):
    """One test of the learner's: a cell for each column, and why it may count for nothing."""

    test: str
    cells: tuple[Cell, ...]
    note: str = ""


class Matrix(Struct, frozen=True, kw_only=True):
    """A learner's tests × the programs they were tried on. It names faults: for tutors only."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


class CheckResult(Struct, frozen=True, kw_only=True):
    """What one check found. `needed` is the share of `points_max` that passes it, 0 to 1.

    `ksbs` are the codes on the check's table. `summary` is one sentence for the learner.
    `tutor_notes` and `matrix` are shown with the tutor's view only.
    """

    name: str
    outcome: Outcome
    trust: Trust = Trust.OBSERVED
    required: bool = True
    evidence: bool = True
    ksbs: tuple[str, ...] = ()
    points: int = 0
    points_max: int = 0
    needed: float = 1.0
    seconds: float = 0.0
    summary: str = ""
    items: tuple[Item, ...] = ()
    measures: dict[str, float] = {}
    tutor_notes: tuple[str, ...] = ()
    matrix: Matrix | None = None


class Digests(Struct, frozen=True, kw_only=True):
    """SHA-256 of the exercise (both folders) and of the work handed in."""

    exercise: str
    work: str


class ExerciseResult(Struct, frozen=True, kw_only=True):
    """One exercise of one submission. `unreadable` says why work of it could not be read.

    `python` is the version of the Python that ran it; empty where nothing was run.
    `out_of_time` says in which check the time for all of them was used up; "" when it was not.
    """

    id: str
    title: str
    client: str
    track: str
    difficulty: int
    status: Status
    digest: Digests
    ksbs: tuple[str, ...] = ()
    duties: tuple[str, ...] = ()
    provisional: bool = False
    checks: tuple[CheckResult, ...] = ()
    findings: tuple[str, ...] = ()
    unreadable: tuple[str, ...] = ()
    out_of_time: str = ""
    seconds: float = 0.0
    python: str = ""


class EvidenceLine(Struct, frozen=True, kw_only=True):
    """One piece of evidence behind a level: where, what kind, how it ended, who vouches.

    `work` is the digest of the work that it speaks of. `met` is what the rules made of it for this
    code; `counted` is false for practice.
    """

    exercise: str
    client: str
    check: str
    trust: Trust
    outcome: str
    met: bool
    counted: bool
    at: str = ""
    points: int = 0
    points_max: int = 0
    facets: tuple[str, ...] = ()
    note: str = ""
    work: str = ""


class SkillResult(Struct, frozen=True, kw_only=True):
    """The level of one KSB, how it came about and what would raise it.

    `practice_level` is what the level would be if practice counted.
    """

    code: str
    text: str
    level: Level
    practice_level: Level
    overlays: tuple[str, ...] = ()
    evidence: tuple[EvidenceLine, ...] = ()
    missing: tuple[str, ...] = ()
    next_exercise: str = ""
    awaiting_tutor: bool = False
    offered_in: tuple[str, ...] = ()


class DutyResult(Struct, frozen=True, kw_only=True):
    """One duty: the exercises that practise it (our map) and how many of them are met."""

    code: str
    text: str
    exercises: tuple[str, ...] = ()
    met: tuple[str, ...] = ()
    standard_ksbs: tuple[str, ...] = ()


class Judgement(Struct, frozen=True, kw_only=True):
    """What a tutor decided on one criterion of a rubric: an input to grading, kept elsewhere.

    `level` is one of the criterion's own levels; `by` a role or pseudonym; `at` an ISO 8601 time.
    """

    exercise: str
    criterion: str
    level: str
    by: str = ""
    at: str = ""
    note: str = ""


class GradeReport(Struct, frozen=True, kw_only=True):
    """Everything `grade --json` writes. `python` is the version of the Python that graded."""

    format: int = FORMAT
    grader: str
    isolation: str
    python: str = ""
    submission: str
    exercises: tuple[ExerciseResult, ...] = ()
    ksbs: tuple[SkillResult, ...] = ()
    duties: tuple[DutyResult, ...] = ()


class AttemptResult(ExerciseResult, frozen=True, kw_only=True):
    """The latest hand-in of one exercise beside what else was handed in.

    `best` is the best status that any of the `attempts` reached; `slipped` says that the latest
    one is worse. Times are ISO 8601, UTC. `practice` work never counts. `attempt` is the latest
    one's number, in order of arrival; `claimed_at` is what it says of its own time, if anything.
    """

    handed_in_at: str
    claimed_at: str = ""
    attempt: int = 1
    attempts: int = 1
    best: Status
    slipped: bool = False
    practice: bool = False


class Comment(Struct, frozen=True, kw_only=True):
    """What a tutor says to an apprentice. `by` is a role or pseudonym, `at` an ISO 8601 time."""

    by: str
    at: str
    text: str


class ApprenticeReport(Struct, frozen=True, kw_only=True):
    """One apprentice of a cohort, by pseudonym. `comments` are the oldest first."""

    apprentice: str
    exercises: tuple[AttemptResult, ...] = ()
    ksbs: tuple[SkillResult, ...] = ()
    comments: tuple[Comment, ...] = ()


class IntakeWork(Struct, frozen=True, kw_only=True):
    """Work that was taken for one exercise: where it lies, and its files by their names as work."""

    exercise: str
    place: str
    files: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()


class IntakeLeft(Struct, frozen=True, kw_only=True):
    """Something that was left out: where it lies, why, and the line that would correct it.

    `file` is the file for that line, or empty where no line can.
    """

    place: str
    why: str
    correction: str = ""
    file: str = ""


class IntakeEntry(Struct, frozen=True, kw_only=True):
    """What was found under one label, whose it is, and by what that is known.

    In a cohort's report the pseudonym stands in place of a label that is somebody's.
    `apprentice` is empty where it is nobody's, `correction` the line that gives it to somebody.
    """

    label: str
    apprentice: str = ""
    known_by: str = ""
    work: tuple[IntakeWork, ...] = ()
    left_out: tuple[IntakeLeft, ...] = ()
    correction: str = ""


class CohortReport(Struct, frozen=True, kw_only=True):
    """Everything `grade cohort --json` writes. `unmatched` are sentences on what was left out.

    `python` is the version of the Python that wrote it; each exercise names the one that graded.
    `intake` is the whole list of what lay in the submissions, of the latest run on each folder.
    `to_ask` are questions to the tutor, such as on work that several people handed in alike.
    """

    format: int = FORMAT
    grader: str
    isolation: str
    python: str = ""
    unmatched: tuple[str, ...] = ()
    intake: tuple[IntakeEntry, ...] = ()
    to_ask: tuple[str, ...] = ()
    apprentices: tuple[ApprenticeReport, ...] = ()


def to_json(report: msgspec.Struct) -> bytes:
    """Encode as indented JSON; the order of fields is the order of their definition."""
    return msgspec.json.format(encoded(report), indent=2) + b"\n"


def encoded(value: msgspec.Struct) -> bytes:
    """Encode as JSON on one line; what is no text in Unicode is written out.

    Names of files, and what a program says, may hold single bytes or half characters.
    """
    try:
        return msgspec.json.encode(value)
    except UnicodeEncodeError:
        return msgspec.json.encode(_written_out(msgspec.to_builtins(value)))


def written_out(text: str) -> str:
    """The text with what is no Unicode written out, as `encoded` does it."""
    return text.encode("utf-8", "backslashreplace").decode()


def _written_out(value: Any) -> Any:
    if isinstance(value, str):
        return written_out(value)
    if isinstance(value, dict):
        return {_written_out(name): _written_out(one) for name, one in value.items()}
    return [_written_out(one) for one in value] if isinstance(value, list | tuple) else value


def schema(report: type[Struct] = GradeReport) -> dict[str, Any]:
    """JSON Schema (2020-12) of a kind of report; the same under each version of Python."""
    made = msgspec.json.schema(report)
    for part in made["$defs"].values():
        # From Python 3.13 on docstrings come without their indent.
        part["description"] = inspect.cleandoc(part["description"])
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **made}
