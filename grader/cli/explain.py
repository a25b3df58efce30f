"""`grade explain CODE`: a KSB, its exercises, and how one's own level came about."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console

from grader.cli.finding import code_known, course_of, exercises_under, solutions_for, task_for
from grader.executing import grade_all
from grader.reports.explain_view import explain
from grader.sandbox import best_level
from grader.standard import standard
from grader.summary import practice_report, rules_of


def show(code: str, path: Path, named: Path | None) -> None:
    """Grade the exercises that carry the code, as practice, and explain the level."""
    known = code_known(code)
    exercises = exercises_under([path], need_starters=False)
    course = course_of(exercises)
    solutions = solutions_for(exercises, named)
    carriers = [exercise for exercise in exercises if known in exercise.ksbs]
    skill = None
    if carriers:
        level = best_level()
        tasks = [task_for(exercise, solutions) for exercise in carriers]
        report = practice_report(
            list(grade_all(tasks, level=level)),
            exercises,
            course,
            level=level,
            submission=str(path),
            now=datetime.now(UTC),
            solutions=solutions,
        )
        skill = next(one for one in report.ksbs if one.code == known)
    console = Console(highlight=False)
    explain(known, skill, standard(), exercises, rules_of(course), console)
