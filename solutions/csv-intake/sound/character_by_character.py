"""Takes the text apart character by character, as a table of states would."""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

from records import Inspection, Intake, Reject


class FileError(Exception):
    """The whole file can't be taken in."""


def load(path: Path) -> Intake:
    """Return the good and the bad rows of one contractor's file."""
    content = path.read_bytes()
    encoding = next((name for name in possible(content) if fits(content, name)), None)
    if encoding is None:
        raise FileError("no encoding fits")
    text = str(content, encoding)
    if text == "":
        raise FileError("an empty file")
    separator = "," if text.partition("\n")[0].find(";") < 0 else ";"
    table = list(rows(text, separator))
    header = [name.strip() for name in table[0][1]] if table and table[0][0] == 1 else []
    places = {name.lower(): place for place, name in enumerate(header)}
    for name in ("asset", "date", "result"):
        if name not in places:
            absent = [one for one in ("asset", "date", "result") if one not in places]
            raise FileError(f"column {name} is missing; in all: {absent}")

    good: list[Inspection] = []
    bad: list[Reject] = []
    for line, cells in table[1:]:
        reason = ""
        asset = day = result = None
        if len(cells) != len(header):
            reason = "cells"
        else:
            asset = normal(cells[places["asset"]])
            day = to_day(cells[places["date"]])
            result = cells[places["result"]].strip(" ").lower()
            if asset is None:
                reason = "asset"
            elif day is None:
                reason = "date"
            elif result not in {"pass", "fail"}:
                reason = "result"
            elif any(one.asset == asset and one.day == day for one in good):
                reason = "duplicate"
        if reason:
            bad += [Reject(line, reason, tuple(cells))]
        else:
            extra = dict(zip(header, cells))
            for place in (places["asset"], places["date"], places["result"]):
                del extra[header[place]]
            good += [Inspection(line, asset, day, result, extra)]
    return Intake(encoding, good, bad)


def possible(content: bytes) -> list[str]:
    """Return the encodings to try."""
    return ["utf-8-sig"] if content[:3] == b"\xef\xbb\xbf" else ["utf-8", "cp1252"]


def fits(content: bytes, encoding: str) -> bool:
    """Say whether all bytes have a meaning."""
    try:
        content.decode(encoding)
    except UnicodeError:
        return False
    return True


def rows(text: str, separator: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the line on which each row starts, and its cells."""
    line = start = 1
    cells, cell, quoted, plain = [], "", False, True
    place = 0
    while place < len(text):
        sign = text[place]
        place += 1
        if sign == "\n":
            line += 1
        if quoted:
            if sign != '"':
                cell += sign
            elif text[place : place + 1] == '"':
                cell += '"'
                place += 1
            else:
                quoted = False
        elif sign == '"':
            quoted, plain = True, False
        elif sign == separator:
            cells.append(cell)
            cell, plain = "", False
        elif sign == "\n":
            cell = cell.removesuffix("\r")
            if not plain or cell.strip(" "):
                yield start, [*cells, cell]
            start, cells, cell, plain = line, [], "", True
        else:
            cell += sign
    if not plain or cell.strip(" "):
        yield start, [*cells, cell]


def normal(text: str) -> str | None:
    """Return the normal form of an asset number, or None."""
    text = text.strip(" ").upper()
    for kind in ("LMP", "SGN", "BIN"):
        if text.startswith(kind):
            digits = text.removeprefix(kind)
            if digits.startswith((" ", "-")):
                digits = digits[1:]
            if digits.isascii() and digits.isdecimal() and len(digits) < 6:
                return kind + "-" + digits.zfill(5)
    return None


def to_day(text: str) -> date | None:
    """Return the day, or None."""
    parts = text.strip(" ").split("/")
    if len(parts) == 1:
        parts = text.strip(" ").split("-")[::-1]
        widths = (range(2, 3), range(2, 3), range(4, 5))
    else:
        widths = (range(1, 3), range(1, 3), range(4, 5))
    if len(parts) != 3 or not all(part.isascii() and part.isdigit() for part in parts):
        return None
    if not all(len(part) in width for part, width in zip(parts, widths)):
        return None
    day, month, year = map(int, parts)
    if year == 0 or not 1 <= month <= 12 or not 1 <= day <= calendar.monthrange(year, month)[1]:
        return None
    return date(year, month, day)


def write_rejects(path: Path, rejects: list[Reject], at: datetime) -> None:
    """Write the bad rows to a CSV file."""
    utc = at.astimezone(UTC)
    time = f"{utc.year:04}-{utc.month:02}-{utc.day:02}T{utc:%X}Z"
    lines = ["rejected_at,line,reason,row"]
    for reject in rejects:
        row = " | ".join(reject.cells)
        safe = "'" + row if row[:1] in tuple("=+-@") else row
        lines.append(f"{time},{reject.line},{reject.reason},{in_quotes(safe)}")
    path.write_bytes("".join(line + "\r\n" for line in lines).encode())


def in_quotes(text: str) -> str:
    """Return the cell, in quotes where it needs them."""
    if not set(text) & set(',"\r\n'):
        return text
    return '"' + text.replace('"', '""') + '"'
