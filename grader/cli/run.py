"""`grade PATH…`: grade, print, write, exit code."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from grader.catalogue import Exercise
from grader.cli.finding import (
    code_known,
    course_of,
    exercises_under,
    solutions_for,
    task_for,
)
from grader.cli.handed_in import refuse_work_without_course, work_under
from grader.cli.judgements import judgements_in
from grader.cli.trusting import course_to_trust, level_for
from grader.disclosure import for_learner
from grader.errors import UsageError
from grader.escaping import visible
from grader.executing import grade_all
from grader.grading import Task
from grader.individual import Learner
from grader.results import ExerciseResult, GradeReport, Status, to_json
from grader.sandbox import Level
from grader.summary import practice_report
from grader.tables import did_you_mean
from grader.workspace import Workspace, learner_of, progress


@dataclass(frozen=True)
class Options:
    """The command line's options as click gives them."""

    paths: tuple[Path, ...]
    solutions: Path | None
    exercises: Path | None
    only: tuple[str, ...]
    ksb: tuple[str, ...]
    json_file: Path | None
    html_folder: Path | None
    jobs: int | None
    isolation: str | None
    verbose: bool
    learner: str
    attempt: int
    judgements: Path | None


def grade_paths(options: Options) -> int:
    """Grade everything under the paths; the exit code."""
    closed: list[Path] = []
    every = _exercises(options, closed)
    if options.exercises is None:
        course = course_to_trust(every, options.paths, options.solutions)
        if course is not None:
            whose = options.learner or learner_of(every[0].folder.parent).id
            options = replace(options, exercises=course, learner=whose)
            every = _exercises(options, [])
    chosen = _chosen(every, options)
    solutions = solutions_for(every, options.solutions)
    judged = judgements_in(options.judgements, every) if options.judgements else {}
    tasks = [
        replace(
            task,
            learner=_learner(task, options),
            judgements=judged.get(task.exercise.id, ()),
        )
        for task in _tasks(chosen, options, solutions)
    ]
    _refuse_strangers(tasks, options)
    level = level_for(tasks, options.isolation)
    _say_level(level)
    results = _graded(tasks, level, options)
    report = practice_report(
        results,
        every,
        course_of(every),
        level=level,
        submission=", ".join(map(str, options.paths)),
        now=datetime.now(UTC),
        solutions=solutions,
    )
    _write(report, options, every)
    _say_closed(closed)
    _note(chosen, results, options)  # last: what can't be kept costs no report
    return exit_code(results)


def _exercises(options: Options, closed: list[Path]) -> tuple[Exercise, ...]:
    if options.exercises is not None:
        return exercises_under([options.exercises])
    refuse_work_without_course(options.paths)
    return exercises_under(options.paths, need_starters=False, closed=closed)


def _chosen(every: Sequence[Exercise], options: Options) -> list[Exercise]:
    ids = [exercise.id for exercise in every]
    for name in options.only:
        if name not in ids:
            raise UsageError(f"There is no exercise `{name}` here{did_you_mean(name, ids)}")
    codes = {code_known(code) for code in options.ksb}
    chosen = [
        exercise
        for exercise in every
        if (not options.only or exercise.id in options.only)
        and (not codes or codes & set(exercise.ksbs))
    ]
    if not chosen:
        raise UsageError(f"No exercise here is for {', '.join(sorted(codes))}.")
    return chosen


def _tasks(chosen: Sequence[Exercise], options: Options, solutions: Path | None) -> list[Task]:
    """What to grade: the exercise's own folder, or the work of somebody beside the course."""
    if options.exercises is None:
        return [task_for(exercise, solutions) for exercise in chosen]
    found = work_under(options.paths, chosen)
    missing = options.paths[0]
    return [
        task_for(exercise, solutions, found.get(exercise.id, missing / exercise.id))
        for exercise in chosen
    ]


def _learner(task: Task, options: Options) -> Learner:
    """Whose work it is: as named, or whoever's folder it is."""
    return Learner(options.learner or task.learner.id, options.attempt)


def _refuse_strangers(tasks: Sequence[Task], options: Options) -> None:
    """Work for some exercises may be missing, but not for all of them."""
    if not any(task.work.exists() for task in tasks):
        names = ", ".join(visible(str(path)) for path in options.paths)
        wanted = ", ".join(f"`{task.exercise.id}`" for task in tasks[:5])
        raise UsageError(f"There is no work in {names}: looked for folders named {wanted}.")


def _say_level(level: Level) -> None:
    """Say before anything runs that it will not be shut off completely."""
    if level < Level.FULL:
        from rich.console import Console

        from grader.reports.paper import Paper
        from grader.reports.wording import isolation_warning

        warning = isolation_warning(level.label)
        Paper(Console(stderr=True, highlight=False)).put((warning, "yellow"))


def _say_closed(folders: Sequence[Path]) -> None:
    """Name what was not graded since it may not be read."""
    for folder in folders:
        shown = visible(str(folder))
        print(
            f"`{shown}` was not graded: your account may not read it. "
            "Give it back to your account, or make it readable, and run this again.",
            file=sys.stderr,
        )


def _graded(tasks: Sequence[Task], level: Level, options: Options) -> list[ExerciseResult]:
    jobs = options.jobs or min(len(tasks), os.cpu_count() or 1)
    return list(grade_all(tasks, level=level, jobs=jobs))


def _note(chosen: Sequence[Exercise], results: Sequence[ExerciseResult], options: Options) -> None:
    """Note how an apprentice's own work stands, for `grade start`."""
    if options.exercises is None:
        for home in dict.fromkeys(exercise.folder.parent for exercise in chosen):
            ours = {one.id for one in chosen if one.folder.parent == home}
            progress.note(Workspace(home), [one for one in results if one.id in ours])


def _write(report: GradeReport, options: Options, exercises: Sequence[Exercise]) -> None:
    if options.json_file is not None and str(options.json_file) == "-":
        sys.stdout.buffer.write(_json(report, options))
        return
    if options.json_file is not None:
        _save(options.json_file, _json(report, options))
    if options.html_folder is not None:
        from grader.reports.html_report import page

        options.html_folder.mkdir(parents=True, exist_ok=True)
        text = page(
            report,
            today=datetime.now(UTC).date(),
            tutor=options.verbose,
            exercises=exercises,
        )
        _save(options.html_folder / "index.html", text.encode("utf-8", "replace"))
    _print(report, options, exercises)


def _json(report: GradeReport, options: Options) -> bytes:
    """What may be handed on to its learner; all of it in the tutor's view."""
    return to_json(report if options.verbose else for_learner(report))


def _print(report: GradeReport, options: Options, exercises: Sequence[Exercise]) -> None:
    from rich.console import Console

    from grader.reports.terminal import render

    render(report, Console(highlight=False), tutor=options.verbose, exercises=exercises)
    for path in (options.json_file, options.html_folder):
        if path is not None:
            sys.stdout.write(f"Written: {path}\n")


def _save(path: Path, data: bytes) -> None:
    try:
        path.write_bytes(data)
    except OSError as error:
        raise UsageError(f"`{path}` can't be written: {error.strerror}") from None


def exit_code(results: Sequence[ExerciseResult]) -> int:
    """0 all met, 1 something is not met yet, 2 something could not be graded."""
    statuses = {result.status for result in results}
    if Status.BROKEN in statuses:
        return 2
    return 0 if statuses <= {Status.MET} else 1
