"""`grade questions PATH`: a learner's own questions and data, into their folder."""

from __future__ import annotations

from pathlib import Path

import click

from grader.catalogue.exercise import ANSWERS
from grader.checks.preparing import prepare
from grader.cli.finding import exercises_under, shown_path
from grader.individual import Learner
from grader.workspace import learner_of


def write(path: Path, named: str, attempt: int, folder: Path | None) -> None:
    """Prepare every exercise under the path and say what was written."""
    for exercise in exercises_under([path], need_starters=False):
        target = exercise.folder if folder is None else folder / exercise.id
        known = named or learner_of(exercise.folder.parent).id
        written = prepare(exercise, Learner(known, attempt), target)
        for name in written:
            click.echo(f"Written: {shown_path(target / name)}")
        if ANSWERS in written:
            click.echo("Open it and read the questions in it. Your answers go between the quotes.")
        if not written:
            click.echo(f"{exercise.id}: nothing to write, all of yours is there.")
