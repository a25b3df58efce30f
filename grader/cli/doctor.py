"""`grade doctor`: what isolation this machine gives, found out by trying to break out."""

from __future__ import annotations

import platform
import sys

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from grader import __version__
from grader.sandbox import Level, LevelProbe, can_confine, probe


def show(isolation: str | None) -> int:
    """Probe and print; 0 when the level asked for, or full, works."""
    wanted = Level.parse(isolation) if isolation else None
    console = Console(highlight=False)
    python = platform.python_version()
    console.print(f"grade {__version__} · Python {python} · {platform.system()}", markup=False)
    found = probe(wanted)
    for level in found:
        _print_level(console, level)
    _print_examiner(console)
    best = max((one.level for one in found if one.works), default=None)
    if best is None:
        console.print("\nNone of these levels works here.", markup=False)
        return 1
    console.print(f"\nIn force when you grade here: {best.label}", markup=False)
    sys.stdout.flush()
    return 0 if best >= (wanted or Level.FULL) else 1


def _print_examiner(console: Console) -> None:
    """Say who holds the hidden tests to their own files."""
    by = "the kernel (Landlock) and by Python" if can_confine() else "Python alone"
    console.print()
    console.print(Text(f"Hidden tests are held to their own files by {by}", style="bold"))
    if not can_confine():
        told = "This kernel has no Landlock: code in C that opens files itself is not held."
        console.print(Padding(Text(told), (0, 0, 0, 2)))


def _print_level(console: Console, found: LevelProbe) -> None:
    mark = "works" if found.works else "does not work here"
    console.print()
    console.print(
        Text(f"{found.level.label}: {mark}", style="bold green" if found.works else "bold")
    )
    if found.reason:
        console.print(Padding(Text(found.reason), (0, 0, 0, 2)))
    if not found.works and found.cure:
        console.print(Padding(Text(f"What helps: {found.cure}"), (0, 0, 0, 2)))
    for layer in found.layers:
        state = "holds" if layer.in_force else "does NOT hold"
        line = f"{layer.number}  {layer.name}: {state}" + (
            f" ({layer.detail})" if layer.detail else ""
        )
        console.print(Padding(Text(line), (0, 0, 0, 2)))
