"""What a cell shows, each as text and as HTML; no widgets, no script, no style of the page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from grader.catalogue import Exercise
from grader.lab.checking import Checked
from grader.lab.sync import SyncResult
from grader.reports.exercise_page import exercises_section
from grader.reports.markup import bullets, element, joined
from grader.reports.next_step import next_step
from grader.reports.skill_page import Here
from grader.reports.wording import isolation_warning, seconds_words, status_words
from grader.standard import standard
from grader.workspace.progress import Standing

REPORT = "application/vnd.apprentice-grader.report+json"
REPORT_FORMAT = 1

Bundle = Mapping[str, Any]


def words(*paragraphs: str) -> Bundle:
    """Show sentences."""
    return {
        "text/plain": "\n".join(paragraphs),
        "text/html": joined(*(element("p", one) for one in paragraphs)),
    }


def synced(result: SyncResult, more: str = "") -> Bundle:
    """Show what became of a cell, and where it differs from its file."""
    said = f"{result.sentence} {more}".strip()
    if not result.difference:
        return words(said)
    legend = "Lines with - stand only in the file, lines with + only in the cell:"
    block = element("pre", *_lines(result.difference), aria_label="Difference of file and cell")
    return {
        "text/plain": f"{said}\n\n{legend}\n{result.difference}",
        "text/html": joined(element("p", said), element("p", legend), block),
    }


def checked(found: Checked, notes: Sequence[str], exercises: Sequence[Exercise]) -> Bundle:
    """Show a report, and above it what there is to say about cells that weren't graded."""
    report = found.report
    here = Here(standard(), frozenset(), frozenset())
    warning = isolation_warning(report.isolation)
    lines = "".join(f"Note: {one}\n" for one in notes)
    took = f"Checked in {seconds_words(found.seconds)}."
    return {
        "text/plain": f"{lines}{found.text}\n\n{took}",
        "text/html": joined(
            bullets(list(notes), aria_label="Notes") if notes else "",
            element("p", element("strong", "Next: "), next_step(report, exercises)),
            element("p", warning) if warning else "",
            exercises_section(report.exercises, here, tutor=False, exercises=exercises),
            element("p", took),
        ),
        REPORT: {
            "format": REPORT_FORMAT,
            "notes": list(notes),
            "report": msgspec.to_builtins(report),
        },
    }


def progress(found: Sequence[Standing]) -> Bundle:
    """Show where each exercise stands."""
    rows = [(one.exercise.id, one.exercise.title, standing_words(one)) for one in found]
    wide = max((len(row[0]) for row in rows), default=0)
    done = f"{sum(one.done for one in found)} of {len(rows)} done so far."
    head = element("tr", *(element("th", one, scope="col") for one in _HEADS))
    body = [element("tr", *(element("td", cell) for cell in row)) for row in rows]
    return {
        "text/plain": "\n".join([*(f"{row[0]:<{wide}}  {row[2]}" for row in rows), done]),
        "text/html": joined(element("table", head, *body), element("p", done)),
    }


_HEADS = ("Exercise", "Title", "Where it stands")


def standing_words(standing: Standing) -> str:
    """Say where an exercise stands."""
    if standing.status is None:
        return "begun, not checked as it is now"
    return status_words(standing.status, provisional=standing.provisional)


def _lines(difference: str) -> list[str]:
    marks = {"-": "del", "+": "ins"}
    return [
        joined(element(marks[line[0]], line) if line[:1] in marks else element("span", line), BREAK)
        for line in difference.split("\n")
    ]


BREAK = element("br")
