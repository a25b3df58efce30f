"""`grade reset ID [FILE…]`: the starters back, and what they replaced back again."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import click
from rich.console import Console

from grader.catalogue import Exercise
from grader.cli.finding import (
    course_folder,
    exercises_under,
    one_exercise,
    prepare_own,
    say_notices,
    shown_path,
)
from grader.errors import UsageError
from grader.reports.paper import Paper
from grader.reports.wording import count
from grader.workspace import Workspace
from grader.workspace.resetting import Change, changes, last_replaced, reset, undo


def put_back(
    text: str, files: Sequence[str], exercises: Path | None, *, yes: bool, back: bool
) -> int:
    """Say what changes, ask, do it, say how to take it back; the exit code."""
    every = exercises_under([course_folder(exercises)], need_starters=False)
    exercise = one_exercise(text, every)
    workspace = Workspace(exercise.folder.parent)
    console = Console(highlight=False)
    paper = Paper(console)
    if back and files:
        raise UsageError("--undo takes no files: it brings back all that was replaced last.")
    planned = last_replaced(workspace, exercise) if back else changes(workspace, exercise, files)
    say_notices(workspace, console)
    if not planned:
        paper.put("Nothing to do: these files are the starters already.")
        return 0
    _tell(planned, exercise, paper, back=back)
    if not yes and not _agreed():
        paper.put("Nothing was changed.")
        return 1
    (undo if back else reset)(workspace, exercise, planned)
    if not back:
        # The starter of a form for answers is empty: their own questions go into it again.
        prepare_own(exercise, paper)
    what = "The texts that were replaced are back." if back else "The starters are back."
    paper.put(
        f"{what} What was there before is kept; to bring it back: grade reset {exercise.id} --undo"
    )
    return 0


def _tell(planned: Sequence[Change], exercise: Exercise, paper: Paper, *, back: bool) -> None:
    comes = "the text that was replaced last" if back else "the starter"
    for one in planned:
        now = "is missing" if one.before is None else f"has {count(one.lines, 'line')} now"
        path = shown_path(exercise.folder / one.file)
        paper.put(f"{path} {now}; {comes} ({count(one.new_lines, 'line')}) takes its place.")


def _agreed() -> bool:
    if not sys.stdin.isatty():
        raise UsageError(
            "This isn't a terminal in which to ask you whether to go on, so nothing was changed. "
            "Say --yes if you are sure."
        )
    return click.confirm("Go on?", default=False)
