"""`grade release`: the apprentices' pack."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from grader.authoring.releasing import release
from grader.catalogue import Exercise
from grader.cli.finding import course_of, exercises_under
from grader.errors import UsageError
from grader.lab.notebooks import FOLDER, build
from grader.workspace import Workspace


def write(to: Path, exercises: Path, solutions: Path | None) -> None:
    """Make the pack and say what is in it."""
    hidden = solutions or exercises.resolve().parent / "solutions"
    if not hidden.is_dir():
        text = f"`{hidden}` isn't a folder, and without it nothing can be proved"
        raise UsageError(f"{text}; --solutions names where solutions lie.")
    every = exercises_under([exercises])
    made = release(to, every, course_of(every), hidden, lambda: _notebooks(every))
    if made.renewed:
        gone = f", {made.removed} that are gone from the course removed" if made.removed else ""
        click.echo(f"The pack in {to} was there and unchanged; it is made anew{gone}.")
    click.echo(f"{to}: {made.written} files, {len(made.exercises)} exercises")
    click.echo(f"Compared with {made.compared} files of {hidden.name}/: nothing of them is in it.")
    click.echo(f"Try it as an apprentice would: see {to / 'README.md'}")


def _notebooks(exercises: Sequence[Exercise]) -> dict[str, bytes]:
    """What the course's notebooks should be; nothing for a course without any."""
    home = exercises[0].folder.parent
    if not (home.parent / FOLDER).is_dir():
        return {}
    return {one.name: one.data for one in build(Workspace(home), exercises)}
