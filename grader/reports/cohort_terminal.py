"""A cohort on a console: what was done, where each apprentice stands, what needs a tutor."""

from __future__ import annotations

import platform
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from rich.console import Console
from rich.table import Table

from grader.escaping import visible
from grader.reports.paper import Paper
from grader.reports.wording import STATUS, count, told_status
from grader.results import ApprenticeReport, Level, Status

LISTED = 20
MANY = 40  # apprentices who are still shown one by one
NARROW = 100  # columns of a terminal, below which a table can't be read
_LONGEST = 64  # characters of an id, which is never cut: two could look the same
_UNBOUNDED = 10_000
_LOOK = (Status.MUST_FAILED, Status.PENDING, Status.BROKEN)


def show_done(
    statuses: Counter[Status], known: int, troubles: Sequence[tuple[str, str]], console: Console
) -> None:
    """What this run did. `troubles` are pairs of a heading and a sentence."""
    paper = Paper(console)
    untouched = statuses[Status.NOT_STARTED]
    graded = sum(statuses.values()) - untouched
    others = [status for status in Status if status is not Status.NOT_STARTED]
    told = ", ".join(f"{statuses[s]} {STATUS[s]}" for s in others if statuses[s])
    paper.gap()
    paper.put((f"{count(graded, 'hand-in')} graded", "bold"), f" ({told})" if told else "")
    paper.put((f"Python {platform.python_version()}", "dim"))
    if untouched:
        what = "holds only the starters as" if untouched == 1 else "hold only the starters as"
        paper.put(f"{count(untouched, 'more hand-in')} {what} given: not graded, and not kept.")
    if known:
        paper.put(f"{count(known, 'hand-in')} known already, nothing to do.")
    for heading in dict.fromkeys(heading for heading, _ in troubles):
        lines = [sentence for one, sentence in troubles if one == heading]
        paper.gap()
        paper.put((f"{heading} ({len(lines)})", "bold yellow"))
        for line in lines:
            paper.put(line, indent=2, label=paper.bullet)


def show_effect(changes: Sequence[tuple[str, str, Status, Status]], console: Console) -> None:
    """What results that wait to be accepted would change: (apprentice, exercise, from, to)."""
    if not changes:
        return
    paper = Paper(console)
    differ = [one for one in changes if one[2] is not one[3]]
    people = len({one[0] for one in differ})
    paper.gap()
    paper.put(
        (f"{count(len(changes), 'hand-in')} graded again", "bold"),
        " because an exercise, the grader or the isolation has changed.",
    )
    if not differ:
        paper.put("No outcome changes. `--accept` lets the new results take effect.")
        return
    paper.put(
        f"That changes {count(len(differ), 'outcome')} of {count(people, 'apprentice')}. "
        "Nothing has taken effect yet: look, then run again with `--accept`."
    )
    for apprentice, exercise, before, after in differ[:LISTED]:
        words = f"{apprentice}, {exercise}: {STATUS[before]} → {STATUS[after]}"
        paper.put(words, indent=2, label=paper.bullet)


def show_table(
    apprentices: Iterable[ApprenticeReport], exercises: Sequence[str], console: Console
) -> None:
    """Where everybody stands: a table where it fits, else a list; of many, who needs a look."""
    paper = Paper(console)
    every = [_line(one, exercises) for one in apprentices]
    shown = every
    paper.gap()
    if len(every) > MANY:
        shown = [one for one in every if one.look][:LISTED]
        _sum_up(every, len(shown), exercises, paper)
    if not shown:
        return
    table = _table(shown, exercises, paper)
    wide = console.options.update_width(_UNBOUNDED)  # as wide as it would like to be
    if console.width >= NARROW and console.measure(table, options=wide).maximum <= console.width:
        console.print(table)
    else:
        for one in shown:
            told = ", ".join(f"{name} {words}" for name, words in one.words.items())
            paper.put((one.name, "bold"), f": {told or 'nothing handed in'}; KSBs {one.ksbs}")


class _Line(NamedTuple):
    """One apprentice: words by exercise, KSBs emerging or better, and whether to look at them."""

    name: str
    words: dict[str, str]
    statuses: dict[str, Status]
    ksbs: str
    look: bool


def _line(one: ApprenticeReport, exercises: Sequence[str]) -> _Line:
    known = {result.id: result for result in one.exercises if result.id in exercises}
    statuses = {name: result.status for name, result in known.items()}
    words = {
        name: told_status(result) + (", slipped" if result.slipped else "")
        for name, result in known.items()
    }
    some = sum(skill.level not in (Level.NO_EVIDENCE, Level.NOT_MET) for skill in one.ksbs)
    look = not known or any(r.slipped or r.status in _LOOK for r in known.values())
    return _Line(one.apprentice, words, statuses, f"{some} of {len(one.ksbs)}", look)


def _table(lines: Sequence[_Line], exercises: Sequence[str], paper: Paper) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    for name in ("Apprentice", *exercises, "KSBs emerging or better"):
        table.add_column(visible(name, _LONGEST), no_wrap=True)
    for one in lines:
        cells = []
        for name in exercises:
            sign, _ = paper.sign(one.statuses.get(name, Status.NOT_STARTED))
            cells.append(f"{sign} {one.words.get(name, 'nothing handed in')}")
        table.add_row(paper.safe(one.name, _LONGEST), *cells, one.ksbs)
    return table


def _sum_up(lines: Sequence[_Line], shown: int, exercises: Sequence[str], paper: Paper) -> None:
    """How many stand where, exercise by exercise; then what is listed below."""
    paper.put((count(len(lines), "apprentice"), "bold"))
    for name in exercises:
        tally = Counter(one.statuses[name] for one in lines if name in one.statuses)
        told = [f"{tally[status]} {STATUS[status]}" for status in Status if tally[status]]
        paper.put((name, "bold"), f": {', '.join(told) or 'nothing handed in'}", indent=2)
    look = sum(one.look for one in lines)
    paper.gap()
    if not look:
        paper.put("Nobody needs a look: nothing waits, slipped, broke or is missing.")
        return
    paper.put((f"{look} need a look", "bold yellow"), " (waits, slipped, must, broke, or nothing):")
    if look > shown:
        paper.put(f"{look - shown} more of them are in the files of --html, --csv and --json.")
