"""Names the first missing column only.

The loop ends at the first one. Breaks clause 2.3.
"""

from __future__ import annotations

import codecs
import csv
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from itertools import chain
from pathlib import Path
from typing import TextIO

from records import Inspection, Intake, Reject

REQUIRED = ("asset", "date", "result")  # clause 2.1
ASSET = re.compile(r"(LMP|SGN|BIN)[ -]?([0-9]{1,5})", re.ASCII | re.IGNORECASE)  # clause 3.6
UK_DATE = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})")  # clause 3.7
ISO_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
RESULTS = ("pass", "fail")
FORMULA_STARTS = ("=", "+", "-", "@")  # clause 4.5


class FileError(Exception):
    """The whole file can't be taken in."""


class RowError(Exception):
    """One row is bad; its text is the reason."""


def load(path: Path) -> Intake:
    """Return the good and the bad rows of one contractor's file.

    path: the CSV file to read
    Raises FileError when the file as a whole can't be used.
    """
    intake = Intake(_encoding_of(path), [], [])
    with path.open(encoding=intake.encoding, newline="") as file:
        rows = _numbered_rows(file)
        header = _header(rows)
        taken: set[tuple[str, date]] = set()
        for line, cells in rows:
            try:
                inspection = _inspection(line, cells, header, taken)
            except RowError as error:
                intake.rejected.append(Reject(line, str(error), tuple(cells)))
            else:
                taken.add((inspection.asset, inspection.day))
                intake.accepted.append(inspection)
    return intake


def write_rejects(path: Path, rejects: list[Reject], at: datetime) -> None:
    """Write the bad rows to a CSV file that goes back to the contractor.

    path: the CSV file to write; one that is already there is replaced
    rejects: the bad rows, in the order in which they are to be written
    at: when the rows were rejected, with its time zone
    """
    rejected_at = at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["rejected_at", "line", "reason", "row"])
        for reject in rejects:
            row = _safe(" | ".join(reject.cells))
            writer.writerow([rejected_at, reject.line, reject.reason, row])


def _encoding_of(path: Path) -> str:
    """Return the encoding of a file's bytes (clauses 1.1, 2.4 and 2.5)."""
    content = path.read_bytes()
    marked = content.startswith(codecs.BOM_UTF8)
    if content in (b"", codecs.BOM_UTF8):
        raise FileError(f"{path.name} is empty: at least a header is needed")
    for encoding in ("utf-8-sig",) if marked else ("utf-8", "cp1252"):
        try:
            content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return encoding
    raise FileError(f"{path.name} is neither UTF-8 nor Windows-1252")


def _numbered_rows(file: TextIO) -> Iterator[tuple[int, list[str]]]:
    """Yield each row, the header too, with the line on which it starts; blank lines are none."""
    first = file.readline()
    reader = csv.reader(chain([first], file), delimiter=";" if ";" in first else ",")
    start = 1
    for cells in reader:
        if start == 1 or not _is_blank(cells):
            yield start, cells
        start = reader.line_num + 1  # line_num is the line on which this row has ended


def _is_blank(cells: list[str]) -> bool:
    return not cells or (len(cells) == 1 and not cells[0].strip(" "))


def _header(rows: Iterator[tuple[int, list[str]]]) -> list[str]:
    """Return the columns' names; those of the required columns in small letters."""
    _, cells = next(rows)
    names = [cell.strip() for cell in cells]
    names = [name.lower() if name.lower() in REQUIRED else name for name in names]
    missing = [name for name in REQUIRED if name not in names]
    if missing:
        raise FileError(f"the header has no column {missing[0]}")
    return names


def _inspection(
    line: int, cells: list[str], header: list[str], taken: set[tuple[str, date]]
) -> Inspection:
    """Return a good row; raise RowError with the reason for a bad one (clauses 3.4 to 3.9)."""
    if len(cells) != len(header):
        raise RowError("cells")
    extra = dict(zip(header, cells, strict=True))
    asset = _asset(extra.pop("asset").strip())
    day = _day(extra.pop("date").strip())
    result = extra.pop("result").strip().lower()
    if result not in RESULTS:
        raise RowError("result")
    if (asset, day) in taken:
        raise RowError("duplicate")
    return Inspection(line, asset, day, result, extra)


def _asset(text: str) -> str:
    """Return the normal form of an asset number (clause 3.6)."""
    found = ASSET.fullmatch(text)
    if found is None:
        raise RowError("asset")
    return f"{found[1].upper()}-{found[2]:0>5}"


def _day(text: str) -> date:
    """Return the day, which may be written in the UK's way or in ISO 8601 (clause 3.7)."""
    uk = UK_DATE.fullmatch(text)
    try:
        if uk is not None:
            return date(int(uk[3]), int(uk[2]), int(uk[1]))
        if ISO_DATE.fullmatch(text):
            return date.fromisoformat(text)
    except ValueError:
        pass  # the right shape, but no such day
    raise RowError("date")


def _safe(text: str) -> str:
    """Return text that a spreadsheet doesn't run as a formula (clause 4.5)."""
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text
