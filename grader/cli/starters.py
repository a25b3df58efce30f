"""`grade starters`: the digests of the starters."""

from __future__ import annotations

from pathlib import Path

import click

from grader.catalogue import make_starters
from grader.cli.finding import exercises_under

FILE = "starters.json"


def write(path: Path, *, check_only: bool) -> int:
    """Write the file, or say whether it is up to date; the exit code."""
    target = path / FILE
    made = make_starters(exercises_under([path]))
    current = target.is_file() and target.read_bytes() == made
    if check_only and not current:
        click.echo(f"{target} is out of date: run `grade starters {path}`.")
        return 1
    if not current:
        target.write_bytes(made)
    click.echo(f"{target} is up to date.")
    return 0
