"""`grade new`: the folders of a new exercise, and what to do with them."""

from __future__ import annotations

from pathlib import Path

import click

from grader.authoring.creating import Facts, create
from grader.cli.starters import FILE as STARTERS
from grader.cli.starters import write as write_starters
from grader.errors import UsageError


def begin(exercises: Path, solutions: Path | None, facts: Facts) -> None:
    """Write the skeleton and say what comes next."""
    if not exercises.is_dir():
        raise UsageError(f"`{exercises}` isn't a folder; run this where the course lies.")
    hidden = solutions or exercises.parent / "solutions"
    for path in create(exercises, hidden, facts):
        click.echo(f"  {path}")
    if (exercises / STARTERS).is_file():
        write_starters(exercises, check_only=False)
    click.echo(f"\nIt can be graded as it is: grade {exercises / facts.id}")
    click.echo(f"Each TODO asks you for something; what is still open: grade lint {facts.id}")
