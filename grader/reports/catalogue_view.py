"""The exercises of a course on a console: a list by track, and maps to KSBs and duties."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from grader.catalogue import Course, Exercise, tracks
from grader.reports.paper import Paper
from grader.reports.wording import count, listed
from grader.standard import code_order

# Below this many columns a table of seven would be mostly broken words.
TABLE_WIDTH = 100
_COLUMNS = ("Exercise", "Title", "Client", "Difficulty", "Minutes", "KSBs", "After")


def exercises_table(exercises: Sequence[Exercise], course: Course, console: Console) -> None:
    """Write the exercises by track: id, title, client, difficulty, minutes, KSBs, prerequisites."""
    paper = Paper(console)
    for track in tracks(exercises, course):
        told = count(len(track.exercises), "exercise")
        paper.put((track.title, "bold"), (f" ({told})", "dim"))
        if paper.width >= TABLE_WIDTH:
            console.print(_table(track.exercises, paper))
        else:
            for exercise in track.exercises:
                _entry(exercise, paper)
        paper.gap()
    minutes = sum(one.minutes for one in exercises)
    paper.put(f"{count(len(exercises), 'exercise')}, about {_hours(minutes)} of work in all.")


def ksb_matrix(
    exercises: Sequence[Exercise], console: Console, codes: Sequence[str] | None = None
) -> None:
    """Write which exercise claims which KSB; `codes` shows these alone, else all that occur."""
    _matrix(exercises, console, lambda one: one.ksbs, codes)


def duty_matrix(
    exercises: Sequence[Exercise], console: Console, codes: Sequence[str] | None = None
) -> None:
    """Write which exercise practises which duty by our map, which isn't the standard's."""
    _matrix(exercises, console, lambda one: one.duties, codes)


def _table(exercises: Sequence[Exercise], paper: Paper) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, expand=False)
    for name in _COLUMNS:
        right = name in ("Difficulty", "Minutes")
        table.add_column(
            Text(name, style="dim"),
            justify="right" if right else "left",
            no_wrap=name == "Exercise",
            overflow="fold",
        )
    for one in exercises:
        cells = (one.id, one.title, one.client, f"{one.difficulty} of 3", str(one.minutes))
        many = (" ".join(one.ksbs), ", ".join(one.after) or "-")
        table.add_row(*(Text(paper.safe(cell)) for cell in (*cells, *many)))
    return table


def _entry(exercise: Exercise, paper: Paper) -> None:
    paper.put((exercise.id, "bold"), f"  {exercise.title}", indent=2)
    facts = [
        exercise.client,
        f"difficulty {exercise.difficulty} of 3",
        f"{exercise.minutes} minutes",
        " ".join(exercise.ksbs),
    ]
    facts += [f"after {listed(exercise.after)}"] if exercise.after else []
    paper.put((" · ".join(facts), "dim"), indent=4)


def _hours(minutes: int) -> str:
    if minutes < 120:
        return count(minutes, "minute")
    return count(round(minutes / 60), "hour")


def _matrix(
    exercises: Sequence[Exercise],
    console: Console,
    codes_of: Callable[[Exercise], tuple[str, ...]],
    wanted: Sequence[str] | None,
) -> None:
    paper = Paper(console)
    claimed = {code for one in exercises for code in codes_of(one)}
    codes = sorted(claimed & set(wanted) if wanted is not None else claimed, key=code_order)
    shown = [one for one in exercises if set(codes_of(one)) & set(codes)]
    absent = [code for code in wanted or () if code not in claimed]
    for block in _blocks(codes, shown, paper.width):
        _block(block, shown, codes_of, paper)
        paper.gap()
    if absent:
        paper.put(f"No exercise has {listed(absent, 'or')} yet.")
    elif not codes:
        paper.put("No exercise has any of these.")


def _label_width(exercises: Sequence[Exercise], width: int) -> int:
    return min(max((len(one.id) for one in exercises), default=0), width // 2)


def _blocks(codes: Sequence[str], exercises: Sequence[Exercise], width: int) -> list[Sequence[str]]:
    """Split the columns so that each block fits the width."""
    cell = max(map(len, codes), default=0) + 1
    room = max((width - _label_width(exercises, width) - 1) // cell, 1) if cell > 1 else 1
    return [codes[start : start + room] for start in range(0, len(codes), room)]


def _block(
    codes: Sequence[str],
    exercises: Sequence[Exercise],
    codes_of: Callable[[Exercise], tuple[str, ...]],
    paper: Paper,
) -> None:
    label = _label_width(exercises, paper.width)
    yes, no = ("●", "·") if paper.unicode else ("x", ".")
    # All blocks of a matrix have columns of the same width: that of the longest code.
    wide = max(map(len, codes)) + 1
    paper.row(" " * label + "".join(code.rjust(wide) for code in codes), style="bold")
    for one in exercises:
        marks = "".join((yes if code in codes_of(one) else no).rjust(wide) for code in codes)
        paper.row(paper.safe(one.id, label).ljust(label)[:label] + marks)
    totals = (sum(code in codes_of(one) for one in exercises) for code in codes)
    numbers = "".join(str(total).rjust(wide) for total in totals)
    paper.row("in all".ljust(label)[:label] + numbers, style="dim")
