"""`grade doctor`: what this machine gives; its isolation is found out by trying to break out."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import msgspec
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from grader import __version__
from grader.sandbox import Level, LevelProbe, can_confine, probe
from grader.workspace.machine import Fact, State, facts

_SIGNS: dict[State, tuple[str, str]] = {
    "good": ("✓", "green"),
    "note": ("·", ""),
    "bad": ("✗", "bold red"),
}


class DoctorReport(msgspec.Struct, frozen=True, kw_only=True):
    """What `grade doctor --json` writes. `in_force` is the best level that works, or ""."""

    format: int = 1
    grader: str
    in_force: str
    facts: list[Fact]
    levels: list[LevelFact]


class LevelFact(msgspec.Struct, frozen=True):
    """One level of isolation: whether it works, else why not and what helps."""

    level: str
    works: bool
    reason: str
    cure: str
    layers: list[LayerFact]


class LayerFact(msgspec.Struct, frozen=True):
    """One layer of a level, and what was or wasn't stopped."""

    number: int
    name: str
    holds: bool
    detail: str


def show(isolation: str | None, json: str | None, *, layers: bool) -> int:
    """Look, probe and print; 0 when the level asked for, or full, works.

    `json` names a file, or "-" for standard output in place of the screen.
    """
    wanted = Level.parse(isolation) if isolation else None
    found = probe(wanted)
    best = max((one.level for one in found if one.works), default=None)
    report = DoctorReport(
        grader=__version__,
        in_force=best.label if best is not None else "",
        facts=[*facts(Path.cwd()), _confinement()],
        levels=[_told(one) for one in found],
    )
    if json == "-":
        sys.stdout.write(_encoded(report))
    else:
        _print(report, layers=layers or wanted is not None)
        if json:
            Path(json).write_text(_encoded(report), "utf-8")
    sys.stdout.flush()
    return 0 if best is not None and best >= (wanted or Level.FULL) else 1


def _encoded(report: DoctorReport) -> str:
    return msgspec.json.format(msgspec.json.encode(report), indent=2).decode() + "\n"


def _told(found: LevelProbe) -> LevelFact:
    layers = [LayerFact(one.number, one.name, one.in_force, one.detail) for one in found.layers]
    works = found.works
    cure = "" if works else found.cure
    return LevelFact(found.level.label, works, found.reason or "", cure or "", layers)


def _confinement() -> Fact:
    """Who holds the hidden tests to their own files."""
    if can_confine():
        return Fact("hidden tests", "good", "held to their own files by the kernel and by Python")
    cure = "This kernel has no Landlock: code in C that opens files itself is not held."
    return Fact("hidden tests", "note", "held to their own files by Python alone", cure)


def _print(report: DoctorReport, *, layers: bool) -> None:
    console = Console(highlight=False)
    console.print(Text(f"grade {report.grader}"))
    table = Table.grid(padding=(0, 2))
    for one in (_isolation(report), *report.facts):
        sign, style = _SIGNS[one.state]
        table.add_row(Text(sign, style=style), Text(one.name), _words(one))
    console.print(table)
    if layers:
        for level in report.levels:
            _print_level(console, level)
    else:
        console.print(Text("`grade doctor -v` shows each layer; `--json FILE` is for a help desk."))


def _words(one: Fact) -> Text:
    text = Text(one.found)
    if one.cure:
        text.append(f"\n{one.cure}", style="dim")
    return text


def _isolation(report: DoctorReport) -> Fact:
    """The level in force, and what is in the way of the best one."""
    best = _best_missing(report.levels)
    if not report.in_force:
        cure = best.cure if best else ""
        why = best.reason if best else "none of the levels works here"
        return Fact("isolation", "bad", f"none: {why}", cure)
    if best is None or report.in_force == Level.FULL.label:
        return Fact("isolation", "good", f"{report.in_force} is in force when you grade here")
    found = f"{report.in_force} is in force, {best.level} is not to be had. {best.reason}"
    return Fact("isolation", "bad", found, f"What helps: {best.cure}" if best.cure else "")


def _best_missing(levels: Sequence[LevelFact]) -> LevelFact | None:
    """The first of the levels, which come best first, that does not work."""
    return next((one for one in levels if not one.works), None)


def _print_level(console: Console, found: LevelFact) -> None:
    mark = "works" if found.works else "does not work here"
    console.print()
    console.print(Text(f"{found.level}: {mark}", style="bold green" if found.works else "bold"))
    lines = [found.reason, f"What helps: {found.cure}" if found.cure else ""]
    for layer in found.layers:
        state = "holds" if layer.holds else "does NOT hold"
        detail = f" ({layer.detail})" if layer.detail else ""
        lines.append(f"{layer.number}  {layer.name}: {state}{detail}")
    for line in filter(None, lines):
        console.print(Padding(Text(line), (0, 0, 0, 2)))
