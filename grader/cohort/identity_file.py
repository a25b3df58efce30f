"""The identity file as bytes: its encoding and separator are found out.

Theory of operation. Tutors export and edit this file with spreadsheets, which save CSV in many
forms. It is text of unknown origin: bounded, decoded by what its first bytes are, control
characters taken out, and rows given as text by column.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from grader.errors import UsageError

MOST_BYTES = 4_000_000
SEPARATORS = (",", ";", "\t")
_SEP_LINE = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)
_CURE = "Save it as CSV with the encoding UTF-8 (in most programs: Save as, CSV UTF-8)."


@dataclass(frozen=True)
class Form:
    """How a file is written: its separator, and whether it begins with a mark for spreadsheets."""

    separator: str = ","
    marked: bool = False


def clean(text: str) -> str:
    """Text without control characters, its accents composed; what was one gives a space."""
    plain = "".join(" " if unicodedata.category(one) in ("Cc", "Cs") else one for one in text)
    return unicodedata.normalize("NFC", plain)


def read_rows(path: Path) -> tuple[list[str], list[dict[str, str]], Form]:
    """The names of the columns, the rows by them, and the form; UsageError with the cure."""
    text, marked = _decoded(path, _bytes_of(path))
    said = _SEP_LINE.match(text)
    text = text[said.end() :] if said else text
    separator = said[1] if said and said[1] in SEPARATORS else _separator(text)
    try:
        lines = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
    except csv.Error as error:
        raise UsageError(f"The identity file `{path}` isn't CSV: {error}. {_CURE}") from None
    header = [_column(cell) for cell in lines[0]] if lines else []
    while header and not header[-1]:  # a separator at the end of the line
        header.pop()
    for number, line in enumerate(lines[1:], start=2):
        if any(map(str.strip, line[len(header) :])):
            raise UsageError(
                f"The identity file `{path}` can't be used: line {number} has more cells than "
                "there are columns. Put quotes round a cell that holds the separator."
            )
    rows = [dict(zip(header, map(clean, line), strict=False)) for line in lines[1:]]
    return header, rows, Form(separator, marked)


def form_of(path: Path) -> Form:
    """The form of a file that is there already; the plain one when there is none to keep."""
    try:
        return read_rows(path)[2]
    except UsageError:
        return Form()


def _bytes_of(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise UsageError(f"The identity file `{path}` can't be read: {error.strerror}.") from None
    if len(data) > MOST_BYTES:
        raise UsageError(f"The identity file `{path}` is larger than {MOST_BYTES:,} bytes.")
    if data.startswith(b"PK\3\4") or data.startswith(b"\xd0\xcf\x11\xe0"):
        raise UsageError(f"The identity file `{path}` is a workbook of a spreadsheet. {_CURE}")
    return data


def _decoded(path: Path, data: bytes) -> tuple[str, bool]:
    """The text, and whether a spreadsheet needs a mark to read it as UTF-8 again."""
    for encoding, marked in _encodings(data):
        try:
            return data.decode(encoding), marked
        except UnicodeDecodeError:
            continue
    raise UsageError(f"The identity file `{path}` isn't text in a known encoding. {_CURE}")


def _encodings(data: bytes) -> list[tuple[str, bool]]:
    if data.startswith(codecs.BOM_UTF8):
        return [("utf-8-sig", True)]
    if data.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        return [("utf-32", True)]
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return [("utf-16", True)]
    if b"\0" in data[:200]:  # two bytes a letter without a mark: of ASCII letters one is zero
        return [("utf-16-be" if data[:1] == b"\0" else "utf-16-le", True)]
    return [("utf-8", False), ("cp1252", True)]


def _separator(text: str) -> str:
    """The one that gives the first line most columns."""
    first = text.split("\n", 1)[0]
    return max(SEPARATORS, key=first.count)


def _column(cell: str) -> str:
    return "_".join(clean(cell).casefold().split())
