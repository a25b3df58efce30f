"""`solutions/<id>/faulty.toml`: faulty variants as edits of the reference.

format = 1

[rounds_half_down]
what = "Rounds half a penny down."
why = "Whole division looks like rounding."
clauses = ["2.2"]

[[rounds_half_down.edits]]
file = "fares.py"
find = "(pence + 1) // 2"
put = "pence // 2"

`file` may be left out where the work has one Python file that is no test. Each text to find must be
in the file exactly once. A variant without edits is a program of its own, in `faulty/`.
"""

from __future__ import annotations

import difflib
import itertools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, NamedTuple

import msgspec

from grader.escaping import visible
from grader.tables import build, describe_found, load_toml, split_format

FORMAT = 1

_Filled = Annotated[str, msgspec.Meta(min_length=1, description="text that is not empty")]
_SHOWN = 60


class Edit(msgspec.Struct, frozen=True, kw_only=True):
    """Text of a file of the reference, and what comes in its place."""

    find: _Filled
    put: str
    file: str = ""


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """What `faulty.toml` says of one variant."""

    what: _Filled
    why: _Filled
    clauses: tuple[str, ...] = ()
    edits: tuple[Edit, ...] = ()


class VariantProblem(NamedTuple):
    """Something to mend. `path` is relative to the solution; `line` 0 means the whole file."""

    path: str
    line: int
    text: str


@dataclass(frozen=True)
class FaultyFile:
    """What was read, and what is wrong with it."""

    entries: Mapping[str, Entry] = field(default_factory=dict)
    problems: tuple[VariantProblem, ...] = ()
    lines: Mapping[str, tuple[int, ...]] = field(default_factory=dict)

    def line_of(self, name: str, edit: int | None = None) -> int:
        """The line where a variant begins, or one of its edits, counted from 0."""
        place = 0 if edit is None else edit + 1
        lines = self.lines.get(name, ())
        return lines[place] if place < len(lines) else (*lines, 0)[0]


def read_faulty_file(path: Path) -> FaultyFile:
    """Read the file; there are no entries where there is none."""
    if not path.exists():
        return FaultyFile()
    document, problems = load_toml(path)
    table, faults, readable = split_format(document, FORMAT) if not problems else ({}, [], False)
    found = [VariantProblem(path.name, 0, text) for text in (*problems, *faults)]
    if not readable:
        return FaultyFile(problems=tuple(found))
    lines = _lines(path.read_text("utf-8-sig"))
    entries = {}
    for name, value in table.items():
        line = lines.get(name, (0,))[0]
        if not isinstance(value, dict):
            text = f"`{visible(name, _SHOWN)}`: expected a table, the name of a variant, found "
            found.append(VariantProblem(path.name, line, text + describe_found(value)))
            continue
        entry, wrong = build(value, Entry, f"[{visible(name, _SHOWN)}] ")
        found += [VariantProblem(path.name, line, text) for text in wrong]
        if entry is not None:
            entries[name] = entry
    return FaultyFile(entries, tuple(found), lines)


def _lines(text: str) -> dict[str, tuple[int, ...]]:
    """Where each variant's table begins, and then each of its edits."""
    found: dict[str, list[int]] = {}
    for number, line in enumerate(text.split("\n"), start=1):
        head = re.match(r"""\[\[?\s*["']?([^\]."'\s]+)["']?\s*(?:\.\s*edits\s*\])?\]""", line)
        if head:
            found.setdefault(head[1], []).append(number)
    return {name: tuple(numbers) for name, numbers in found.items()}


# -- edits of one file


def apply_edits(
    content: bytes, file: str, edits: Sequence[Edit]
) -> tuple[bytes, list[tuple[int, str]]]:
    """Return a file with all edits made, and what is wrong with them: which one, and the words.

    All texts are looked for in the file as it is. In a file whose lines all end as in Windows, a
    line break of an edit is one of these.
    """
    wrong: list[tuple[int, str]] = []
    made: list[tuple[int, int, bytes, int]] = []
    for number, edit in enumerate(edits):
        find, put = (_as_in(content, text) for text in (edit.find, edit.put))
        if content.count(find) == 0 and find.endswith(b"\n") and content.endswith(find[:-1]):
            find, put = find[:-1], put.removesuffix(b"\n")  # the last line ends without a break
        fault = _why_not(content, file, find, edit)
        if fault:
            wrong.append((number, fault))
        else:
            start = content.index(find)
            made.append((start, start + len(find), put, number))
    made.sort()
    for (_, end, _, first), (start, _, _, second) in itertools.pairwise(made):
        if start < end:
            wrong.append((max(first, second), "overlaps with another one; make one of the two"))
    for start, end, put, _ in reversed(made):
        content = content[:start] + put + content[end:]
    return content, wrong


def _as_in(content: bytes, text: str) -> bytes:
    breaks = content.count(b"\n")
    windows = breaks > 0 and breaks == content.count(b"\r\n")
    return (text.replace("\n", "\r\n") if windows else text).encode()


def _why_not(content: bytes, file: str, find: bytes, edit: Edit) -> str:
    """Why an edit can't be made; "" when it can."""
    if b"\0" in content:
        text = f"{file} isn't text, and an edit changes text; put the whole file as it should be"
        return f"{text} into a folder of `faulty/` that is named for the variant"
    shown = f"`{visible(edit.find.strip().partition(chr(10))[0], _SHOWN)}`"
    if edit.find == edit.put:
        return f"puts {shown} in the place of itself; say what is to be different"
    places = _places(content, find)
    if len(places) == 1:
        return ""
    if not places:
        text = f"the text that begins with {shown} is not in {file} of the reference"
        return f"{text}{_nearest(content, edit.find)}; copy it from there as it is now"
    lines = ", ".join(map(str, places[:5]))
    text = f"the text that begins with {shown} is {len(places)} times in {file} of the reference"
    return f"{text}, in lines {lines}; take in more of what is around the one that is meant"


def _places(content: bytes, find: bytes) -> list[int]:
    """The lines in which a text begins, each time that it is there; it may overlap itself."""
    places, start = [], content.find(find)
    while start >= 0:
        places.append(content.count(b"\n", 0, start) + 1)
        start = content.find(find, start + 1)
    return places


def _nearest(content: bytes, find: str) -> str:
    """Where something like it stands: the line that comes closest to the first of the text."""
    lines = [line.strip() for line in content.decode("utf-8", "replace").splitlines()]
    wanted = [line.strip() for line in find.splitlines() if line.strip()]
    differing = [line for line in wanted if line not in lines] or wanted
    close = difflib.get_close_matches(differing[0], lines, n=1, cutoff=0.5) if differing else []
    if not close:
        return ""
    return f" (its line {lines.index(close[0]) + 1} is now `{visible(close[0], _SHOWN)}`)"
