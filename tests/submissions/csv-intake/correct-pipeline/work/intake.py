"""Tagstore: take in contractors' inspection files."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from records import Inspection, Intake, Reject

NEEDED = {"asset", "date", "result"}


class FileError(Exception):
    """The whole file can't be taken in."""


class Row(NamedTuple):
    line: int
    cells: tuple[str, ...]


def load(path: Path) -> Intake:
    encoding, text = read(path)
    rows = split(text)
    header = [name.strip() for name in next(rows).cells]
    header = [name.lower() if name.lower() in NEEDED else name for name in header]
    if not NEEDED <= set(header):
        raise FileError(f"{path.name}: no column {', '.join(NEEDED - set(header))}")
    judged = list(judge(rows, header))
    return Intake(
        encoding,
        [one for one in judged if isinstance(one, Inspection)],
        [one for one in judged if isinstance(one, Reject)],
    )


def read(path: Path) -> tuple[str, str]:
    data = path.read_bytes()
    tried = ["utf-8-sig" if data[:3] == "\ufeff".encode() else "utf-8", "cp1252"]
    for encoding in tried:
        try:
            return encoding, data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise FileError(f"{path.name} fits none of {tried}")


def split(text: str) -> Iterator[Row]:
    lines = re.findall(r"[^\n]*\n|[^\n]+", text)
    if not lines:
        raise FileError("no header")
    start = 1
    reader = csv.reader(lines, delimiter=";" if ";" in lines[0] else ",")
    for cells in reader:
        covered = lines[start - 1 : reader.line_num]
        if start == 1 or not "".join(covered).isspace():
            yield Row(start, tuple(cells))
        start += len(covered)


def judge(rows: Iterable[Row], header: list[str]) -> Iterator[Inspection | Reject]:
    known: dict[str, set[date]] = {}
    for row in rows:
        try:
            found = understood(row, header)
            days = known.setdefault(found.asset, set())
            if found.day in days:
                raise LookupError("duplicate")
            days.add(found.day)
            yield found
        except LookupError as problem:
            yield Reject(row.line, problem.args[0], row.cells)


def understood(row: Row, header: list[str]) -> Inspection:
    if len(row.cells) != len(header):
        raise LookupError("cells")
    named = dict(zip(header, row.cells))
    asset = re.fullmatch(r" *(LMP|SGN|BIN)[ -]?([0-9]{1,5}) *", named["asset"].upper())
    if not asset:
        raise LookupError("asset")
    parts = re.fullmatch(r" *([0-9]{1,2})/([0-9]{1,2})/([0-9]{4}) *", named["date"])
    iso = re.fullmatch(r" *([0-9]{4})-([0-9]{2})-([0-9]{2}) *", named["date"])
    try:
        numbers = map(int, (parts.groups()[::-1] if parts else iso.groups()))
        day = date(*numbers)
    except (AttributeError, ValueError):
        raise LookupError("date") from None
    result = named["result"].strip().lower()
    if not re.fullmatch("pass|fail", result):
        raise LookupError("result")
    extra = {name: cell for name, cell in named.items() if name not in NEEDED}
    return Inspection(row.line, f"{asset[1]}-{asset[2]:>05}", day, result, extra)


def write_rejects(path: Path, rejects: list[Reject], at: datetime) -> None:
    utc = at.replace(tzinfo=None, microsecond=0) - (at.utcoffset() or timedelta(0))
    with path.open("w", encoding="utf-8", newline="") as file:
        print("rejected_at,line,reason,row", end="\r\n", file=file)
        for line, reason, cells in ((one.line, one.reason, one.cells) for one in rejects):
            row = re.sub("^(?=[-=+@])", "'", " | ".join(cells)).replace('"', '""')
            print(f'"{utc.isoformat()}Z",{line},{reason},"{row}"', end="\r\n", file=file)
