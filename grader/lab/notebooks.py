"""Builds the notebooks of a course: the same exercises always give the same bytes."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from grader.catalogue import Exercise, given_files, read_starters, text_digest
from grader.catalogue.exercise import ANSWERS
from grader.errors import ExerciseError
from grader.lab import pages
from grader.lab.loading import is_loaded
from grader.reports.wording import count
from grader.workspace import Workspace
from grader.workspace.place import write_whole
from grader.workspace.resetting import PRISTINE

FOLDER = "notebooks"
START = "start-here"
MOST_LINES = 12
MOST_ROWS = 5
_HEADING = re.compile(r"(#{1,6})\s+(.*?)\s*#*\s*")
_NOT_ID = re.compile(r"[^A-Za-z0-9_-]+")
_LANGUAGES = {".py": "python", ".json": "json", ".sql": "sql", ".html": "html", ".sh": "sh"}
_LOAD = "%load_ext grader"


@dataclass(frozen=True)
class Built:
    """One notebook: its name, its bytes, and what is on the disk (None: nothing)."""

    name: str
    data: bytes
    current: bytes | None

    @property
    def drifted(self) -> bool:
        """Whether the one on the disk isn't what would be built."""
        return self.current != self.data


def build(workspace: Workspace, exercises: Sequence[Exercise]) -> tuple[Built, ...]:
    """Build all notebooks of a course and compare them with what is there."""
    made = {START: _start(exercises)}
    made |= {one.id: _exercise(workspace, one) for one in exercises}
    folder = workspace.folder.parent / FOLDER
    return tuple(
        Built(f"{name}.ipynb", _bytes(name, cells), _content(folder / f"{name}.ipynb"))
        for name, cells in made.items()
    )


def save(workspace: Workspace, built: Sequence[Built]) -> None:
    """Write notebooks into the course."""
    for one in built:
        write_whole(workspace.folder.parent / FOLDER / one.name, one.data)


# -- cells: a kind, a name that is unique in the notebook, a text

_Cell = tuple[str, str, str]


def _start(exercises: Sequence[Exercise]) -> list[_Cell]:
    rows = [
        f"| [{one.title}]({one.id}.ipynb) | {one.client} | {one.difficulty} of 3 | {one.minutes} |"
        for one in exercises
    ]
    head = "| exercise | client | difficulty | minutes |\n| --- | --- | --- | --- |"
    return [
        ("markdown", "hello", pages.START),
        ("code", "load", _LOAD),
        ("code", "progress", "%progress"),
        ("markdown", "exercises", "\n".join(["## The exercises", "", head, *rows])),
        ("markdown", "conflict", pages.CONFLICT),
        ("markdown", "debugger", pages.DEBUGGER),
    ]


def _exercise(workspace: Workspace, exercise: Exercise) -> list[_Cell]:
    cells: list[_Cell] = [
        ("markdown", "ticket", _ticket(exercise)),
        ("markdown", "how", pages.HOW),
        ("code", "load", _LOAD),
    ]
    cells += [
        ("markdown", f"given-{name}", _given(exercise, name)) for name in given_files(exercise)
    ]
    for name in exercise.work:
        cells += _work(workspace, exercise, name)
    if "S26" in exercise.ksbs:
        cells.append(("markdown", "debugger", pages.DEBUGGER))
    return [
        *cells,
        ("markdown", "about-check", "## Check it\n\nIt grades the files, so run your cells first."),
        ("code", "check", f"%check {exercise.id}"),
        ("markdown", "stuck", pages.STUCK),
        ("code", "hint", f"# %hint {exercise.id}"),
        ("markdown", "done", _done(exercise)),
    ]


def _ticket(exercise: Exercise) -> str:
    """Return the ticket without its hints, which come one at a time."""
    text = (exercise.folder / "README.md").read_text(encoding="utf-8-sig")
    kept: list[str] = []
    level = 0
    for line in text.splitlines():
        heading = _HEADING.fullmatch(line)
        if heading and level and len(heading[1]) <= level:
            level = 0
        if heading and heading[2].casefold() == "hints":
            level = len(heading[1])
        if not level:
            kept.append(line)
    return "\n".join(kept).strip()


def _given(exercise: Exercise, name: str) -> str:
    path = exercise.folder / name
    head = f"### Given: [`{name}`](../{exercise.folder.parent.name}/{exercise.id}/{name})"
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        return f"{head}\n\nIt holds no text in UTF-8, so it isn't shown here."
    if path.suffix == ".md":
        return f"{head}\n\nRead it before you begin."
    lines = text.splitlines()
    shown = _rows(lines) if path.suffix == ".csv" else _block(lines, path.suffix)
    most = MOST_ROWS if path.suffix == ".csv" else MOST_LINES
    more = f"\n\nThe first {most} of {count(len(lines), 'line')}." if len(lines) > most else ""
    return f"{head}\n\n{shown}{more}"


def _rows(lines: Sequence[str]) -> str:
    """Show the first lines of a CSV file as they are: what is odd in them is part of the task."""
    rows = list(csv.reader(lines[:MOST_ROWS]))
    if len({len(row) for row in rows}) != 1 or len(rows[0]) < 2:
        return _block(lines[:MOST_ROWS], ".csv")
    if any("|" in cell or "`" in cell or cell != cell.strip() for row in rows for cell in row):
        return _block(lines[:MOST_ROWS], ".csv")
    head, *body = [f"| {' | '.join(row)} |" for row in rows]
    return "\n".join([head, "|" + " --- |" * len(rows[0]), *body])


def _block(lines: Sequence[str], suffix: str) -> str:
    shown = "\n".join(line[:120] for line in lines[:MOST_LINES])
    fence = "`" * max(3, 1 + max((len(run) for run in re.findall("`+", shown)), default=0))
    return f"{fence}{_LANGUAGES.get(suffix, '')}\n{shown}\n{fence}"


def _work(workspace: Workspace, exercise: Exercise, name: str) -> list[_Cell]:
    mark = f"{exercise.id}/{name}"
    if name == ANSWERS:
        about = (
            "## Your questions\n\nRun this cell once: it turns into your own questions. Answer "
            "them there, between the quotation marks, and run it again, which writes your answers."
        )
        return [
            ("markdown", f"about-{name}", about),
            ("code", f"work-{name}", f"%take file {mark}"),
        ]
    about = f"## Your work: `{name}`\n\nEdit this cell and run it; running it writes the file."
    cells: list[_Cell] = [
        ("markdown", f"about-{name}", about),
        ("code", f"work-{name}", f"%%workfile {mark}\n{_starter(workspace, exercise, name)}"),
    ]
    if is_loaded(name):
        text = f"# Try things here; this cell is graded by nobody.\n{_import(name)}"
        cells.append(("code", f"try-{name}", text))
    return cells


def _import(name: str) -> str:
    module = name.removesuffix(".py")
    return f"import {module}\n\nhelp({module})" if module.isidentifier() else ""


def _done(exercise: Exercise) -> str:
    return (
        f"## Done?\n\nHand it in from a terminal: `grade hand-in {exercise.id}`. "
        f"What comes next stands in [{START}]({START}.ipynb)."
    )


def _starter(workspace: Workspace, exercise: Exercise, name: str) -> str:
    """Return the starter, wherever it still is: in the exercise or among the kept copies."""
    wanted = read_starters(exercise.folder.parent).get(exercise.id, {}).get(name)
    kept = workspace.folder / PRISTINE / exercise.id / name
    for path in (exercise.folder / name, kept):
        content = _content(path)
        if content is not None and wanted in (None, text_digest(content)):
            return content.decode("utf-8-sig").replace("\r\n", "\n").rstrip("\n")
    raise ExerciseError(
        f"The starter of {exercise.id}/{name} isn't here any more: the file was changed. For "
        "authors: `grade starters` after changing a starter."
    )


# -- as a notebook


def _bytes(name: str, cells: Sequence[_Cell]) -> bytes:
    """Write a notebook as Jupyter saves it, which needs no package of Jupyter's."""
    book = {
        "cells": [_cell(name, *cell) for cell in cells],
        "metadata": _METADATA,
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    text = json.dumps(book, ensure_ascii=False, indent=1, sort_keys=True)
    return text.encode() + b"\n"


def _cell(notebook: str, kind: str, name: str, text: str) -> dict[str, Any]:
    shown = text if kind == "code" else text.rstrip("\n")
    cell = {
        "cell_type": kind,
        "id": _NOT_ID.sub("-", f"{notebook}-{name}")[-64:].lstrip("-"),
        "metadata": {},
        "source": shown.splitlines(keepends=True),
    }
    return cell if kind != "code" else {**cell, "execution_count": None, "outputs": []}


_METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


def _content(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None
