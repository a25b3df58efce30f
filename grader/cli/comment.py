"""`grade comment APPRENTICE "…"`: what a tutor says to an apprentice, kept, listed, taken back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console

from grader.cohort.identity import Identity, is_plain, read_beside, refuse_unknown
from grader.errors import UsageError
from grader.escaping import visible
from grader.gradebook import Gradebook
from grader.reports.paper import Paper
from grader.results import COMMENT
from grader.workspace.own_names import OwnNames
from grader.workspace.privacy import look


@dataclass(frozen=True)
class Options:
    """The command line's options as click gives them."""

    apprentice: str
    text: str | None
    by: str | None
    take_back: int | None
    gradebook: Path
    identity: Path | None
    yes: bool


def comment(options: Options) -> None:
    """Do what was asked; UsageError when it can't be done."""
    _, identity = read_beside(options.gradebook, options.identity)
    paper = Paper(Console(highlight=False))
    writes = options.text is not None or options.take_back is not None
    with Gradebook(options.gradebook, write=writes) as book:
        refuse_unknown(options.apprentice, {*book.apprentices(), *identity.people})
        if options.take_back is not None:
            _take_back(options, options.take_back, book, paper)
        elif options.text is not None:
            book.comment(
                options.apprentice, _role(options.by), datetime.now(UTC), _said(options, identity)
            )
            paper.put(("Kept.", "green"), " It is on the page that `grade report --html` makes.")
        else:
            _list(options.apprentice, book, paper)


def _role(by: str | None) -> str:
    if by is None or not is_plain(by):
        raise UsageError("Say who you are: --by and a role or pseudonym in one word, as tutor-1.")
    return by


def _said(options: Options, identity: Identity) -> str:
    """The text on one line; UsageError when there is none, or it may name somebody."""
    text = " ".join((options.text or "").split())
    if not text:
        raise UsageError('Write the comment in quotes: grade comment heron-4821 "Well done."')
    if len(text) > COMMENT:
        raise UsageError(f"A comment has at most {COMMENT:,} characters; this one has {len(text)}.")
    names = tuple(one.name for one in identity.people.values() if one.name)
    addresses = tuple(one.email for one in identity.people.values() if one.email)
    own = OwnNames(people=names, addresses=addresses)
    found = [
        one.found for one in look({"comment.txt": text.encode("utf-8", "replace")}, own).remarks
    ]
    if found and not options.yes:
        raise UsageError(
            f"“{visible(found[0], 60)}” may tell who somebody is, and reports go by pseudonyms. "
            "Write “you”, “a colleague”; or say --yes to keep it as it is."
        )
    return text


def _list(apprentice: str, book: Gradebook, paper: Paper) -> None:
    said = book.comments(apprentice)
    if not said:
        paper.put(f"Nobody has said anything to {apprentice} yet.")
    for place, one in enumerate(said, 1):
        day = one.at.partition("T")[0]
        paper.put(f"{one.text} ({one.by}, {day})", label=f"{place}  ")


def _take_back(options: Options, place: int, book: Gradebook, paper: Paper) -> None:
    said = book.comments(options.apprentice)
    if options.text is not None:
        raise UsageError("--take-back takes no text: it deletes a comment.")
    if place > len(said):
        raise UsageError(
            f"There is no comment {place}: {options.apprentice} has {len(said)}. "
            f"`grade comment {options.apprentice}` lists them."
        )
    book.take_back(options.apprentice, place)
    paper.put(f"Taken back: {said[place - 1].text}")
    paper.put("Pages that were made before still show it: make them again with `grade report`.")
