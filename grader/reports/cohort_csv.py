"""A cohort as CSV: for spreadsheets, for the VLE's gradebook, and hours of practice."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from grader.escaping import visible
from grader.reports.cohort_figures import practice_hours
from grader.reports.wording import level_words, told_status
from grader.results import ApprenticeReport, AttemptResult, Status

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
        statuses = {
            result.id: " ".join((told_status(result), *result.unreadable))
            for result in one.exercises
        }
        levels = {skill.code: level_words(skill) for skill in one.ksbs}
        row = [one.apprentice, *(statuses.get(name, "") for name in exercises)]
        writer.writerow(map(cell, [*row, *(levels.get(code, "") for code in codes)]))
    return out.getvalue()


class Addressee(NamedTuple):
    """By what the platform can find somebody: any of these may be empty.

    `identifier` is what a download's labels number people by: Moodle's "Participant 1300101" of
    its grading worksheet, Canvas's user number.
    """

    email: str = ""
    name: str = ""
    identifier: str = ""


def vle_csv(
    apprentices: Iterable[ApprenticeReport],
    exercises: Sequence[str],
    people: Mapping[str, Addressee],
) -> tuple[str, list[str], list[str]]:
    """Points of required checks as Moodle and Canvas import grades.

    Also who has no e-mail address and is found by name or number alone, and who isn't in it for
    want of all three. A cell is empty where nothing counts yet: nothing handed in, practice only,
    waiting for a tutor, or a grading that broke.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(["Identifier", "Full name", "Email address", *exercises])
    by_name, left = [], []
    for one in apprentices:
        who = people.get(one.apprentice, Addressee())
        if not any(who):
            left.append(one.apprentice)
            continue
        if not who.email:
            by_name.append(one.apprentice)
        points = {result.id: _points(result) for result in one.exercises}
        row = [who.identifier, who.name, who.email]
        writer.writerow(map(cell, [*row, *(points.get(exercise, "") for exercise in exercises)]))
    return out.getvalue(), by_name, left


def _points(result: AttemptResult) -> str:
    undecided = (Status.NOT_STARTED, Status.PENDING, Status.BROKEN)
    if result.practice or result.provisional or result.status in undecided:
        return ""
    return str(sum(check.points for check in result.checks if check.required))


def hours_csv(apprentices: Iterable[ApprenticeReport], minutes: Mapping[str, int]) -> str:
    """Hours of practice: the minutes that the course gives for each exercise that is met."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    head = ("apprentice", "exercises met", "estimated hours", "first handed in", "last handed in")
    writer.writerow([*head, "how estimated"])
    for one in apprentices:
        met = [result for result in one.exercises if result.status is Status.MET]
        dates = sorted(result.handed_in_at[:10] for result in met)
        hours = practice_hours(met, minutes)
        ends = (dates[0], dates[-1]) if dates else ("", "")
        how = "the course's minutes for what is met; not measured"
        writer.writerow(map(cell, (one.apprentice, str(len(met)), f"{hours:.2f}", *ends, how)))
    return out.getvalue()
