"""Brings saved cells into their files before a check, and carries out a choice between the two."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from grader.catalogue import Exercise
from grader.errors import UsageError
from grader.lab.server.course_view import Place
from grader.lab.sync import (
    RefusedError,
    SyncResult,
    home_of,
    sync_notebook,
    take_cell,
    take_file,
)
from grader.submission import read_marked_cells

WORDS = {
    "conflict": (
        "{file} was changed in the file as well as in the notebook's cell. Nothing was written "
        "and nothing was checked yet. Choose one; the other is kept in .grader/history."
    ),
    "cell-older": (
        "{file} has a newer text in the file than in the notebook's cell. The file was checked."
    ),
}


def synced(place: Place, exercise: Exercise, notebooks: Iterable[str]) -> list[dict[str, str]]:
    """Write the cells that changed; what there is to say of the others, for each a table."""
    return [
        _told(name, one)
        for name in notebooks
        for one in sync_notebook(place.workspace, place.notebook(name))
        if one.file.partition("/")[0] == exercise.id and one.state != "same"
    ]


def choose(place: Place, notebook: str, mark: str, take: str, seen: str) -> dict[str, str]:
    """Settle on the cell or on the file; with the file, its text comes back for the cell."""
    path = place.notebook(notebook)
    text = _saved_cell(path, mark)
    home = home_of(place.workspace, path)
    if take == "cell":
        return _told(notebook, take_cell(place.workspace, mark, text, seen, home))
    if take != "file":
        raise UsageError("Choose the cell or the file.")
    try:
        taken = take_file(place.workspace, mark, text, home)
    except RefusedError as error:
        raise UsageError(str(error)) from None
    return {"notebook": notebook, "file": mark, "state": "taken", "text": taken}


def _saved_cell(path: Path, mark: str) -> str:
    cells = {cell.mark: cell.text for cell in read_marked_cells(path)}
    if mark not in cells:
        raise UsageError("That cell isn't in the saved notebook. Save it, then check again.")
    return cells[mark]


def _told(notebook: str, one: SyncResult) -> dict[str, str]:
    sentence = WORDS[one.state].format(file=one.file) if one.state in WORDS else one.sentence
    return {
        "notebook": notebook,
        "file": one.file,
        "state": one.state,
        "sentence": sentence,
        "difference": one.difference,
        "seen": one.seen,
    }
