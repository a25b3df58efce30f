"""A cohort on a console: what was done, where each apprentice stands, what needs a tutor."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from rich.console import Console
from rich.table import Table

from grader.escaping import visible
from grader.reports.paper import Paper
from grader.reports.wording import STATUS, count
from grader.results import ApprenticeReport, Level, Status

LISTED = 20
WIDE = 12  # exercises that fit beside each other


def show_done(
    statuses: Counter[Status], known: int, troubles: Sequence[tuple[str, str]], console: Console
) -> None:
    """What this run did. `troubles` are pairs of a heading and a sentence."""
    paper = Paper(console)
    graded = sum(statuses.values()) - statuses[Status.NOT_STARTED]
    told = ", ".join(f"{statuses[s]} {STATUS[s]}" for s in Status if statuses[s])
    paper.gap()
    paper.put((f"{count(graded, 'hand-in')} graded", "bold"), f" ({told})" if told else "")
    if known:
        paper.put(f"{count(known, 'hand-in')} known already, nothing to do.")
    for heading in dict.fromkeys(heading for heading, _ in troubles):
        lines = [sentence for one, sentence in troubles if one == heading]
        paper.gap()
        paper.put((f"{heading} ({len(lines)})", "bold yellow"))
        for line in lines[:LISTED]:
            paper.put(line, indent=2, label=paper.bullet)
        if len(lines) > LISTED:
            paper.put(f"and {len(lines) - LISTED} more", indent=2)


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
    """Where everybody stands, a line each."""
    paper = Paper(console)
    shown = exercises[:WIDE]
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("Apprentice", no_wrap=True)
    for name in shown:
        table.add_column(visible(name, 40), overflow="fold")
    table.add_column("KSBs emerging or better")
    for one in apprentices:
        by_id = {result.id: result for result in one.exercises}
        cells = []
        for name in shown:
            result = by_id.get(name)
            sign, _ = paper.sign(result.status if result else Status.NOT_STARTED)
            words = STATUS[result.status] if result else "nothing handed in"
            cells.append(f"{sign} {words}{', slipped' if result and result.slipped else ''}")
        some = sum(skill.level not in (Level.NO_EVIDENCE, Level.NOT_MET) for skill in one.ksbs)
        table.add_row(paper.safe(one.apprentice, 40), *cells, f"{some} of {len(one.ksbs)}")
    paper.gap()
    console.print(table)
    if len(exercises) > WIDE:
        paper.put(f"The other {len(exercises) - WIDE} exercises are in the CSV and JSON files.")
