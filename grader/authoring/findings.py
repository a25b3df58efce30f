"""What a rule says of an exercise: problems to mend, notes to look at, figures."""

from __future__ import annotations

import msgspec


class Problem(msgspec.Struct, frozen=True):
    """Something to mend: `text` says what was found and what to do.

    `path` is relative to the folder that holds `exercises/` and `solutions/`; `line` is 0 where
    the whole file is meant.
    """

    path: str
    line: int
    text: str


class Note(msgspec.Struct, frozen=True):
    """Something for the author to look at; it decides nothing."""

    path: str
    line: int
    text: str


class Figure(msgspec.Struct, frozen=True):
    """A number worth knowing, such as how many mutants there were."""

    name: str
    value: int


Finding = Problem | Note | Figure


def place(finding: Problem | Note) -> str:
    """`file:line`, or the file alone."""
    return f"{finding.path}:{finding.line}" if finding.line else finding.path
