"""Finds the cells of a notebook that stand for work files.

Theory of operation. A notebook is JSON that anybody may have written. Its bytes are counted
before they are parsed: length, brackets, commas and depth outside of strings, so that neither
memory nor stack can be exhausted. Of what is parsed each value is looked at for its type before
it is used, and only three things are believed: that a cell is code, its text and, to tell one
cell from another while they are edited, its id. A cell stands
for a work file when its first line is `%%workfile EXERCISE/FILE`, found as IPython finds it:
blank lines above it and a common indentation are taken off. Metadata and outputs are not looked
at, and nothing is run: commands of the notebook (`!ls`, `%run`) are named at most.
"""

from __future__ import annotations

import itertools
import json
import re
import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from types import MappingProxyType
from typing import Any

from grader.catalogue import text_digest
from grader.escaping import visible
from grader.submission.findings import Finding, finding
from grader.submission.names import folded

MOST_BRACKETS = 200_000
MOST_COMMAS = 500_000
MOST_DEPTH = 100
MOST_CELLS = 2_000
MOST_SAID = 10
_TEXT = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+(?:"|\\?\Z)', re.DOTALL)
_BRACKETS = re.compile(r"[\[\]{}]")
# IPython ends the name of a command at the first space, and only there.
_MARK = re.compile(r"%%workfile(?: (.*))?")
_MISPLACED = re.compile(r"^\s*\ufeff?%%\s*workfile\b.*", re.MULTILINE)
_COMMAND = re.compile(r"^[ \t]*(?:!|%|\?)|^[^#'\"\n]*\bget_ipython\(|^\s*\w+\s*=\s*[!%]\w|^\w+\?+$")
# What the course's own notebooks hold.
_OURS = re.compile(r"%load_ext grader\s*$|%(?:check|take|hint|progress)\b")
_SHOWN = 3


class NotANotebookError(Exception):
    """The text follows the file's name in a sentence."""


@dataclass(frozen=True)
class MarkedCell:
    """A cell that stands for a work file: its number, what its first line names, and the rest.

    `number` counts all cells of the notebook, from 1; `id` is what the notebook calls the cell.
    """

    number: int
    mark: str
    text: str
    id: str = ""


@dataclass(frozen=True)
class Cell:
    """What a cell holds for a work file, its first line left out; its number in its notebook."""

    notebook: str
    number: int
    text: bytes


def is_notebook(path: str) -> bool:
    """Tell whether a file lies directly beside the work and is a notebook by its name."""
    return "/" not in path and PurePosixPath(path).suffix.casefold() == ".ipynb"


def cells_of(
    books: Mapping[str, bytes],
    exercise: str,
    work: tuple[str, ...],
    starters: Mapping[str, str] = MappingProxyType({}),
) -> tuple[dict[str, Cell], list[Finding], list[str]]:
    """Return the cells for work files, what there is to say, and which notebooks are damaged.

    Of several cells for one file the last counts that holds work: one that is empty, or still as
    `starters` (digests by file) has it, does so only where there is no other.
    """
    cells: dict[str, list[Cell]] = {}
    books, findings = _which_count(books, exercise, work, starters)
    damaged: list[str] = []
    for name, data in books.items():
        try:
            sources, odd = _sources(data)
        except NotANotebookError as error:
            findings.append(finding(name, "notice", f"{error}; its cells were not looked at"))
            damaged.append(name)
            continue
        if odd:
            text = f"has a damaged cell, number {odd[0]}, which was passed over"
            findings.append(finding(name, "notice", text))
            damaged.append(name)
        findings += _commands(name, sources)
        said = [_take(name, number, text, exercise, work, cells) for number, text in sources]
        once = list(dict.fromkeys(filter(None, said)))
        if len(once) > MOST_SAID:
            once = [*once[:MOST_SAID], f"has {len(once) - MOST_SAID:,} more cells like these"]
        findings += [finding(name, "notice", text) for text in once]
    chosen = {name: _one_that_counts(found, starters.get(name)) for name, found in cells.items()}
    for name, found in cells.items():
        if len({text_digest(cell.text) for cell in found}) > 1:
            findings.append(_several(name, found, chosen[name]))
    return chosen, findings, damaged


def _one_that_counts(cells: Sequence[Cell], starter: str | None) -> Cell:
    begun = [cell for cell in cells if cell.text.strip() and text_digest(cell.text) != starter]
    return (begun or cells)[-1]


def _several(name: str, cells: Sequence[Cell], chosen: Cell) -> Finding:
    """Say which cells are for one file, and which of them counts."""
    books = list(dict.fromkeys(cell.notebook for cell in cells))
    numbers = [", ".join(str(c.number) for c in cells if c.notebook == book) for book in books]
    which = "; ".join(
        f"{visible(book)}, cells {found}" if "," in found else f"{visible(book)}, cell {found}"
        for book, found in zip(books, numbers, strict=True)
    )
    text = (
        f"has more than one cell, and they differ ({which}, counted from the top). Cell "
        f"{chosen.number} of {visible(chosen.notebook)} counts, the last with work of yours. "
        "Delete the others, then hand in again if another was meant"
    )
    return finding(name, "notice", text)


def named_as(names: Iterable[str], exercise: str) -> str:
    """Return which of several notebooks has the name of the exercise, or ""."""
    return next((n for n in names if folded(PurePosixPath(n).stem) == folded(exercise)), "")


def _which_count(
    books: Mapping[str, bytes], exercise: str, work: tuple[str, ...], starters: Mapping[str, str]
) -> tuple[Mapping[str, bytes], list[Finding]]:
    """Leave all but the notebook that is named as the exercise, if that one has its work."""
    chosen = named_as(books, exercise)
    if len(books) < 2 or not chosen or not _has_work(books[chosen], exercise, work, starters):
        return books, []
    text = f"was not looked at: {visible(chosen)}, which has the exercise's name, counts"
    left = [finding(name, "notice", text) for name in books if name != chosen]
    return {chosen: books[chosen]}, left


def _has_work(
    data: bytes, exercise: str, work: tuple[str, ...], starters: Mapping[str, str]
) -> bool:
    cells: dict[str, list[Cell]] = {}
    try:
        for number, text in _sources(data)[0]:
            _take("", number, text, exercise, work, cells)
    except NotANotebookError:
        return False
    return any(
        cell.text.strip() and text_digest(cell.text) != starters.get(name)
        for name, found in cells.items()
        for cell in found
    )


def marked_cells(data: bytes) -> tuple[MarkedCell, ...]:
    """Return the cells of a notebook that stand for work files; raise NotANotebookError."""
    found = (_marked(number, source) for number, source in _sources(data)[0])
    ids = _ids(data)
    return tuple(replace(cell, id=ids[cell.number - 1]) for cell in found if cell is not None)


def as_file(text: str) -> bytes:
    """Return the text of a cell as a file holds it; raise UnicodeEncodeError."""
    content = text.replace("\r\n", "\n").replace("\r", "\n").encode("utf-8")
    return content if content.endswith(b"\n") else content + b"\n"


def _as_ipython(source: str) -> str:
    """Return a cell as IPython reads it: from its first line that isn't blank, indented less.

    `transform_cell` of IPython.core.inputtransformer2 does so before it looks for commands.
    """
    lines = source.splitlines(keepends=True)
    blank = itertools.takewhile(str.isspace, lines)
    return textwrap.dedent("".join(lines[sum(1 for _ in blank) :]))


def _marked(number: int, source: str) -> MarkedCell | None:
    first, _, body = source.partition("\n")
    marked = _MARK.fullmatch(first.rstrip())
    return MarkedCell(number, (marked[1] or "").strip(), body) if marked else None


def _misplaced(number: int, source: str) -> str:
    """Say that a cell has the mark where IPython doesn't take it for one, or return ""."""
    found = _MISPLACED.search(source)
    if found is None:
        return ""
    return (
        f"has `{visible(found[0].strip(), 80)}` in cell {number}, where it isn't run: write "
        "`%%workfile EXERCISE/FILE` as the cell's first line, with nothing before it"
    )


def _take(
    notebook: str,
    number: int,
    source: str,
    exercise: str,
    work: tuple[str, ...],
    cells: dict[str, list[Cell]],
) -> str:
    """Note the cell if it is for one of the work files; what there is to say, or ""."""
    marked = _marked(number, source)
    if marked is None:
        return _misplaced(number, source) if exercise in source else ""
    path = marked.mark
    if not path.startswith(f"{exercise}/"):
        first = source.partition("\n")[0]
        if path.strip("'\" ").startswith(f"{exercise}/"):
            return f"has `{visible(first, 80)}` in cell {number}: write the name without quotes"
        return "" if "/" in path else f"has `{visible(first, 80)}` in cell {number}: name a file"
    name = path.removeprefix(f"{exercise}/")
    if name not in work:
        return f"has a cell for {visible(name, 80)}, which is no work file of this exercise"
    try:
        text = as_file(marked.text)
    except UnicodeEncodeError:
        return f"has a character in cell {number} that can't be saved as text; type it again"
    cells.setdefault(name, []).append(Cell(notebook, number, text))
    return ""


def _commands(name: str, sources: list[tuple[int, str]]) -> list[Finding]:
    """Name commands of the notebook, which nobody runs here."""
    found = [command for _, source in sources for command in _commands_in(source)]
    if not found:
        return []
    shown = ", ".join(f"`{visible(command, 40)}`" for command in found[:_SHOWN])
    more = f" and {len(found) - _SHOWN:,} more" if len(found) > _SHOWN else ""
    text = f"holds commands of the notebook, which the grader never runs: {shown}{more}"
    return [finding(name, "notice", text)]


def _commands_in(source: str) -> Iterator[str]:
    if _MARK.fullmatch(source.partition("\n")[0].rstrip()):
        source = source.partition("\n")[2]
    elif source.startswith("%%"):  # the rest of the cell is that command's
        source = source.partition("\n")[0]
    for line in source.split("\n"):
        if _COMMAND.search(line[:200]) and not _OURS.match(line.strip()):
            yield line.strip()


# -- JSON


def _sources(data: bytes) -> tuple[list[tuple[int, str]], list[int]]:
    """Return numbers and texts of code cells, and the numbers of cells that are damaged."""
    document = _parsed(data)
    if not isinstance(document, dict):
        raise NotANotebookError("is not a notebook: a notebook's JSON is an object")
    version = document.get("nbformat")
    if not isinstance(version, int) or isinstance(version, bool) or version != 4:
        shown = visible(repr(version), 20)
        raise NotANotebookError(
            f"is not a notebook that can be read: its `nbformat` is {shown} and 4 is needed. "
            "Open it in JupyterLab and save it again"
        )
    cells = document.get("cells")
    if not isinstance(cells, list):
        raise NotANotebookError("is not a notebook: its `cells` are not a list")
    if len(cells) > MOST_CELLS:
        raise NotANotebookError(f"has {len(cells):,} cells, and at most {MOST_CELLS:,} are read")
    sources: list[tuple[int, str]] = []
    odd: list[int] = []
    for number, cell in enumerate(cells, start=1):
        kind = cell.get("cell_type") if isinstance(cell, dict) else None
        source = _text_of(cell.get("source")) if isinstance(cell, dict) else None
        if not isinstance(kind, str) or source is None:
            odd.append(number)
        elif kind == "code":
            plain = source.replace("\r\n", "\n").replace("\r", "\n")
            sources.append((number, _as_ipython(plain)))
    return sources, odd


def _ids(data: bytes) -> list[str]:
    """Return what a notebook that could be read calls its cells; older ones call them nothing."""
    found = [cell.get("id") if isinstance(cell, dict) else "" for cell in _parsed(data)["cells"]]
    return [one if isinstance(one, str) else "" for one in found]


def _text_of(source: object) -> str | None:
    """Return the text of a cell, which is saved as one text or as a list of lines."""
    if isinstance(source, str):
        return source
    if isinstance(source, list) and all(isinstance(line, str) for line in source):
        return "".join(source)
    return None


def _parsed(data: bytes) -> Any:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise NotANotebookError("is not a notebook: it isn't text in UTF-8") from None
    _refuse_too_much(text)
    try:
        return json.loads(text, parse_int=_small, parse_float=_no_number, parse_constant=_no_number)
    except json.JSONDecodeError as error:
        where = f"line {error.lineno:,}, column {error.colno:,}"
        raise NotANotebookError(f"is not a notebook: it isn't JSON ({where})") from None
    except (ValueError, RecursionError):
        raise NotANotebookError("is not a notebook: it isn't JSON") from None


def _refuse_too_much(text: str) -> None:
    """Count what lies outside of strings, before anything is built of it."""
    bare = _TEXT.sub("", text)
    if bare.count(",") > MOST_COMMAS or bare.count("[") + bare.count("{") > MOST_BRACKETS:
        raise NotANotebookError(
            "has too many parts to be read. Clear the outputs of all cells and save it again"
        )
    steps = (1 if bracket in "[{" else -1 for bracket in _BRACKETS.findall(bare))
    if max(itertools.accumulate(steps), default=0) > MOST_DEPTH:
        raise NotANotebookError(f"is nested more than {MOST_DEPTH} levels deep")


def _small(digits: str) -> int:
    """Return a number that may be a version; no other is ever needed."""
    return int(digits) if len(digits) < 10 else -1


def _no_number(_text: str) -> float:
    return 0.0
