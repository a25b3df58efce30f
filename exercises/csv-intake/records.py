"""What an intake is made of. Given: use these classes as they are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Inspection:
    """A good row: one asset, looked at on one day.

    line: the line of the file on which the row starts; the file's first line is 1
    asset: the asset number in its normal form, such as "LMP-00417"
    day: the day of the inspection
    result: "pass" or "fail"
    extra: the cells of all other columns, by the name of the column
    """

    line: int
    asset: str
    day: date
    result: str
    extra: dict[str, str]


@dataclass(frozen=True)
class Reject:
    """A bad row, set aside.

    line: the line of the file on which the row starts; the file's first line is 1
    reason: "cells", "asset", "date", "result" or "duplicate"
    cells: all cells of the row, as they stand in the file
    """

    line: int
    reason: str
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Intake:
    """Everything that one file held.

    encoding: "utf-8-sig", "utf-8" or "cp1252"
    accepted: the good rows, in the order of the file
    rejected: the bad rows, in the order of the file
    """

    encoding: str
    accepted: list[Inspection]
    rejected: list[Reject]
