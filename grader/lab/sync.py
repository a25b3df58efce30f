"""Keeps a notebook's cell and its work file the same, or says that they aren't.

Theory of operation. A cell's text comes from a notebook that anybody may have written. Its mark
must name a work file of an exercise of this course; nothing else is ever read or written, and no
link is followed. What is compared is the cell, the file, and the text on which both last agreed.
Of several cells for one file none is written while more than one text of theirs may be meant.
Before a file is replaced both texts are in the history; all of it happens under the workspace's
lock. A text that is not written, since both have changed, is kept in the history too.

Not promised: that an editor which saves in the very moment of writing, and takes no lock, is seen.
"""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from grader.catalogue import read_starters, text_digest
from grader.errors import GraderError
from grader.escaping import visible
from grader.lab.agreed import Agreed, agree, agreed_on, digest_of_text
from grader.lab.deciding import Decision, decide
from grader.lab.repeated import (
    by_mark,
    bytes_of,
    competing,
    one_to_use,
    repeated_sentence,
    ways_out,
)
from grader.submission import (
    LIMITS,
    MarkedCell,
    UnreadableError,
    as_file,
    open_root,
    read_file,
    read_marked_cells,
)
from grader.tables import did_you_mean, listed
from grader.workspace import History, Workspace
from grader.workspace.course import exercises_under
from grader.workspace.place import write_whole

State = Literal["same", "written", "cell-older", "conflict", "repeated", "refused"]
WHY_BEFORE = "replaced by its cell"
WHY_CELL = "written from its cell"
WHY_REFUSED = "a cell that was not written"
MOST_LINES = 200


@dataclass(frozen=True)
class SyncResult:
    """What became of one cell: of which file, how it ended, a sentence, both texts compared.

    `seen` is the digest of the file as it was then; `take_cell` wants it back. `cells` are the
    numbers of the cells to choose from when the mark is repeated.
    """

    file: str
    state: State
    sentence: str
    difference: str = ""
    seen: str = ""
    cells: tuple[int, ...] = ()


@dataclass(frozen=True)
class _Pair:
    """A cell and the file it stands for, both as they are now; `content` None: no file."""

    mark: str
    path: Path
    cell: bytes
    content: bytes | None
    seen: str


class RefusedError(Exception):
    """The cell can't stand for a file; the text is a whole sentence."""


def sync_cell(
    workspace: Workspace,
    mark: str,
    cell_text: str,
    home: str = "",
    others: Sequence[MarkedCell] = (),
    number: int = 0,
) -> SyncResult:
    """Write the cell to its file if only the cell has changed since both were the same.

    `home` names the notebook in which the cell stands, as its cell `number` (0: not known), beside
    `others` for the same file: while one of those holds another text, nothing is written.
    """
    try:
        with workspace.lock():
            pair = _pair(workspace, mark, cell_text)
            known = _base(workspace, home, pair)
            decision = _decided(pair, known)
            rivals = [MarkedCell(number, mark, cell_text), *others]
            if decision in ("written", "conflict") and len(competing(rivals, known.set_aside)) > 1:
                return _repeated(workspace, home, pair, competing(rivals, known.set_aside))
            return _carried_out(workspace, home, pair, decision)
    except RefusedError as error:
        return SyncResult(visible(mark, 120), "refused", str(error))


def sync_notebook(workspace: Workspace, notebook_path: Path) -> tuple[SyncResult, ...]:
    """Do the same for every cell of a saved notebook; several for one file must hold one text."""
    home = home_of(workspace, notebook_path)
    found = by_mark(read_marked_cells(notebook_path))
    return tuple(sync_cells(workspace, cells, home) for cells in found.values())


def sync_cells(workspace: Workspace, cells: Sequence[MarkedCell], home: str) -> SyncResult:
    """Do the same for all cells of a saved notebook that stand for one file."""
    mark = cells[0].mark
    set_aside = agreed_on(workspace, home, mark).set_aside
    one = one_to_use(cells, set_aside)
    rivals = competing(cells, set_aside)
    if len(rivals) < 2:
        return sync_cell(workspace, mark, one.text, home)
    try:
        with workspace.lock():
            return _repeated(workspace, home, _pair(workspace, mark, one.text), rivals)
    except RefusedError as error:
        return SyncResult(visible(mark, 120), "refused", str(error))


def compare_cells(workspace: Workspace, cells: Sequence[MarkedCell], home: str = "") -> SyncResult:
    """Say how the cells for one file stand to it, and change nothing.

    "written": running the cell would write.
    """
    mark = cells[0].mark
    set_aside = agreed_on(workspace, home, mark).set_aside
    try:
        pair = _pair(workspace, mark, one_to_use(cells, set_aside).text)
    except RefusedError as error:
        return SyncResult(visible(mark, 120), "refused", str(error))
    if len(rivals := competing(cells, set_aside)) > 1:
        return _told_repeated(pair, home, rivals)
    return _told(pair, _decided(pair, _base(workspace, home, pair)))


def take_cell(
    workspace: Workspace,
    mark: str,
    cell_text: str,
    seen: str,
    home: str = "",
    others: Sequence[MarkedCell] = (),
) -> SyncResult:
    """Write the cell although the file has changed too, if it is still as it was `seen`.

    The texts of `others`, cells for the same file, are kept in the history and set aside.
    """
    try:
        with workspace.lock():
            pair = _pair(workspace, mark, cell_text)
            if pair.seen != seen:
                return _told(pair, "conflict")
            done = _write(workspace, home, pair)
            _set_aside(workspace, home, mark, digest_of_text(pair.cell), others)
            return done
    except RefusedError as error:
        return SyncResult(visible(mark, 120), "refused", str(error))


def take_file(
    workspace: Workspace, mark: str, cells: Sequence[MarkedCell] = (), home: str = ""
) -> str:
    """Settle on the file's text, and return it; what `cells` hold is kept in the history.

    Raises RefusedError.
    """
    with workspace.lock():
        pair = _pair(workspace, mark, "\n", empty=True)
        if pair.content is None:
            raise RefusedError(f"There is no file {visible(mark)}. Run its cell, which writes it.")
        _set_aside(workspace, home, mark, pair.seen, cells)
    return pair.content.decode("utf-8-sig", "replace").replace("\r\n", "\n")


def home_of(workspace: Workspace, notebook: Path) -> str:
    """Return the name by which a notebook is known in this workspace."""
    path, root = notebook.resolve(), workspace.folder.parent
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else str(path)


# -- looking


def _pair(workspace: Workspace, mark: str, cell_text: str, *, empty: bool = False) -> _Pair:
    """Return the cell beside its file; raise RefusedError."""
    exercise_id, _, name = mark.partition("/")
    folder = _folder_of(workspace, exercise_id, name, mark)
    try:
        cell = as_file(cell_text)
    except UnicodeEncodeError:
        raise RefusedError(
            f"The cell for {visible(mark)} has a character that can't be saved as text; type it "
            "again. Nothing was written."
        ) from None
    most = LIMITS.source_bytes if name.endswith(".py") else LIMITS.file_bytes
    if not cell.strip() and not empty:
        raise RefusedError(
            f"The cell for {visible(mark)} is empty, so nothing was written. `%take file {mark}` "
            "brings the file's text into the notebook."
        )
    if len(cell) > most:
        raise RefusedError(
            f"The cell for {visible(mark)} is {len(cell):,} bytes long, and a file may have "
            f"{most:,}. Make it shorter. Nothing was written."
        )
    content = _content(folder, name, most)
    seen = digest_of_text(content) if content is not None else ""
    return _Pair(mark, folder / name, cell, content, seen)


def _folder_of(workspace: Workspace, exercise_id: str, name: str, mark: str) -> Path:
    ids = sorted(path.parent.name for path in workspace.exercises.glob("*/exercise.toml"))
    if exercise_id not in ids:
        near = did_you_mean(exercise_id, ids) or f"; there are {listed(ids)}"
        raise RefusedError(
            f"`%%workfile {visible(mark, 80)}` names no exercise of this course{near}. "
            "Nothing was written."
        )
    try:
        exercise = exercises_under([workspace.exercises / exercise_id], need_starters=False)[0]
    except GraderError as error:
        raise RefusedError(str(error)) from None
    if name not in exercise.work:
        raise RefusedError(
            f"{f'`{visible(name, 80)}`' if name else 'Nothing'} is no file that you write in "
            f"{exercise_id}; those are {listed(exercise.work)}. Nothing was written."
        )
    return exercise.folder


def _content(folder: Path, name: str, most: int) -> bytes | None:
    try:
        with open_root(folder) as root:
            return read_file(root, name, most)
    except UnreadableError as error:
        if error.missing:
            return None
        raise RefusedError(f"{visible(f'{folder.name}/{name}')} {error}.") from None
    except GraderError as error:
        raise RefusedError(str(error)) from None


def _base(workspace: Workspace, home: str, pair: _Pair) -> Agreed:
    """What both were when they last agreed; at first that is the starter, if one of them is it."""
    known = agreed_on(workspace, home, pair.mark)
    if known.last is not None:
        return known
    exercise_id, _, name = pair.mark.partition("/")
    starter = read_starters(workspace.exercises).get(exercise_id, {}).get(name)
    for text in (pair.content, pair.cell):
        if text is not None and text_digest(text) == starter:
            return Agreed(last=digest_of_text(text), set_aside=known.set_aside)
    return known


def _decided(pair: _Pair, known: Agreed) -> Decision:
    file = pair.seen if pair.content is not None else None
    return decide(digest_of_text(pair.cell), file, known.last, known.set_aside)


# -- doing


def _carried_out(workspace: Workspace, home: str, pair: _Pair, decision: Decision) -> SyncResult:
    if decision == "written":
        return _write(workspace, home, pair)
    if decision == "same":
        agree(workspace, home, pair.mark, pair.seen)
    if decision == "conflict":
        History(workspace).keep(pair.mark, pair.cell, WHY_REFUSED)
    return _told(pair, decision)


def _repeated(
    workspace: Workspace, home: str, pair: _Pair, rivals: Sequence[MarkedCell]
) -> SyncResult:
    for cell in rivals:
        History(workspace).keep(pair.mark, bytes_of(cell.text), WHY_REFUSED)
    return _told_repeated(pair, home, rivals)


def _set_aside(
    workspace: Workspace, home: str, mark: str, chosen: str, cells: Sequence[MarkedCell]
) -> None:
    """Settle on the text whose digest is `chosen`; the others don't come back by themselves."""
    texts = [bytes_of(cell.text) for cell in cells if cell.text.strip()]
    lost = [text for text in texts if digest_of_text(text) != chosen]
    for text in lost:
        History(workspace).keep(mark, text, WHY_REFUSED)
    agree(workspace, home, mark, chosen, [digest_of_text(text) for text in lost])


def _write(workspace: Workspace, home: str, pair: _Pair) -> SyncResult:
    history = History(workspace)
    if pair.content is not None:
        history.keep(pair.mark, pair.content, WHY_BEFORE)
    history.keep(pair.mark, pair.cell, WHY_CELL)
    write_whole(pair.path, pair.cell)
    agree(workspace, home, pair.mark, digest_of_text(pair.cell))
    return _told(pair, "written")


def _told(pair: _Pair, decision: Decision) -> SyncResult:
    mark = pair.mark
    sentences = {
        "same": f"{mark} is the same in the cell and in the file.",
        "written": f"Written to {mark}.",
        "cell-older": (
            f"{mark} has a newer text in the file than in this cell, so the cell was not written. "
            f"`%take file {mark}` brings the file's text into the notebook; "
            f"`%take cell {mark}` writes the cell all the same."
        ),
        "conflict": (
            f"{mark} was changed in the file as well as in this cell, so nothing was written. "
            "Look at the difference, then choose: "
            f"`%take cell {mark}` writes the cell, `%take file {mark}` keeps the file. "
            "The text that you don't choose is kept in .grader/history."
        ),
    }
    differs = decision in ("cell-older", "conflict")
    difference = _difference(pair) if differs else ""
    return SyncResult(mark, decision, sentences[decision], difference, pair.seen)


def _told_repeated(pair: _Pair, home: str, rivals: Sequence[MarkedCell]) -> SyncResult:
    numbers = tuple(dict.fromkeys(cell.number for cell in rivals))
    first, *others = rivals
    compared = [
        _compared(
            bytes_of(first.text), bytes_of(other.text), _name(first.number), _name(other.number)
        )
        for other in others
    ]
    sentence = f"{repeated_sentence(pair.mark, home, numbers)} {ways_out(pair.mark)}"
    return SyncResult(pair.mark, "repeated", sentence, "\n".join(compared), pair.seen, numbers)


def _name(number: int) -> str:
    return f"cell {number}" if number else "the cell that isn't saved"


def _difference(pair: _Pair) -> str:
    """Compare both as text: lines that only the file has with -, only the cell with +."""
    return _compared(pair.content or b"", pair.cell, "the file", "the cell")


def _compared(one: bytes, other: bytes, its_name: str, the_others: str) -> str:
    before, after = _lines(one), _lines(other)
    found = list(difflib.unified_diff(before, after, its_name, the_others, lineterm="", n=2))
    shown = [visible(line, 300) for line in found[:MOST_LINES]]
    if len(found) > MOST_LINES:
        shown.append(f"… and {len(found) - MOST_LINES:,} more lines")
    return "\n".join(shown)


def _lines(text: bytes) -> list[str]:
    return text.decode("utf-8-sig", "replace").splitlines()
