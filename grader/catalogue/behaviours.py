"""`behaviours.toml` beside a suite: what each behaviour is worth, said once for all its tests.

format = 1

[no-row-lost]
points = 2
ksbs = ["S4", "K19"]
facets = { S4 = "csv" }
musts = ["no-row-lost"]
clause = "3.1"

A test then carries `@pytest.mark.behaviour("no-row-lost")` alone. What differs for a single test
still stands on it: its `ksb` and `clause` take the place of the table's, its `must` is added.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated

import msgspec

from grader.escaping import visible
from grader.tables import build, describe_found, load_toml, split_format

BEHAVIOURS = "behaviours.toml"
FORMAT = 1

_Points = Annotated[int, msgspec.Meta(ge=1, description="a whole number, 1 or more")]


class Behaviour(msgspec.Struct, frozen=True, kw_only=True):
    """What all tests of one behaviour share; `facets` by code, `clause` that of most of them."""

    points: _Points = 1
    ksbs: tuple[str, ...] = ()
    facets: Mapping[str, str] = {}
    musts: tuple[str, ...] = ()
    clause: str = ""

    def __post_init__(self) -> None:
        """A facet is one of a code that the behaviour evidences."""
        for code in self.facets:
            if code not in self.ksbs:
                raise ValueError(f"`facets`: `{code}` is not among `ksbs`; add it there")


@dataclass(frozen=True)
class Behaviours:
    """The table of one suite, what is wrong with it, and the line of each behaviour.

    `there` is false when the suite has none: then its tests say all by themselves.
    """

    there: bool = False
    table: Mapping[str, Behaviour] = field(default_factory=dict)
    problems: tuple[tuple[int, str], ...] = ()
    lines: Mapping[str, int] = field(default_factory=dict)


def read_behaviours(suite: Path) -> Behaviours:
    """Read the table of the suite in a folder; nothing is raised."""
    path = suite / BEHAVIOURS
    if not path.is_file():
        return Behaviours()
    document, problems = load_toml(path)
    if problems:
        return Behaviours(True, problems=tuple((0, text) for text in problems))
    rows, faults, _ = split_format(document, FORMAT)
    found = [(0, text) for text in faults]
    lines = _lines(path.read_text("utf-8-sig"))
    table = {}
    for name, value in rows.items():
        line = lines.get(name, 0)
        if not isinstance(value, dict):
            text = f"`{visible(name, 60)}`: expected a table, found {describe_found(value)}"
            found.append((line, text))
            continue
        row, wrong = build(value, Behaviour, f"[{visible(name, 60)}] ")
        found += [(line, text) for text in wrong]
        if row is not None:
            table[name] = row
    return Behaviours(True, table, tuple(sorted(found)), lines)


def _lines(text: str) -> dict[str, int]:
    found: dict[str, int] = {}
    for number, line in enumerate(text.split("\n"), start=1):
        head = re.match(r"""\[\s*["']?([^\]"']+?)["']?\s*\]""", line)
        if head:
            found.setdefault(head[1], number)
    return found
