"""From the records of a run suite to a check's result: behaviours, points, reasons."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from grader.bridge import Deadlines, Examined, Run, TestRecord, module_names
from grader.checks.check import Context, Options
from grader.checks.seeds import public_seed
from grader.results import CheckResult, Item, Outcome, Trust
from grader.sandbox import Limits, Policy

_OUTCOMES = {
    "passed": Outcome.PASSED,
    "failed": Outcome.FAILED,
    "skipped": Outcome.SKIPPED,
    "broken": Outcome.BROKEN,
}
NOT_PREPARED = "the tests could not be set up with your program as it is"
NO_VERDICT = "this test came to no verdict"


def run_of(context: Context, **changes: object) -> Run:
    """A run of a suite against the learner's files, with the limits of the exercise."""
    exercise = context.exercise
    needs = exercise.sandbox
    call = needs.seconds or Deadlines().call
    limits = Limits(cpu_seconds=20, **({"memory_mb": needs.memory} if needs.memory else {}))
    run = {
        "modules": module_names(dict.fromkeys(exercise.work)),
        "files": context.files,
        "given_folder": exercise.folder,
        "given": module_names(context.given),
        "deadlines": Deadlines(start=2.5 * call, call=call, test=5 * call, session=30 * call),
        "policy": Policy(limits=limits, processes=needs.processes, loopback=needs.loopback),
        "keep": needs.fresh == "module",
        "programs": needs.programs,
        "handed_in": exercise.work,
        "seed": public_seed(exercise, context.learner),
        "given_files": context.given,
        "markers": dict(exercise.markers),
    }
    return Run(**{**run, **changes})  # type: ignore[arg-type]


def items_of(
    expected: Sequence[TestRecord],
    examined: Examined,
    options: Options,
    feedback: Mapping[str, str] | None = None,
) -> tuple[Item, ...]:
    """One item per expected test; a test that did not report has not passed."""
    found = {record.id: record for record in examined.tests}
    stopped = _stopped(examined)
    return tuple(
        _item(record, found.get(record.id), stopped, options, feedback or {}) for record in expected
    )


def _stopped(examined: Examined) -> TestRecord:
    """The record that stands for each test without one."""
    if examined.ended:
        return TestRecord(id="", outcome="failed", cause="ended", reason=examined.ended)
    if not examined.finished:
        return TestRecord(id="", outcome="broken", cause="examiner", reason=NO_VERDICT)
    if examined.module_errors:
        _, reason, where = examined.module_errors[0]
        return TestRecord(id="", outcome="failed", cause="import", reason=reason, where=where)
    return TestRecord(id="", outcome="failed", cause="collection", reason=NOT_PREPARED)


def _item(
    expected: TestRecord,
    found: TestRecord | None,
    stopped: TestRecord,
    options: Options,
    feedback: Mapping[str, str],
) -> Item:
    record = found or stopped
    marks = expected.marks
    outcome = _OUTCOMES.get(record.outcome, Outcome.FAILED)
    failed = outcome is Outcome.FAILED
    return Item(
        id=expected.id,
        outcome=outcome,
        sentence=marks.sentence,
        reason="" if outcome is Outcome.BROKEN else record.reason,
        where=record.where,
        hint=marks.hint if failed else "",
        feedback=feedback.get(marks.feedback, "") if failed and not record.cause else "",
        clause=marks.clause,
        behaviour=marks.behaviour or function_of(expected.id),
        points=marks.points,
        ksbs=marks.ksbs or options.ksbs,
        facets=marks.facets,
        musts=marks.musts,
        cause=record.cause,
        example=record.example,
        trust=Trust.REPORTED if record.reported else Trust.OBSERVED,
        seconds=record.seconds,
        detail=record.detail or (record.reason if outcome is Outcome.BROKEN else ""),
        calls=record.calls,
    )


def function_of(test_id: str) -> str:
    """The test function behind an id: parameters cut off."""
    return test_id.partition("[")[0]


def points_of(items: Iterable[Item]) -> tuple[int, int]:
    """Points reached and possible: a behaviour has its points when all its items passed."""
    behaviours: dict[str, tuple[int, bool]] = {}
    for item in items:
        points, held = behaviours.get(item.behaviour, (0, True))
        passed = item.outcome is Outcome.PASSED
        behaviours[item.behaviour] = (max(points, item.points), held and passed)
    reached = sum(points for points, held in behaviours.values() if held)
    return reached, sum(points for points, _ in behaviours.values())


def result_of(
    name: str,
    items: tuple[Item, ...],
    options: Options,
    examined: Examined,
    *,
    evidence: bool,
    seconds: float,
) -> CheckResult:
    """The check's result: broken before failed, failed before passed."""
    reached, possible = points_of(items)
    return CheckResult(
        name=name,
        outcome=_outcome(items, reached, possible, options),
        trust=Trust.OBSERVED,
        required=options.required,
        evidence=evidence,
        ksbs=options.ksbs,
        points=reached,
        points_max=possible,
        needed=options.needed,
        seconds=seconds,
        items=items,
        tutor_notes=_notes(examined),
    )


def _outcome(items: Sequence[Item], reached: int, possible: int, options: Options) -> Outcome:
    if not items or any(item.outcome is Outcome.BROKEN for item in items):
        return Outcome.BROKEN
    must_failed = any(item.musts and item.outcome is not Outcome.PASSED for item in items)
    # Compared as whole numbers where they are: 9 of 10 points are 0.9.
    enough = reached + 1e-9 >= options.needed * possible
    return Outcome.PASSED if enough and not must_failed else Outcome.FAILED


def _notes(examined: Examined) -> tuple[str, ...]:
    notes = [*examined.faults, *examined.remarks]
    if examined.flattened:
        names = ", ".join(examined.flattened)
        notes.append(f"classes with several unrelated built-in bases, shown as plain: {names}")
    return tuple(notes)
