"""Tagstore: take in contractors' inspection files."""

import csv
from datetime import datetime, timezone
from pathlib import Path

from records import Inspection, Intake, Reject


class FileError(Exception):
    """The whole file can't be taken in."""


def find_encoding(path):
    data = path.read_bytes()
    if data.startswith(b"\xef\xbb\xbf"):
        return "utf-8-sig"
    try:
        data.decode("utf-8")
        return "utf-8"
    except UnicodeDecodeError:
        pass
    try:
        data.decode("cp1252")
        return "cp1252"
    except UnicodeDecodeError:
        raise FileError(str(path) + " has an unknown encoding")


def clean_asset(text):
    text = text.strip().upper()
    kind = text[:3]
    number = text[3:]
    if kind not in ["LMP", "SGN", "BIN"]:
        return None
    if number.startswith("-") or number.startswith(" "):
        number = number[1:]
    if len(number) < 1 or len(number) > 5:
        return None
    for digit in number:
        if digit not in "0123456789":
            return None
    return kind + "-" + number.zfill(5)


def clean_date(text):
    text = text.strip()
    for form in ["%d/%m/%Y", "%Y-%m-%d"]:
        try:
            return datetime.strptime(text, form).date()
        except ValueError:
            pass
    return None


def load(path: Path) -> Intake:
    """Return the good and the bad rows of one contractor's file."""
    encoding = find_encoding(path)
    accepted = []
    rejected = []
    with open(path, encoding=encoding, newline="") as file:
        first_line = file.readline()
        if first_line == "":
            raise FileError("the file is empty")
        file.seek(0)
        if ";" in first_line:
            reader = csv.reader(file, delimiter=";")
        else:
            reader = csv.reader(file)

        header = []
        for name in next(reader):
            name = name.strip()
            if name.lower() in ["asset", "date", "result"]:
                name = name.lower()
            header.append(name)
        missing = []
        for name in ["asset", "date", "result"]:
            if name not in header:
                missing.append(name)
        if missing:
            raise FileError("missing columns: " + ", ".join(missing))

        seen = set()
        last_line = reader.line_num
        for cells in reader:
            line = last_line + 1
            last_line = reader.line_num
            if cells == [] or (len(cells) == 1 and cells[0].strip() == ""):
                continue
            if len(cells) != len(header):
                rejected.append(Reject(line, "cells", tuple(cells)))
                continue
            row = dict(zip(header, cells))
            asset = clean_asset(row.pop("asset"))
            day = clean_date(row.pop("date"))
            result = row.pop("result").strip().lower()
            if asset is None:
                rejected.append(Reject(line, "asset", tuple(cells)))
            elif day is None:
                rejected.append(Reject(line, "date", tuple(cells)))
            elif result not in ["pass", "fail"]:
                rejected.append(Reject(line, "result", tuple(cells)))
            elif (asset, day) in seen:
                rejected.append(Reject(line, "duplicate", tuple(cells)))
            else:
                seen.add((asset, day))
                accepted.append(Inspection(line, asset, day, result, row))
    return Intake(encoding, accepted, rejected)


def write_rejects(path: Path, rejects: list[Reject], at: datetime) -> None:
    """Write the bad rows to a CSV file that goes back to the contractor."""
    time = at.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
    with open(path, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["rejected_at", "line", "reason", "row"])
        for reject in rejects:
            row = " | ".join(reject.cells)
            if row.startswith(("=", "+", "-", "@")):
                row = "'" + row
            writer.writerow([time, reject.line, reject.reason, row])
