"""`grade lab`: JupyterLab on the course, with the workshop in its sidebar."""

from __future__ import annotations

import importlib.util
import os
from collections.abc import Sequence
from pathlib import Path

import click

from grader.cli.finding import course_folder, exercises_under
from grader.errors import UsageError
from grader.lab import launching
from grader.workspace import Workspace

_NEEDED = ("jupyterlab", "ipykernel", "nbformat")


def start(exercises: Path | None, port: int | None, more: Sequence[str], *, browser: bool) -> None:
    """Start JupyterLab; this comes back only when it can't be started."""
    if any(importlib.util.find_spec(name) is None for name in _NEEDED):
        raise UsageError(
            "JupyterLab isn't installed with this grader. Install both together, as in "
            "`pip install 'apprentice-grader[lab]'`; with the wheel of a pack, write its file name "
            "and `[lab]` after it. All the other commands work without it."
        )
    folder = course_folder(exercises).resolve()
    if folder.name != "exercises":
        raise UsageError(
            f"The folder of exercises must be called `exercises` for this, and it is called "
            f"`{folder.name}`."
        )
    workspace = Workspace(folder)
    every = exercises_under([folder], need_starters=False)
    for sentence in launching.prepare(workspace, every):
        click.echo(sentence)
    page = launching.first_page(workspace, every)
    words = launching.command(folder.parent, page, port=port, browser=browser)
    click.echo("Starting JupyterLab. To end it, press Ctrl-C here.")
    environ = launching.surroundings(workspace, os.environ)
    launching.become([*words, *more], environ, folder.parent)
