"""A cohort as CSV for spreadsheets: a line an apprentice, a column an exercise and a KSB."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from grader.escaping import visible
from grader.reports.wording import STATUS, level_words
from grader.results import ApprenticeReport

# What a spreadsheet takes for the start of a formula (OWASP, CSV injection), full-width twins too.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def cell(text: str) -> str:
    """Text that no spreadsheet takes for a formula, on one line."""
    shown = visible(text, 1000)
    # "'" is shown by no spreadsheet when it stands first, and keeps the rest as text.
    return f"'{shown}" if text.lstrip(" \"'").startswith(_FORMULA) else shown


def summary_csv(apprentices: Iterable[ApprenticeReport], exercises: Sequence[str]) -> str:
    """Statuses and levels in words; empty where nothing was handed in."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    codes: list[str] = []
    for number, one in enumerate(apprentices):
        if number == 0:
            codes = [skill.code for skill in one.ksbs]
            writer.writerow(["apprentice", *exercises, *codes])
        statuses = {result.id: STATUS[result.status] for result in one.exercises}
        levels = {skill.code: level_words(skill) for skill in one.ksbs}
        row = [one.apprentice, *(statuses.get(name, "") for name in exercises)]
        writer.writerow(map(cell, [*row, *(levels.get(code, "") for code in codes)]))
    return out.getvalue()
