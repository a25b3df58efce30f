"""Keeps the checks of a row in a table, and works on the whole text in memory."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from records import Inspection, Intake, Reject

MARK = b"\xef\xbb\xbf"
NUMBER = re.compile(r"\s*(?P<kind>lmp|sgn|bin)[- ]?(?P<digits>[0-9]{1,5})\s*", re.I | re.A)
UK = re.compile(r"\s*(?P<day>\d\d?)/(?P<month>\d\d?)/(?P<year>\d{4})\s*", re.A)
ISO = re.compile(r"\s*(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)\s*", re.A)


class FileError(ValueError):
    """The whole file can't be taken in."""


def load(path: Path) -> Intake:
    """Return the good and the bad rows of one contractor's file."""
    encoding, text = _text(path)
    lines = io.StringIO(text, newline="")
    separator = ";" if ";" in lines.readline() else ","
    lines.seek(0)
    reader = csv.reader(lines, delimiter=separator)
    header = [name.strip() for name in next(reader, [])]
    columns = [name.lower() if name.lower() in CHECKS else name for name in header]
    absent = CHECKS.keys() - set(columns)
    if absent:
        raise FileError(f"{path.name} lacks {sorted(absent)}")
    intake = Intake(encoding, [], [])
    seen: list[tuple[str, date]] = []
    end = reader.line_num
    for cells in reader:
        line, end = end + 1, reader.line_num
        if "".join(cells).strip(" ") or len(cells) > 1:
            _sort(intake, Row(line, cells, columns), seen)
    return intake


class Row:
    """One row on its way."""

    def __init__(self, line: int, cells: list[str], columns: list[str]) -> None:
        self.line = line
        self.cells = cells
        self.fits = len(cells) == len(columns)
        self.values: dict[str, Any] = dict(zip(columns, cells, strict=False))


def _sort(intake: Intake, row: Row, seen: list[tuple[str, date]]) -> None:
    def set_aside(reason: str) -> None:
        intake.rejected.append(Reject(row.line, reason, tuple(row.cells)))

    if not row.fits:
        return set_aside("cells")
    for name, check in CHECKS.items():
        row.values[name] = check(row.values[name])
        if row.values[name] is None:
            return set_aside(name)
    asset, day, result = (row.values.pop(name) for name in CHECKS)
    if (asset, day) in seen:
        return set_aside("duplicate")
    seen.append((asset, day))
    intake.accepted.append(Inspection(row.line, asset, day, result, row.values))
    return None


def _text(path: Path) -> tuple[str, str]:
    content = path.read_bytes()
    if not content.removeprefix(MARK):
        raise FileError(f"{path.name} is empty")
    try:
        if content.startswith(MARK):
            return "utf-8-sig", content.removeprefix(MARK).decode()
        return "utf-8", content.decode()
    except UnicodeDecodeError:
        pass
    try:
        return "cp1252", content.decode("cp1252")
    except UnicodeDecodeError:
        raise FileError(f"{path.name} has bytes of no known encoding") from None


def _asset(cell: str) -> str | None:
    match NUMBER.fullmatch(cell):
        case None:
            return None
        case found:
            return f"{found['kind'].upper()}-{int(found['digits']):05d}"


def _day(cell: str) -> date | None:
    found = UK.fullmatch(cell) or ISO.fullmatch(cell)
    try:
        return date(**{name: int(part) for name, part in found.groupdict().items()})
    except (AttributeError, ValueError):
        return None


def _result(cell: str) -> str | None:
    return {"pass": "pass", "fail": "fail"}.get(cell.strip().lower())


CHECKS: dict[str, Callable[[str], Any]] = {"asset": _asset, "date": _day, "result": _result}


def write_rejects(path: Path, rejects: list[Reject], at: datetime) -> None:
    """Write the bad rows to a CSV file."""
    time = at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    out = io.StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_NONNUMERIC)
    writer.writerow(("rejected_at", "line", "reason", "row"))
    rows = (re.sub(r"\A(?=[=+@-])", "'", " | ".join(reject.cells)) for reject in rejects)
    writer.writerows(
        (time, reject.line, reject.reason, row) for reject, row in zip(rejects, rows, strict=True)
    )
    path.write_bytes(out.getvalue().encode("utf-8"))
