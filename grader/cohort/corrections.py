"""`corrections.toml`: where a tutor says whose something is, what it is for, or that it isn't work.

Each correction is one line, so that the line that `grade cohort --preview` shows can be added:

    format = 1
    people."Ben Hill" = "heron-4821"
    exercises."Ben Hill/stuff" = "price-a-journey"
    exercises."Ben Hill/fares (1).py" = "price-a-journey/fares.py"
    ignore."notes.txt" = true
    layers."round-1" = true
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from grader.cohort.contents import Course
from grader.cohort.identity import is_plain
from grader.cohort.identity_file import clean
from grader.errors import UsageError
from grader.escaping import visible
from grader.tables import did_you_mean, load_toml, read_table, split_format

FILE = "corrections.toml"
FORMAT = 1


class _Table(msgspec.Struct, frozen=True, kw_only=True):
    people: dict[str, str] = {}
    exercises: dict[str, str] = {}
    ignore: dict[str, bool] = {}
    layers: dict[str, bool] = {}


@dataclass(frozen=True)
class Corrections:
    """What the tutor says. Keys are labels, or paths from the folder of submissions on.

    `exercises` gives exercise and file ("" where the thing is all of the work).
    """

    people: Mapping[str, str] = field(default_factory=dict)
    exercises: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    ignore: Collection[str] = ()
    layers: Collection[str] = ()

    def person(self, label: str) -> str:
        """The id of whoever a label is, or ""."""
        return self.people.get(key_of(label), "")

    def exercise(self, path: str) -> tuple[str, str] | None:
        """Exercise and file for which something is, if that is said."""
        return self.exercises.get(key_of(path))

    def ignores(self, path: str) -> bool:
        """Whether something is to be passed over."""
        return key_of(path) in self.ignore

    def is_layer(self, path: str) -> bool:
        """Whether a folder holds people's folders."""
        return key_of(path) in self.layers

    def unused(self, paths: Collection[str]) -> list[str]:
        """Keys that stand for nothing among these labels and paths."""
        there = {key_of(path) for path in paths}
        keys = (*self.people, *self.exercises, *self.ignore, *self.layers)
        return sorted({key for key in keys if key not in there})


def key_of(path: str) -> str:
    """A label or path in the form in which they are compared."""
    return clean(path).strip("/")


def read_corrections(path: Path, course: Course) -> Corrections:
    """Read the file; UsageError with all its problems at once."""
    table, problems = load_toml(path)
    if not problems:
        table, problems, readable = _with_format(table)
        if readable:
            values, found = read_table(table, _Table)
            problems += found or _faults(values, course)
    if problems:
        shown = "\n".join(problems[:20])
        raise UsageError(f"`{path}` can't be used:\n{shown}")
    return Corrections(
        people={key_of(key): one for key, one in values.get("people", {}).items()},
        exercises={
            key_of(key): (one.partition("/")[0], one.partition("/")[2])
            for key, one in values.get("exercises", {}).items()
        },
        ignore=frozenset(key_of(key) for key, yes in values.get("ignore", {}).items() if yes),
        layers=frozenset(key_of(key) for key, yes in values.get("layers", {}).items() if yes),
    )


def line(table: str, key: str, value: str | bool) -> str:
    """One line of the file, as a tutor can add it; "" for a name that TOML can't hold."""
    if any("\ud800" <= one <= "\udfff" for one in key):
        return ""
    said = "true" if value is True else _quoted(str(value))
    return f"{table}.{_quoted(key)} = {said}"


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    pieces = (one if one.isprintable() else f"\\U{ord(one):08x}" for one in escaped)
    return f'"{"".join(pieces)}"'


def _with_format(table: dict[str, object]) -> tuple[dict[str, object], list[str], bool]:
    """The table without its format, which is the only one there is when none is named."""
    return split_format({"format": FORMAT, **table}, FORMAT)


def _faults(values: Mapping[str, Mapping[str, str]], course: Course) -> list[str]:
    faults = []
    for key, one in values.get("people", {}).items():
        if not is_plain(one):
            shown = visible(one, 60)
            faults.append(f'people."{visible(key, 60)}": `{shown}` is no id of an apprentice')
    for key, one in values.get("exercises", {}).items():
        exercise, _, name = one.partition("/")
        place = f'exercises."{visible(key, 60)}": '
        if exercise not in course:
            near = did_you_mean(exercise, course)
            faults.append(f"{place}there is no exercise `{visible(exercise, 60)}`{near}")
        elif name and name not in course[exercise]:
            near = did_you_mean(name, course[exercise])
            faults.append(f"{place}{exercise} has no work file `{visible(name, 60)}`{near}")
    return faults
