"""Brings saved cells into their files before a check, and carries out a choice between the two."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from grader.catalogue import Exercise
from grader.errors import UsageError
from grader.lab.agreed import agreed_on
from grader.lab.repeated import competing, one_to_use, repeated_sentence
from grader.lab.server.course_view import Place
from grader.lab.sync import (
    RefusedError,
    SyncResult,
    home_of,
    sync_cells,
    sync_notebook,
    take_cell,
    take_file,
)
from grader.submission import MarkedCell, read_marked_cells

WORDS = {
    "conflict": (
        "{file} was changed in the file as well as in the notebook's cell. Nothing was written "
        "and nothing was checked yet. Choose one; the other is kept in .grader/history."
    ),
    "repeated": (
        "{sentence} Nothing was checked yet. Choose one cell, or keep the file; then delete the "
        "other cells in the notebook."
    ),
    "cell-older": (
        "{file} has a newer text in the file than in the notebook's cell. The file was checked."
    ),
}


def synced(place: Place, exercise: Exercise, notebooks: Iterable[str]) -> list[dict[str, Any]]:
    """Write the cells that changed; what there is to say of the others, for each a table."""
    return [
        _told(name, one)
        for name in notebooks
        for one in sync_notebook(place.workspace, place.notebook(name))
        if one.file.partition("/")[0] == exercise.id and one.state != "same"
    ]


def choose(
    place: Place, notebook: str, mark: str, take: str, seen: str, number: int = 0
) -> dict[str, Any]:
    """Settle on a cell or on the file; with the file, its text comes back for the cell.

    `number` says which cell of the notebook where several are for the file.
    """
    path = place.notebook(notebook)
    cells = _saved_cells(path, mark)
    home = home_of(place.workspace, path)
    if take == "cell":
        return _told(notebook, _take_cell(place, cells, seen, home, number))
    if take != "file":
        raise UsageError("Choose the cell or the file.")
    try:
        taken = take_file(place.workspace, mark, cells, home)
    except RefusedError as error:
        raise UsageError(str(error)) from None
    return {"notebook": notebook, "file": mark, "state": "taken", "text": taken}


def _take_cell(
    place: Place, cells: Sequence[MarkedCell], seen: str, home: str, number: int
) -> SyncResult:
    mark = cells[0].mark
    set_aside = agreed_on(place.workspace, home, mark).set_aside
    if not number and len(competing(cells, set_aside)) > 1:
        return sync_cells(place.workspace, cells, home)
    last = one_to_use(cells, set_aside)
    one = next((cell for cell in cells if cell.number == number), None) if number else last
    if one is None:
        raise UsageError(f"Cell {number} isn't for {mark} any more. Check again.")
    others = [cell for cell in cells if cell is not one]
    return take_cell(place.workspace, mark, one.text, seen, home, others)


def _saved_cells(path: Path, mark: str) -> Sequence[MarkedCell]:
    cells = [cell for cell in read_marked_cells(path) if cell.mark == mark]
    if not cells:
        raise UsageError("That cell isn't in the saved notebook. Save it, then check again.")
    return cells


def _told(notebook: str, one: SyncResult) -> dict[str, Any]:
    words = WORDS.get(one.state, "{sentence}")
    sentence = one.sentence
    if one.state == "repeated":
        sentence = repeated_sentence(one.file, notebook, one.cells)
    return {
        "notebook": notebook,
        "file": one.file,
        "state": one.state,
        "sentence": words.format(file=one.file, sentence=sentence),
        "difference": one.difference,
        "seen": one.seen,
        "cells": one.cells,
    }
