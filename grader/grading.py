"""The pipeline: read, check, weigh. One exercise of one submission at a time."""

from __future__ import annotations

import platform
import re
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import cast

import msgspec

from grader.bridge import Examiner
from grader.catalogue import (
    Exercise,
    Starters,
    digest_of,
    exercise_digest,
    find_given,
    is_untouched,
    read_starters,
)
from grader.checks import Context, all_checks
from grader.checks.budget import Budget
from grader.checks.own_data import given_to
from grader.checks.questions import NAME as QUESTIONS
from grader.checks.suite_faults import cure
from grader.errors import ExerciseError, GraderError, SandboxError, SubmissionError
from grader.escaping import visible
from grader.individual import NOBODY, Learner
from grader.results import (
    CheckResult,
    Digests,
    ExerciseResult,
    Item,
    Judgement,
    Outcome,
    Status,
    Trust,
)
from grader.submission import Finding, Submission, read_submission

PARTLY = 0.5


@dataclass(frozen=True)
class Task:
    """One exercise to be graded: where the work lies, and the author's side if it is here.

    `learner` decides individual data; `judgements` are what a tutor decided on this work.
    """

    exercise: Exercise
    work: Path
    solution: Path | None = None
    learner: Learner = NOBODY
    judgements: tuple[Judgement, ...] = ()


def grade_one(task: Task, examiner: Callable[[], Examiner]) -> ExerciseResult:
    """Read the work of one exercise and grade it.

    A fault of ours or the author's gives `broken`. Raises SandboxError when there is no sandbox to
    run it in, and nothing else.
    """
    try:
        return grade_work(task, read_work(task), examiner)
    except SubmissionError as error:  # the folder itself can't be read: its owner must act
        refused = Finding(file="", level="refused", sentence=str(error))
        return result_of(task, Submission(files={}, findings=(refused,)), Status.NOT_YET)
    except SandboxError:
        raise
    except Exception as error:  # noqa: BLE001 - whatever it is, it is not the learner's fault
        return could_not_be_graded(task, error)


def grade_work(
    task: Task, submission: Submission, examiner: Callable[[], Examiner]
) -> ExerciseResult:
    """Grade work that was read already. A fault of ours or the author's gives `broken`.

    `examiner` is asked for only when there is something to run.
    """
    began = time.perf_counter()
    exercise = task.exercise
    starters = read_starters(exercise.folder.parent)
    if not_started(exercise, submission, starters):
        return result_of(task, submission, Status.NOT_STARTED)
    try:
        given = given_to(exercise, task.learner)
    except ExerciseError as error:
        broken = tuple(_broken(name, one, str(error)) for name, one in exercise.checks.items())
        return result_of(task, submission, Status.BROKEN, broken)
    context = Context(
        exercise,
        submission.files,
        given,
        task.solution,
        examiner(),
        learner=task.learner,
        judgements=task.judgements,
        budget=Budget(exercise.sandbox.budget),
    )
    checks = _with_reasons(run_checks(context), submission)
    seconds = time.perf_counter() - began
    made = result_of(task, submission, weigh(checks), checks, seconds=seconds)
    return msgspec.structs.replace(made, out_of_time=_out_of_time(context.budget))


def _with_reasons(
    checks: tuple[CheckResult, ...], submission: Submission
) -> tuple[CheckResult, ...]:
    """Where work could not be read, items that failed for want of it say why, in its place."""
    why = {one.file: one.sentence for one in submission.findings if one.level == "refused"}
    if not why:
        return checks

    def told(item: Item) -> Item:
        reason = next((why[file] for file in why if _lacks(item, file, submission.files)), "")
        return msgspec.structs.replace(item, reason=reason, where="") if reason else item

    return tuple(
        msgspec.structs.replace(check, items=tuple(map(told, check.items))) for check in checks
    )


def _lacks(item: Item, file: str, files: Mapping[str, bytes]) -> bool:
    """Whether an item failed since this file wasn't there."""
    module = file.removesuffix(".py").replace("/", ".")
    phrases = (
        f"No module named '{module}'",
        f"No such file or directory: '{file}'",
        f"{file} was not handed in",
    )
    if item.outcome is not Outcome.FAILED or any(one in item.reason for one in phrases):
        return item.outcome is Outcome.FAILED
    if not item.reason.endswith("could not be loaded: a ModuleNotFoundError was raised"):
        return False
    source = files.get(item.reason.partition(" could not be loaded")[0], b"")
    imports = rf"^\s*(?:from|import)\s+{re.escape(module)}\b"
    return re.search(imports, source.decode("utf-8", "replace"), re.MULTILINE) is not None


def _out_of_time(budget: Budget) -> str:
    """Say in which check the time of a grading ended; "" when it did not."""
    if not budget.ended_in:
        return ""
    return (
        f"Grading may run your work for {budget.seconds:g} seconds in all, and they were used up "
        f"in the check {budget.ended_in}. What was not reached by then counts as not passed."
    )


def judge_again(task: Task, result: ExerciseResult, files: Mapping[str, bytes]) -> ExerciseResult:
    """The result with what a tutor decides decided anew from the task's judgements.

    Nothing of the learner's is run; what else was found stays as it was.
    """
    checks: tuple[CheckResult, ...] = ()
    for check in result.checks:
        if check.trust is Trust.JUDGED and check.name in task.exercise.checks:
            # Such a check shows what others found, and runs nothing.
            nothing = cast(Examiner, None)
            context = Context(
                task.exercise, files, {}, task.solution, nothing, task.learner, task.judgements
            )
            options = task.exercise.checks[check.name]
            check = _run_check(check.name, replace(context, results=checks), options)
        checks += (check,)
    return msgspec.structs.replace(result, checks=checks, status=weigh(checks))


def could_not_be_graded(
    task: Task, error: BaseException, submission: Submission | None = None
) -> ExerciseResult:
    """The result of work whose grading came to no end, which is never its author's fault."""
    text = f"it could not be graded: {type(error).__name__}: {error}"
    check = CheckResult(
        name="grading",
        outcome=Outcome.BROKEN,
        evidence=False,
        summary=_of_the_machine(error),
        tutor_notes=(text,),
    )
    return result_of(task, submission or Submission(files={}), Status.BROKEN, (check,))


def result_of(
    task: Task,
    submission: Submission,
    status: Status,
    checks: tuple[CheckResult, ...] = (),
    *,
    seconds: float = 0.0,
) -> ExerciseResult:
    """A result with the facts of its exercise."""
    exercise = task.exercise
    return ExerciseResult(
        id=exercise.id,
        title=exercise.title,
        client=exercise.client,
        track=exercise.track,
        difficulty=exercise.difficulty,
        status=status,
        digest=Digests(
            exercise=exercise_digest(exercise, task.solution), work=digest_of(submission.kept)
        ),
        ksbs=exercise.ksbs,
        duties=exercise.duties,
        provisional=task.solution is None,
        checks=checks,
        findings=(*_given_findings(task), *_findings(submission)),
        unreadable=submission.unreadable,
        seconds=seconds,
        python=platform.python_version() if checks else "",
    )


def read_work(task: Task) -> Submission:
    """The work as it lies there, in a folder, zip or notebook; nothing when it isn't there.

    SubmissionError when it may not be read at all.
    """
    exercise = task.exercise
    try:
        if not task.work.exists():
            return Submission(files={})
        return read_submission(
            task.work,
            exercise.work,
            exercise=exercise.id,
            given=_given(task),
            starters=read_starters(exercise.folder.parent).get(exercise.id, {}),
        )
    except OSError as error:
        shown = visible(str(task.work))
        said = f"`{shown}` can't be read: {error.strerror}. Allow reading it."
        raise SubmissionError(said) from error


def not_started(exercise: Exercise, submission: Submission, starters: Starters) -> bool:
    """Whether nothing was begun. Something that was handed in and could not be taken was begun.

    So was work of which there is nothing but a file that can't be read, such as a notebook.
    """
    levels = {finding.level for finding in submission.findings if finding.file}
    lost = "refused" in levels or ("notice" in levels and not submission.files)
    return bool(is_untouched(exercise, submission.files, starters)) and not lost


def _given(task: Task) -> dict[str, bytes]:
    try:
        return given_to(task.exercise, task.learner)
    except ExerciseError:  # told when it is graded
        return {}


def run_checks(context: Context) -> tuple[CheckResult, ...]:
    """Every check that the exercise asks for and that can run here, in the file's order."""
    kinds = all_checks()
    results: tuple[CheckResult, ...] = ()
    for name, options in context.exercise.checks.items():
        if kinds[name].visible or context.solution is not None:
            results += (_run_check(name, replace(context, results=results), options),)
    return results


def _run_check(name: str, context: Context, options: object) -> CheckResult:
    try:
        return all_checks()[name].run(context, options)
    except SandboxError as error:
        return msgspec.structs.replace(
            _broken(name, options, str(error)), summary=_of_the_machine(error)
        )
    except ExerciseError as error:
        return _broken(name, options, str(error), _cure(context))
    except GraderError as error:
        return _broken(name, options, str(error))
    except Exception as error:  # noqa: BLE001 - whatever it is, it is not the learner's fault
        return _broken(name, options, f"{type(error).__name__}: {error}")


def _of_the_machine(error: BaseException) -> str:
    """What this computer lacks, which everybody may read; "" for other errors."""
    return visible(str(error), 600) if isinstance(error, SandboxError) else ""


def _cure(context: Context) -> str:
    """Where an author or tutor mends what is wrong with an exercise."""
    id_ = context.exercise.id
    if context.solution is None:
        return cure(f"exercises/{id_}")
    return cure(f"{context.solution.parent.name}/{id_}")


def _broken(name: str, options: object, *notes: str) -> CheckResult:
    carries = all_checks()[name].carries
    codes = carries(options) if carries else ()
    return CheckResult(
        name=name,
        outcome=Outcome.BROKEN,
        required=getattr(options, "required", True),
        evidence=bool(codes) or carries is None,
        ksbs=codes,
        tutor_notes=notes,
    )


def weigh(checks: Sequence[CheckResult]) -> Status:
    """The status of an exercise from its required checks.

    A must that failed decides, also beside what is broken: nothing that a program can bring about
    hides it. Met when all of them passed; partly when at least half of their points were reached,
    those of questions left aside: right answers don't make up for work that isn't done.
    """
    required = [check for check in checks if check.required]
    # In an apprentices' pack what decides may be missing: there the worked examples stand for it.
    required = required or [one for one in checks if not one.evidence] or list(checks)
    outcomes = {check.outcome for check in required}
    if any(_must_failed(check) for check in checks):
        return Status.MUST_FAILED  # seen to fail, whatever else could not be decided
    if Outcome.BROKEN in outcomes or not required:
        return Status.BROKEN
    if outcomes <= {Outcome.PASSED}:
        return Status.MET
    if Outcome.FAILED not in outcomes and Outcome.PENDING in outcomes:
        return Status.PENDING
    done = [check for check in required if check.name != QUESTIONS] or required
    reached = sum(check.points for check in done)
    possible = sum(check.points_max for check in done)
    return Status.PARTLY if possible and reached >= PARTLY * possible else Status.NOT_YET


def _must_failed(check: CheckResult) -> bool:
    """A must that was reached and failed; one behind an import error was not reached."""
    return any(
        item.musts and item.outcome is Outcome.FAILED and not item.cause for item in check.items
    )


def _findings(submission: Submission) -> tuple[str, ...]:
    return tuple(finding.sentence for finding in submission.findings if finding.level != "note")


def _given_findings(task: Task) -> tuple[str, ...]:
    """What there is to say of given files that the learner has in the same folder as the work."""
    if task.work != task.exercise.folder:
        return ()  # the course's own copy is used, whatever the learner's holds
    given = find_given(task.exercise)
    gone = "belongs to the exercise and isn't there"
    changed = "isn't as the course gave it; your tutor grades with the original"
    found = dict.fromkeys(given.missing, gone) | dict.fromkeys(given.changed, changed)
    back = f"Put it back with `grade reset {task.exercise.id}"
    shown = {visible(name): what for name, what in found.items()}
    return tuple(f"{name} {what}. {back} {name}`." for name, what in shown.items())
