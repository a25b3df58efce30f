"""The heat map of a cohort: apprentices down, KSBs or exercises across, words in every cell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from grader.reports.markup import Html, element, joined, scrolled
from grader.reports.wording import AWAITING
from grader.results import Level, SkillResult, Status

# One or two letters and a shape: a cell says what it is without its colour, also on paper.
_LEVEL = {
    Level.NO_EVIDENCE: ("·", "none"),
    Level.NOT_MET: ("○ no", "not-met"),
    Level.EMERGING: ("◔ em", "emerging"),
    Level.CONSISTENT: ("◑ co", "consistent"),
    Level.CONFIRMED: ("● cf", "confirmed"),
}
_STATUS = {
    Status.MET: ("✓ met", "confirmed"),
    Status.PARTLY: ("◐ part", "emerging"),
    Status.NOT_YET: ("○ no", "not-met"),
    Status.MUST_FAILED: ("✗ must", "must"),
    Status.NOT_STARTED: ("·", "none"),
    Status.PENDING: ("? tutor", "awaiting"),
    Status.BROKEN: ("! broke", "must"),
}
WAITS = ("? tutor", "awaiting")


class Cell(NamedTuple):
    """What stands in a cell, its class, and the same in whole words."""

    text: str
    kind: str
    words: str
    href: str = ""


def skill_cell(skill: SkillResult, href: str = "") -> Cell:
    """The cell of one KSB: awaiting a tutor never looks like no evidence or like not met."""
    open_must = any(flag.startswith("open must") for flag in skill.overlays)
    if skill.level is Level.NO_EVIDENCE and skill.awaiting_tutor:
        text, kind, words = *WAITS, AWAITING
    else:
        (text, kind), words = _LEVEL[skill.level], str(skill.level)
    if open_must:
        text, words = f"{text} !", f"{words}, open must"
    return Cell(text, f"{kind} open-must" if open_must else kind, words, href)


def status_cell(status: Status, words: str, *, slipped: bool = False, href: str = "") -> Cell:
    """The cell of one exercise."""
    text, kind = _STATUS[status]
    return Cell(f"{text} ↓" if slipped else text, kind, words, href)


NOTHING = Cell("·", "none", "nothing handed in")


def heat_map(
    caption: str,
    columns: Sequence[tuple[str, str]],
    rows: Mapping[str, Mapping[str, Cell]],
    links: Mapping[str, str],
) -> Html:
    """A table; `columns` are pairs of a name and a link, `links` give the apprentices' pages."""
    head = element(
        "tr",
        element("th", "Apprentice", scope="col"),
        *(element("th", _linked(name, href), scope="col") for name, href in columns),
    )
    body = [
        element(
            "tr",
            element("th", _linked(name, links.get(name, "")), scope="row"),
            *(_cell(cells.get(column, NOTHING)) for column, _ in columns),
        )
        for name, cells in rows.items()
    ]
    table = element(
        "table",
        element("caption", caption),
        element("thead", head),
        element("tbody", *body),
        class_="heat",
    )
    return scrolled(table, caption)


def legend() -> Html:
    """What the signs mean."""
    items = [
        *((text, kind, str(level)) for level, (text, kind) in _LEVEL.items()),
        (*WAITS, AWAITING),
        ("!", "open-must", "an open must-have holds this KSB back"),
        ("↓", "none", "slipped: the latest hand-in is worse than the best"),
    ]
    return element(
        "ul",
        *(
            element("li", element("span", text, class_=f"cell {kind}"), f" {words}")
            for text, kind, words in items
        ),
        class_="legend",
    )


def _cell(cell: Cell) -> Html:
    seen = element("span", cell.text, aria_hidden="true")
    told = joined(seen, element("span", cell.words, class_="unseen"))
    inside = element("a", told, href=cell.href) if cell.href else told
    return element("td", inside, class_=f"cell {cell.kind}", title=cell.words)


def _linked(text: str, href: str) -> Html:
    return element("a", text, href=href) if href else joined(text)
