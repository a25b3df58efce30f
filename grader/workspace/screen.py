"""What a watch shows: the newest report alone on a terminal, or one below the other in a log."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from rich.console import Console

from grader.catalogue import Exercise
from grader.reports.paper import Paper
from grader.reports.terminal import render
from grader.reports.wording import seconds_words
from grader.results import GradeReport

KEYS = "h hint · n next exercise · r run again · q quit"


class Screen:
    """Shows the newest report: on a terminal alone on the screen, else one below the other."""

    def __init__(self, console: Console, *, live: bool) -> None:
        self._console, self._live = console, live
        self._draw_body: Callable[[Console], None] = lambda _: None
        self._below: tuple[str, ...] = ()
        self._foot = ""

    def busy(self, exercise: Exercise) -> None:
        """Say that a check has begun."""
        if self._live:
            self._console.file.write("\r\x1b[2K")
            self._console.print(f"Checking {exercise.id} …", end="", style="dim", markup=False)
            self._console.file.flush()

    def show(self, report: GradeReport, exercise: Exercise, seconds: float) -> None:
        """Show a report in place of the one before."""
        self._draw_body = lambda console: render(report, console, exercises=(exercise,))
        self._new(f"{datetime.now():%H:%M:%S} · {exercise.id} · took {seconds_words(seconds)}")

    def show_trouble(self, exercise: Exercise, text: str) -> None:
        """Show why the work could not be checked."""
        self._draw_body = lambda console: _lines(console, text.split("\n"))
        self._new(f"{datetime.now():%H:%M:%S} · {exercise.id} · could not be checked")

    def add(self, lines: Sequence[str]) -> None:
        """Show something below the report until the next one."""
        self._below = tuple(lines)
        self.draw()

    def draw(self) -> None:
        """Draw everything for the window as it is now; what doesn't fit is left out and said."""
        if not self._live:
            return
        body = _captured(self._console, self._draw_body)
        below = _captured(self._console, self._draw_foot)
        room = max(self._console.height - len(below) - 1, 1)
        if len(body) > room:
            hidden = len(body) - room + 1
            body = body[: room - 1]
            body.append(f"… {hidden} more lines: make this window taller to see them")
        self._console.file.write("\x1b[H\x1b[2J\x1b[3J" + "\n".join([*body, *below]))
        self._console.file.flush()

    def end(self) -> None:
        """Leave the cursor on a line of its own."""
        if self._live:
            self._console.file.write("\n")
            self._console.file.flush()

    def _new(self, foot: str) -> None:
        self._below, self._foot = (), foot
        if self._live:
            self.draw()
            return
        Paper(self._console).put((f"== {foot}", "bold"))
        self._draw_body(self._console)
        self._console.file.flush()

    def _draw_foot(self, console: Console) -> None:
        paper = Paper(console)
        if self._below:
            paper.gap()
        for line in self._below:
            paper.put((line, "cyan"))
        paper.gap()
        paper.put((f"{self._foot} · checks again when you save", "dim"))
        paper.put((KEYS, "bold"))


def _captured(console: Console, draw: Callable[[Console], None]) -> list[str]:
    with console.capture() as captured:
        draw(console)
    return captured.get().rstrip("\n").split("\n")


def _lines(console: Console, lines: Sequence[str]) -> None:
    paper = Paper(console)
    for line in lines:
        paper.put(line)
