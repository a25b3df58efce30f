"""The whole list of an intake: on a console, and as a page."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console

from grader.reports.document import document
from grader.reports.markup import Html, bullets, element, joined
from grader.reports.paper import Paper
from grader.reports.wording import count
from grader.results import IntakeEntry, IntakeLeft, IntakeWork

_NOBODY = "nobody yet"


def show_intake(entries: Sequence[IntakeEntry], console: Console, *, new: str = "") -> None:
    """Every label: whose it is, what was taken for which exercise, what was left out and why.

    `new` stands in place of an id that is only made up when the work is graded.
    """
    paper = Paper(console)
    for entry in entries:
        paper.gap()
        who = new if new and entry.known_by == "new" else entry.apprentice or _NOBODY
        by = f" ({entry.known_by})" if entry.known_by not in ("", "new") else ""
        paper.put((entry.label, "bold"), "" if entry.label == who else f" → {who}{by}")
        for work in entry.work:
            paper.put(_work(work), indent=2, label=paper.bullet)
        for left in entry.left_out:
            paper.put(f"Left out: {left.place} {left.why}.", indent=2, label=paper.bullet)
            if left.correction:
                _line(f"    {left.file}: {left.correction}", console)
        if entry.correction:
            said = "if it is somebody else's" if entry.apprentice else "if it is a person's"
            _line(f"  {said}, corrections.toml: {entry.correction}", console)


def _line(text: str, console: Console) -> None:
    """A line to copy: never broken in two."""
    console.print(text, style="dim", markup=False, soft_wrap=True)


def sum_up(entries: Sequence[IntakeEntry]) -> str:
    """How much was found and left out, as a sentence."""
    people = len({entry.apprentice or entry.label for entry in entries if entry.work})
    work = sum(len(entry.work) for entry in entries)
    left = sum(len(entry.left_out) for entry in entries)
    told = f"{count(work, 'hand-in')} of {count(people, 'apprentice')}"
    return f"{told}; {count(left, 'thing')} left out."


def intake_page(entries: Sequence[IntakeEntry], graded: str) -> str:
    """The list as a page."""
    header = element(
        "header",
        element("h1", "What was handed in"),
        element("p", sum_up(entries), class_="quiet"),
        element("p", element("a", "Cohort report", href="index.html")),
    )
    main = joined(*(_entry(entry) for entry in entries))
    return document("What was handed in", header, main, graded=graded)


def _entry(entry: IntakeEntry) -> Html:
    lines = [_work(work) for work in entry.work]
    lines += [_left(left) for left in entry.left_out]
    who = entry.apprentice or _NOBODY
    head = entry.label if entry.label == who else f"{entry.label} → {who}"
    return joined(element("h3", head), bullets(lines))


def _work(work: IntakeWork) -> str:
    files = f": {', '.join(work.files)}" if work.files else ""
    remarks = f" {' '.join(work.remarks)}" if work.remarks else ""
    return f"{work.exercise}{files} (in {work.place}).{remarks}"


def _left(left: IntakeLeft) -> str:
    line = f" {left.file}: {left.correction}" if left.correction else ""
    return f"Left out: {left.place} {left.why}.{line}"
