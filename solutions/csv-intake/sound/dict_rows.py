"""Reads with DictReader, which hides blank lines, and notes the start of each row by itself."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date, datetime, timezone
from pathlib import Path

from records import Inspection, Intake, Reject

REST = ("rest",)  # a key that no header can have


class FileError(Exception):
    """The whole file can't be taken in."""


class MissingColumnsError(FileError):
    """The header lacks required columns."""


class Lines:
    """The lines of a file, and where the row that is being read has started."""

    def __init__(self, text: str) -> None:
        self.lines = text.split("\n")
        self.number = 0
        self.start: int | None = None

    def __iter__(self) -> Iterator[str]:
        for line in self.lines:
            self.number += 1
            if self.start is None and line.strip(" \r"):
                self.start = self.number
            yield line + ("\n" if self.number < len(self.lines) else "")


def load(path: Path) -> Intake:
    """Return the good and the bad rows of one contractor's file."""
    encoding, text = decoded(path.read_bytes())
    if not text:
        raise FileError("there is nothing in the file")
    lines = Lines(text)
    separator = ";" if ";" in lines.lines[0] else ","
    reader = csv.DictReader(lines, delimiter=separator, restkey=REST)  # type: ignore[arg-type]
    names = {plain(name): name for name in reader.fieldnames or []}
    missing = {"asset", "date", "result"} - set(names)
    if missing:
        raise MissingColumnsError("missing: " + ", ".join(sorted(missing)))
    lines.start = None
    accepted: dict[tuple[str, date], Inspection] = {}
    rejected: list[Reject] = []
    for row in reader:
        cells = [cell for key, cell in row.items() if key is not REST and cell is not None]
        cells += row.get(REST, [])
        start, lines.start = lines.start, None
        if start is None:
            continue
        try:
            key, found = checked(start, row, names)
            if key in accepted:
                raise ValueError("duplicate")
            accepted[key] = found
        except ValueError as error:
            rejected.append(Reject(start, error.args[0], tuple(cells)))
    return Intake(encoding, list(accepted.values()), rejected)


def decoded(content: bytes) -> tuple[str, str]:
    """Return the encoding and the text."""
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        try:
            return "cp1252", content.decode("cp1252")
        except UnicodeDecodeError as error:
            raise FileError(f"byte {error.start} has no meaning") from error
    if text.startswith("\ufeff"):
        return "utf-8-sig", text[1:]
    return "utf-8", text


def plain(name: str) -> str:
    """Return a column's name as it is compared."""
    return name.strip().casefold()


def checked(start: int, row: dict, names: dict) -> tuple[tuple[str, date], Inspection]:
    """Return what the row is about, and the row; ValueError with the reason."""
    if REST in row or None in row.values():
        raise ValueError("cells")
    asset = asset_number(row[names["asset"]].strip())
    day = calendar_day(row[names["date"]].strip())
    result = row[names["result"]].strip().lower()
    if result != "pass" and result != "fail":
        raise ValueError("result")
    required = {names["asset"], names["date"], names["result"]}
    extra = {name.strip(): cell for name, cell in row.items() if name not in required}
    return (asset, day), Inspection(start, asset, day, result, extra)


def asset_number(text: str) -> str:
    """Return the normal form."""
    kind, digits = text[:3].upper(), text[3:]
    if digits[:1] in (" ", "-"):
        digits = digits[1:]
    digits_only = all(sign in "0123456789" for sign in digits)
    if kind not in ("LMP", "SGN", "BIN") or not digits_only or not 1 <= len(digits) <= 5:
        raise ValueError("asset")
    return f"{kind}-{int(digits):05}"


def calendar_day(text: str) -> date:
    """Return the day."""
    for form in ("%d/%m/%Y", "%Y-%m-%d"):
        try:
            return datetime.strptime(text, form).date()
        except ValueError:
            continue
    raise ValueError("date")


def write_rejects(path: Path, rejects: list[Reject], at: datetime) -> None:
    """Write the bad rows to a CSV file."""
    time = at.astimezone(timezone.utc).replace(tzinfo=None).isoformat(timespec="seconds") + "Z"
    with open(path, mode="w", encoding="utf-8", newline="") as file:
        fields = ["rejected_at", "line", "reason", "row"]
        writer = csv.DictWriter(file, fields, quoting=csv.QUOTE_ALL)
        writer.writeheader()
        for reject in rejects:
            row = " | ".join(reject.cells)
            if row and row[0] in "=+-@":
                row = "'" + row
            record = {"line": reject.line, "reason": reject.reason, "row": row}
            writer.writerow({"rejected_at": time, **record})
