"""CSV as RFC 4180 has it: commas, double quotes, one header, rows with the line they start on."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from grader.bridge.artefacts.malformed import Malformed, quoted
from grader.bridge.artefacts.plain_text import decoded

MOST_BYTES = 1_000_000
MOST_ROWS = 20_000
MOST_COLUMNS = 200
LONGEST_CELL = 20_000

_SEPARATORS = {";": "semicolons", "\t": "tabs", "|": "bars"}


class Row(dict[str, str]):
    """Cells by the name of their column; `line` is the line of the file on which it starts."""

    def __init__(self, cells: dict[str, str], line: int) -> None:
        super().__init__(cells)
        self.line = line


@dataclass(frozen=True)
class Table:
    """A CSV file. `newline` is "\\r\\n", "\\n", "\\r" or "mixed", and "" with one line only."""

    header: tuple[str, ...]
    rows: tuple[Row, ...]
    newline: str = "\n"
    bom: bool = False

    def column(self, name: str) -> list[str]:
        """The cells of one column, from top to bottom."""
        return [row[name] for row in self.rows]


def table_of(data: bytes, columns: Sequence[str] = (), delimiter: str = ",") -> Table:
    """Return the table; Malformed when it isn't one or one of `columns` is missing.

    A wholly blank line is no row. Every row has as many cells as the header.
    """
    text = decoded(data, MOST_BYTES)
    csv.field_size_limit(LONGEST_CELL)
    found = _cells(text, delimiter)
    header, line = next(found, ([], 1))
    _check_header(header, line, columns, delimiter)
    rows: list[Row] = []
    for cells, line in found:
        if len(cells) != len(header):
            raise Malformed(
                f"the row has {_cells_word(len(cells))} and the header has {len(header)}; a cell "
                'that holds a comma needs double quotes around it, as in "a, b"',
                line,
            )
        if len(rows) == MOST_ROWS:
            raise Malformed(f"is longer than the {MOST_ROWS:,} rows that are read; shorten it")
        rows.append(Row(dict(zip(header, cells, strict=True)), line))
    return Table(tuple(header), tuple(rows), _newline(text), data.startswith(b"\xef\xbb\xbf"))


def _cells(text: str, delimiter: str) -> Iterator[tuple[list[str], int]]:
    """Rows that aren't blank, each with the line on which it starts."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise Malformed(_said(str(error)), line) from None
        if len(cells) > MOST_COLUMNS:
            raise Malformed(f"the row has more than {MOST_COLUMNS} cells", line)
        if cells and cells != [""]:
            yield cells, line


def _said(error: str) -> str:
    if "unexpected end of data" in error:
        return 'a cell that begins with " here is never closed; end it with "'
    if "field larger" in error:
        return f"a cell is longer than the {LONGEST_CELL:,} characters that are read; shorten it"
    if "expected after" in error:
        return 'a closing " must be followed by a comma; write a double quote in a cell as ""'
    return "the row isn't CSV; check its commas and double quotes"


def _check_header(header: list[str], line: int, columns: Sequence[str], delimiter: str) -> None:
    if not header:
        raise Malformed("is empty; its first line must name the columns")
    for separator, word in _SEPARATORS.items():
        if len(header) == 1 and separator in header[0] and separator != delimiter:
            raise Malformed(f"the columns are separated by {word}; use commas", line)
    twice = [name for place, name in enumerate(header) if name in header[:place]]
    if twice:
        raise Malformed(f"the column {quoted(twice[0])} is there twice; name it once", line)
    missing = [name for name in columns if name not in header]
    if missing:
        names = ", ".join(quoted(name) for name in header[:8])
        raise Malformed(f"the column `{missing[0]}` is missing; found are {names}", line)


def _cells_word(count: int) -> str:
    return "1 cell" if count == 1 else f"{count} cells"


def _newline(text: str) -> str:
    """How lines end, those inside quoted cells included."""
    windows = text.count("\r\n")
    kinds = {
        "\r\n": windows,
        "\n": text.count("\n") - windows,
        "\r": text.count("\r") - windows,
    }
    used = [kind for kind, times in kinds.items() if times]
    return used[0] if len(used) == 1 else ("mixed" if used else "")
