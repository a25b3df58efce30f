"""Several cells of one notebook that stand for one file: which of them are in each other's way."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from grader.lab.agreed import digest_of_text
from grader.reports.wording import count, listed
from grader.submission import MarkedCell, as_file


def by_mark(cells: Iterable[MarkedCell]) -> Mapping[str, list[MarkedCell]]:
    """Group cells by the file that they stand for, in the notebook's order."""
    found: dict[str, list[MarkedCell]] = {}
    for cell in cells:
        found.setdefault(cell.mark, []).append(cell)
    return found


def competing(cells: Sequence[MarkedCell], set_aside: Sequence[str]) -> list[MarkedCell]:
    """Return one cell for each text that may still count.

    An empty cell doesn't, nor a text that lost when somebody chose another.
    """
    found: dict[str, MarkedCell] = {}
    for cell in cells:
        digest = digest_of_text(bytes_of(cell.text))
        if cell.text.strip() and digest not in set_aside:
            found[digest] = cell
    return sorted(found.values(), key=lambda cell: cell.number)


def one_to_use(cells: Sequence[MarkedCell], set_aside: Sequence[str]) -> MarkedCell:
    """Return the cell that is meant where no two compete: the one that counts, or the last."""
    return (competing(cells, set_aside) or cells)[-1]


def bytes_of(text: str) -> bytes:
    """Return a cell's text as a file would hold it, also where it can't be saved as text."""
    try:
        return as_file(text)
    except UnicodeEncodeError:
        return text.encode("utf-8", "surrogatepass")


def repeated_sentence(mark: str, home: str, numbers: Sequence[int]) -> str:
    """Say which cells of which notebook are for one file, and that nothing was written."""
    which = listed([f"cell {number}" if number else "one not saved yet" for number in numbers])
    where = home if home.endswith(".ipynb") else "This notebook"
    return (
        f"{where} has {count(len(numbers), 'cell')} for {mark}, and they differ: {which} (counted "
        "from the top, text cells too). Nothing was written. All texts are kept in "
        ".grader/history."
    )


def ways_out(mark: str) -> str:
    """Say what to do about it in a notebook."""
    return (
        f"Delete the cells that you don't need and save the notebook; or run the one that is to "
        f"count and then `%take cell {mark}`. `%take file {mark}` keeps the file as it is."
    )
