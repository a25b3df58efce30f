"""`grade release`: the apprentices' pack."""

from __future__ import annotations

from pathlib import Path

import click

from grader.authoring.releasing import release
from grader.cli.finding import course_of, exercises_under
from grader.errors import UsageError


def write(to: Path, exercises: Path, solutions: Path | None) -> None:
    """Make the pack and say what is in it."""
    hidden = solutions or exercises.resolve().parent / "solutions"
    if not hidden.is_dir():
        text = f"`{hidden}` isn't a folder, and without it nothing can be proved"
        raise UsageError(f"{text}; --solutions names where solutions lie.")
    every = exercises_under([exercises])
    made = release(to, every, course_of(every), hidden)
    if made.renewed:
        gone = f", {made.removed} that are gone from the course removed" if made.removed else ""
        click.echo(f"The pack in {to} was there and unchanged; it is made anew{gone}.")
    click.echo(f"{to}: {made.written} files, {len(made.exercises)} exercises")
    click.echo(f"Compared with {made.compared} files of {hidden.name}/: nothing of them is in it.")
    click.echo(f"Try it as an apprentice would: see {to / 'README.md'}")
