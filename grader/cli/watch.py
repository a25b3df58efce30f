"""`grade watch ID`: checks again whenever the work is saved."""

from __future__ import annotations

import sys
from pathlib import Path

from rich.console import Console

from grader.cli.finding import (
    course_folder,
    exercises_under,
    one_exercise,
    solutions_for,
    task_for,
)
from grader.cli.trusting import course_to_trust
from grader.sandbox import Level, best_level
from grader.workspace import Workspace
from grader.workspace.keys import NoKeys, terminal_keys
from grader.workspace.screen import Screen
from grader.workspace.watching import Watch


def watch(text: str, exercises: Path | None, named: Path | None, isolation: str | None) -> None:
    """Watch until `q` or Ctrl-C."""
    every = exercises_under([course_folder(exercises)], need_starters=False)
    exercise = one_exercise(text, every)
    course_to_trust([exercise], [exercise.folder], named)
    solutions = solutions_for(every, named)
    live = sys.stdin.isatty() and sys.stdout.isatty()
    console = Console(highlight=False)
    watching = Watch(
        every,
        exercise,
        Level.parse(isolation) if isolation else best_level(),
        lambda one: task_for(one, solutions),
        Workspace(exercise.folder.parent),
        Screen(console, live=live),
    )
    try:
        if live:
            with terminal_keys(sys.stdin.fileno()) as keys:
                watching.run(keys)
        else:
            watching.run(NoKeys())
    except KeyboardInterrupt:
        pass  # how one ends it where there are no keys
    console.print("Stopped watching.")
