"""`grade hint ID`: one more hint each time."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from rich.console import Console

from grader.cli.finding import (
    course_folder,
    exercises_under,
    one_exercise,
    say_notices,
    solutions_for,
    task_for,
)
from grader.cli.trusting import course_to_trust
from grader.executing import grade_all
from grader.reports.paper import Paper
from grader.reports.wording import count
from grader.sandbox import best_level
from grader.workspace import Workspace
from grader.workspace.hints import hint_words, next_hint, taken_hints, test_hints


def show(text: str, exercises: Path | None, named: Path | None, *, again: bool) -> None:
    """Give the next hint, or show those that were given."""
    every = exercises_under([course_folder(exercises)], need_starters=False)
    exercise = one_exercise(text, every)
    course_to_trust([exercise], [exercise.folder], named)
    workspace = Workspace(exercise.folder.parent)
    console = Console(highlight=False)
    paper = Paper(console)
    if again:
        taken = taken_hints(workspace, exercise.id)
        say_notices(workspace, console)
        paper.put(f"{count(len(taken), 'hint')} for {exercise.title} so far.")
        for number, hint in enumerate(taken, start=1):
            paper.put(hint.text, label=f"{number}. ", indent=2)
        return

    def from_tests() -> Sequence[str]:
        paper.put(("The ticket has no more hints; looking at what your program does …", "dim"))
        task = task_for(exercise, solutions_for(every, named))
        return [
            hint for result in grade_all([task], level=best_level()) for hint in test_hints(result)
        ]

    first, *rest = hint_words(next_hint(workspace, exercise, from_tests), exercise)
    say_notices(workspace, console)
    paper.put((first, "bold"))
    for line in rest:
        paper.put(line)
