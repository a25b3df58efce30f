"""`grade forget`: what is kept of somebody, shown first; then erased, with a line that says so."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import click
from rich.console import Console

from grader.cohort.forgetting import AUDIT_YEARS, due, months_before, reports_naming
from grader.cohort.identity import Identity, read_beside, refuse_unknown, write_identity
from grader.cohort.kept_lists import forget as forget_lists
from grader.errors import UsageError
from grader.escaping import visible
from grader.gradebook import Gradebook
from grader.reports.paper import Paper
from grader.reports.wording import count, listed
from grader.workspace.own_names import OwnNames
from grader.workspace.privacy import look

LISTED = 12
_ROWS = {
    "judgement": "tutor's judgement",
    "talk": "talk",
    "comment": "comment",
    "result": "result",
    "attempt": "hand-in",
    "work": "piece of work that nobody else has",
}
_PLURALS = {"work": "pieces of work that nobody else has"}


@dataclass(frozen=True)
class Options:
    """The command line's options as click gives them."""

    apprentices: tuple[str, ...]
    older_than: int | None
    gradebook: Path
    identity: Path | None
    reports: tuple[Path, ...]
    why: str | None
    yes: bool


def forget(options: Options) -> int:
    """Show, ask, erase; the exit code."""
    now = datetime.now(UTC)
    path, identity = read_beside(options.gradebook, options.identity, fill=True)
    for folder in options.reports:
        if not folder.is_dir():
            raise UsageError(f"There is no folder `{visible(str(folder))}` with reports.")
    paper = Paper(Console(highlight=False))
    with Gradebook(options.gradebook) as book:
        people = _chosen(options, book, identity, now)
        why = _reason(options, people, identity)
        if not people:
            paper.put("Nobody's record is that old.")
            return 0
        # An export for the VLE knows people by their addresses.
        known = [identity.people[name].email for name in people if name in identity.people]
        files = reports_naming(options.reports, [*people, *filter(None, known)])
        files = [one for one in files if one.resolve() != path.resolve()]
        _preview(people, book, identity, files, options, paper)
        if not options.yes and not _agreed():
            paper.put("Nothing was changed.")
            return 1
        remaining = _without(identity, people)
        whole = book.forget(people, _detail(people, book, why, now), _audit_since(now))
        if len(remaining.people) < len(identity.people):
            write_identity(path, remaining)
        forget_lists(options.gradebook, people)
        stuck = _delete(files)
    paper.put((f"{count(len(people), 'apprentice')} forgotten.", "bold"))
    if not whole:
        paper.put(
            "Another program has the gradebook open, and what was erased stays on the disk until "
            "that is closed. Close it, then run any `grade` command on the gradebook."
        )
    _tell_rest(people, stuck, options, paper)
    return 1 if stuck else 0


def _chosen(
    options: Options, book: Gradebook, identity: Identity, now: datetime
) -> tuple[str, ...]:
    if bool(options.apprentices) == (options.older_than is not None):
        raise UsageError("Name the apprentices to forget by their pseudonyms, or say --older-than.")
    if options.older_than is not None:
        return due(book.last_seen(), identity, options.older_than, now)
    known = {*book.apprentices(), *identity.people}
    for name in options.apprentices:
        refuse_unknown(name, known)
    return tuple(sorted(set(options.apprentices)))


def _reason(options: Options, people: Sequence[str], identity: Identity) -> str:
    """What the audit says; UsageError when it would name somebody."""
    if options.why is None:
        old = f"nothing was handed in for {options.older_than} months"
        return old if options.older_than else "the apprentice asked for it"
    known = [identity.people[name] for name in people if name in identity.people]
    words = [*people, *(word for one in known for word in (one.name, one.email, one.folder))]
    own = OwnNames(people=tuple(filter(None, words)))
    if look({"why.txt": options.why.encode("utf-8", "replace")}, own).remarks:
        raise UsageError(
            "--why goes into the line that stays, and yours may tell who it is about. Say it "
            "without names and addresses."
        )
    return visible(options.why, 300)


def _preview(
    people: Sequence[str],
    book: Gradebook,
    identity: Identity,
    files: Sequence[Path],
    options: Options,
    paper: Paper,
) -> None:
    paper.put(("This will be erased, and can't be brought back:", "bold"))
    for name in people:
        rows = book.holds(name)
        told = [_counted(rows[table], table) for table in _ROWS if rows.get(table)]
        line = " and a line in the identity file" if name in identity.people else ""
        paper.put(f"{name}: {', '.join(told) or 'nothing in the gradebook'}{line}", indent=2)
    for path in files[:LISTED]:
        paper.put(f"report {path}", indent=2)
    if len(files) > LISTED:
        paper.put(f"and {len(files) - LISTED} more reports", indent=2)
    if not options.reports:
        paper.put("No folder of reports was named (--reports), so none is looked through.")
    paper.put(
        "A report that names others too goes as a whole: make it again with `grade report`. Kept "
        f"is one line without a name, for {AUDIT_YEARS} years, that says this was done and why, "
        "and work that somebody else handed in too."
    )


def _counted(number: int, table: str) -> str:
    if number != 1 and table in _PLURALS:
        return f"{number} {_PLURALS[table]}"
    return count(number, _ROWS[table])


def _agreed() -> bool:
    if not sys.stdin.isatty():
        raise UsageError(
            "This isn't a terminal in which to ask you, so nothing was erased. Say --yes once you "
            "have read the list above."
        )
    return click.confirm("Erase all of it?", default=False)


def _without(identity: Identity, people: Sequence[str]) -> Identity:
    for name in people:
        identity = identity.without(name)
    return identity


def _audit_since(now: datetime) -> datetime:
    """Since when lines of the audit are kept."""
    return datetime.combine(months_before(now.date(), 12 * AUDIT_YEARS), now.timetz())


def _detail(people: Sequence[str], book: Gradebook, why: str, now: datetime) -> str:
    """What was done, what is kept, why and until when; it names nobody."""
    rows = [book.holds(name) for name in people]
    sums = {table: sum(one.get(table, 0) for one in rows) for table in _ROWS}
    told = [_counted(number, table) for table, number in sums.items() if number]
    until = months_before(now.date(), -12 * AUDIT_YEARS)
    return (
        f"Erased: {', '.join([count(len(people), 'apprentice'), *told])}. Reason: {why}. "
        "Kept: this line, which names nobody, so that it can be shown that the record was "
        f"erased; until {until}. Work that somebody else handed in too is kept as theirs."
    )


def _delete(files: Sequence[Path]) -> list[Path]:
    """Delete reports; those that could not be."""
    stuck = []
    for path in files:
        try:
            path.unlink()
        except OSError:
            stuck.append(path)
    return stuck


def _tell_rest(
    people: Sequence[str], stuck: Sequence[Path], options: Options, paper: Paper
) -> None:
    """What a command can't do."""
    for path in stuck:
        paper.put((f"{path} could not be deleted; delete it yourself.", "bold red"))
    paper.put("Still to do by hand:", label="")
    for line in (
        f"Delete the hand-ins of {listed(list(people[:5]))} from your folder of submissions, or "
        "the next `grade cohort` takes them in again.",
        "Delete copies that you have sent on, and backups when they are due.",
    ):
        paper.put(line, indent=2, label=paper.bullet)
    if options.reports:
        again = "Make the reports again: grade report --html FOLDER"
        paper.put(again, indent=2, label=paper.bullet)
