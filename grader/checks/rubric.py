"""Rubric: criteria that a tutor marks, with what the grader has collected shown beside each.

A criterion waits until it is judged; a judgement is an input to grading and comes from a tutor.
What is collected are facts: lines of files, fields of the journal, results of the checks above. No
fact ever closes a criterion. A judgement that fits no criterion or level is a mistake in the
marking: the check is then broken, never failed.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping, Sequence
from typing import Annotated

import msgspec
from msgspec import Meta

from grader.checks.check import Check, Context, Options
from grader.checks.journal import FIELDS, JOURNAL, Journal, read_journal
from grader.checks.verdicts import points_of
from grader.errors import ExerciseError
from grader.escaping import visible
from grader.results import CheckResult, Item, Judgement, Outcome, Trust
from grader.tables import did_you_mean, listed

NAME = "rubric"
_LINES = 30
_CUT = 160
_NOTE = 1000
_OUTCOMES = {
    Outcome.PASSED: "passed",
    Outcome.FAILED: "not passed",
    Outcome.SKIPPED: "not run",
    Outcome.PENDING: "waits",
    Outcome.BROKEN: "could not be run",
}

Id = Annotated[
    str, Meta(pattern=r"^[a-z][a-z0-9-]*$", description="small letters, digits and hyphens")
]
Words = Annotated[str, Meta(pattern=r"\S", description="text that isn't empty")]


class Criterion(msgspec.Struct, frozen=True, kw_only=True, rename="kebab"):
    """One row: its levels from the lowest to the highest, each described, and which one meets it.

    `evidence` names what is shown beside it: `file.py`, `journal.toml:stuck_points`, or a check of
    the exercise that stands above the rubric.
    """

    id: Id
    title: Words
    levels: Annotated[Mapping[Id, Words], Meta(min_length=2)]
    meets: Id
    ksbs: tuple[str, ...] = ()
    facet: str = ""
    musts: tuple[str, ...] = ()
    points: Annotated[int, Meta(ge=1, le=10)] = 1
    evidence: tuple[str, ...] = ()


class RubricOptions(Options, frozen=True, kw_only=True, rename="kebab"):
    """`criteria` are the rows; each with codes of its own, or those of the table."""

    criteria: Annotated[tuple[Criterion, ...], Meta(min_length=1, description="a list of tables")]

    def __post_init__(self) -> None:
        """Refuse criteria that can't be told apart or met."""
        ids = [one.id for one in self.criteria]
        for one in self.criteria:
            if ids.count(one.id) > 1:
                raise ValueError(f"`criteria`: `{one.id}` is there twice")
            if one.meets not in one.levels:
                near = did_you_mean(one.meets, one.levels) or f"; they are {listed(one.levels)}"
                raise ValueError(f"`criteria`: `{one.id}` has no level `{one.meets}`{near}")


def run(context: Context, options: RubricOptions) -> CheckResult:
    """Put judgements and evidence beside each criterion; ExerciseError for unknown evidence."""
    began = time.perf_counter()
    _refuse_unknown(context, options)
    journal = read_journal(context.work.get(JOURNAL, b""))
    judged, faults = _judged(context.judgements, options.criteria)
    items = tuple(
        _item(one, judged.get(one.id), context, journal, options) for one in options.criteria
    )
    reached, possible = points_of(items)
    return CheckResult(
        name=NAME,
        outcome=Outcome.BROKEN if faults else _outcome(items, reached, possible, options),
        trust=Trust.JUDGED,
        required=options.required,
        ksbs=_carries(options),
        points=reached,
        points_max=possible,
        needed=options.needed,
        seconds=time.perf_counter() - began,
        summary=_summary(items, journal),
        items=items,
        tutor_notes=faults,
    )


def _outcome(items: Sequence[Item], reached: int, possible: int, options: RubricOptions) -> Outcome:
    outcomes = {item.outcome for item in items}
    if any(item.musts and item.outcome is Outcome.FAILED for item in items):
        return Outcome.FAILED
    if Outcome.PENDING in outcomes:
        return Outcome.PENDING
    return Outcome.PASSED if reached + 1e-9 >= options.needed * possible else Outcome.FAILED


def _summary(items: Sequence[Item], journal: Journal) -> str:
    waiting = sum(item.outcome is Outcome.PENDING for item in items)
    marked = f"Marked by your tutor: {len(items) - waiting} of {len(items)} criteria."
    return " ".join([marked, *(f"{one.rstrip('?')}." for one in journal.problems)])


# -- judgements


def _judged(
    judgements: Sequence[Judgement], criteria: Sequence[Criterion]
) -> tuple[dict[str, Judgement], tuple[str, ...]]:
    """The latest judgement of each criterion, and what is wrong with those that fit none."""
    known = {one.id: one for one in criteria}
    found: dict[str, Judgement] = {}
    faults: list[str] = []
    for one in sorted(judgements, key=lambda judgement: judgement.at):
        shown = visible(one.criterion, 60)
        if one.criterion not in known:
            near = did_you_mean(one.criterion, known)
            faults.append(f"a judgement is on `{shown}`, which is no criterion here{near}")
        elif one.level not in known[one.criterion].levels:
            levels = listed(known[one.criterion].levels)
            level = visible(one.level, 60)
            faults.append(f"`{shown}` is judged `{level}`; its levels are {levels}")
        else:
            found[one.criterion] = one
    return found, tuple(faults)


def _item(
    criterion: Criterion,
    judgement: Judgement | None,
    context: Context,
    journal: Journal,
    options: RubricOptions,
) -> Item:
    levels = list(criterion.levels)
    outcome, reason = Outcome.PENDING, ""
    if judgement is not None:
        met = levels.index(judgement.level) >= levels.index(criterion.meets)
        outcome = Outcome.PASSED if met else Outcome.FAILED
        reason = f"judged “{judgement.level}”: {criterion.levels[judgement.level]}"
    return Item(
        id=f"{NAME}::{criterion.id}",
        outcome=outcome,
        sentence=criterion.title,
        reason="" if outcome is Outcome.PASSED else reason,
        hint=f"Met from “{criterion.meets}” on: {criterion.levels[criterion.meets]}"
        if outcome is Outcome.FAILED
        else "",
        feedback=visible(judgement.note, _NOTE) if judgement else "",
        behaviour=f"{NAME}::{criterion.id}",
        points=criterion.points,
        ksbs=criterion.ksbs or options.ksbs,
        facets=(criterion.facet,) if criterion.facet else (),
        musts=criterion.musts,
        trust=Trust.JUDGED,
        detail="\n".join(_detail(criterion, judgement, context, journal)),
    )


def _detail(
    criterion: Criterion, judgement: Judgement | None, context: Context, journal: Journal
) -> Iterable[str]:
    """For the tutor: who judged, the levels, and what the grader has collected."""
    if judgement is not None:
        told = [judgement.level, judgement.by and f"by {judgement.by}", judgement.at]
        yield "judged: " + visible(" · ".join(filter(None, told)))
    for level, words in criterion.levels.items():
        meets = " (meets)" if level == criterion.meets else ""
        yield f"level {level}{meets}: {visible(words, 400)}"
    for reference in criterion.evidence:
        yield from _collected(reference, context, journal)


# -- evidence


def _refuse_unknown(context: Context, options: RubricOptions) -> None:
    """Say which evidence isn't there to be shown, and which codes aren't the exercise's."""
    problems: list[str] = []
    for one in options.criteria:
        place = f"criterion `{one.id}`"
        problems += [
            f"{place}: `{code}` isn't in the exercise's own `ksbs`"
            for code in one.ksbs
            if code not in context.exercise.ksbs
        ]
        faults = (_evidence_fault(reference, context) for reference in one.evidence)
        problems += [f"{place}: {fault}" for fault in faults if fault]
    if problems:
        text = f"The rubric of `{context.exercise.id}` can't be used:"
        raise ExerciseError(text, tuple(problems))


def _evidence_fault(reference: str, context: Context) -> str:
    file, _, field = reference.partition(":")
    if file in context.exercise.work and (not field or _is_field(file, field)):
        return ""
    checks = list(context.exercise.checks)
    if reference not in checks:
        return f"evidence `{reference}` is no work file, field of the journal, or check"
    if checks.index(reference) > checks.index(NAME):
        return f"the check `{reference}` has to stand above the rubric to be shown in it"
    return ""


def _is_field(file: str, field: str) -> bool:
    return file == JOURNAL and field in FIELDS


def _collected(reference: str, context: Context, journal: Journal) -> Iterable[str]:
    file, _, field = reference.partition(":")
    if field:
        lines = journal.fields.get(field, ())
        yield f"{reference}: {'' if lines else 'nothing written'}".rstrip()
        yield from (f"    {line}" for line in lines)
    elif file in context.exercise.checks:
        yield _result(file, context)
    elif file in context.work:
        yield from _excerpt(file, context.work[file])
    else:
        yield f"{file}: not handed in"


def _result(name: str, context: Context) -> str:
    found = next((one for one in context.results if one.name == name), None)
    if found is None:
        return f"{name}: not run here"
    points = f", {found.points} of {found.points_max} points" if found.points_max else ""
    summary = f"; {visible(found.summary)}" if found.summary else ""
    return f"{name}: {_OUTCOMES[found.outcome]}{points}{summary}"


def _excerpt(name: str, data: bytes) -> Iterable[str]:
    """The beginning of a file, by lines, with nothing in it that a terminal would act on."""
    lines = data[: _LINES * _CUT * 4].decode("utf-8", "replace").splitlines()
    total = data.count(b"\n") + bool(data and not data.endswith(b"\n"))
    yield f"{name}: {total} line{'' if total == 1 else 's'}"
    yield from (f"    {visible(line.expandtabs(4), _CUT)}" for line in lines[:_LINES])
    if total > _LINES:
        yield f"    … {total - _LINES} more lines"


def _carries(options: RubricOptions) -> tuple[str, ...]:
    codes = [code for one in options.criteria for code in one.ksbs or options.ksbs]
    return tuple(dict.fromkeys(codes))


CHECK = Check(NAME, RubricOptions, run, visible=True, carries=_carries)
