"""`grade notebooks`: the notebooks of a course, one for each exercise."""

from __future__ import annotations

from pathlib import Path

import click

from grader.cli.finding import course_folder, exercises_under, shown_path
from grader.lab.notebooks import FOLDER, build, save
from grader.reports.wording import count
from grader.tables import listed
from grader.workspace import History, Workspace

WHY = "replaced by the course's notebook"


def write(exercises: Path | None, *, check_only: bool, replace: bool) -> int:
    """Write what is missing, or say what has drifted; the exit code."""
    folder = course_folder(exercises)
    workspace = Workspace(folder)
    built = build(workspace, exercises_under([folder], need_starters=False))
    place = shown_path(workspace.folder.parent / FOLDER)
    if check_only:
        drifted = [one.name for one in built if one.drifted]
        if drifted:
            click.echo(f"Not as they would be built: {listed(drifted)} in {place}.")
            return 1
        click.echo(f"{count(len(built), 'notebook')} in {place}: all are up to date.")
        return 0
    changed = [one for one in built if one.drifted and one.current is not None]
    if replace:
        texts = {f"{FOLDER}/{one.name}": one.current for one in changed if one.current}
        if texts:
            History(workspace).keep_all(texts, WHY)
    new = [one for one in built if one.drifted and (replace or one not in changed)]
    save(workspace, new)
    click.echo(f"{count(len(new), 'notebook')} written to {place}.")
    if changed and not replace:
        names = listed([one.name for one in changed])
        click.echo(
            f"Left as they are, since somebody has worked in them: {names}. With --replace they "
            "are made anew, and their present texts are kept in .grader/history."
        )
    return 0
