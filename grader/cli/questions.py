"""`grade questions PATH`: a learner's own questions and data, into their folder."""

from __future__ import annotations

from pathlib import Path

import click

from grader.checks.answers import ANSWERS
from grader.checks.preparing import prepare
from grader.cli.finding import exercises_under
from grader.individual import Learner


def write(path: Path, learner: Learner, folder: Path | None) -> None:
    """Prepare every exercise under the path and say what was written."""
    for exercise in exercises_under([path], need_starters=False):
        target = exercise.folder if folder is None else folder / exercise.id
        written = prepare(exercise, learner, target)
        for name in written:
            click.echo(f"Written: {target / name}")
        if ANSWERS in written:
            click.echo("Open it and read the questions in it. Your answers go between the quotes.")
        if not written:
            click.echo(f"{exercise.id}: nothing to write, all of yours is there.")
