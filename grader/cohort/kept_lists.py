"""The lists of intakes beside a gradebook, so that a report can show them without the submissions.

One file, readable by its owner alone: the latest list of each folder of submissions, with
pseudonyms in place of the labels of all who have one.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path

import msgspec

from grader.cohort.identity import write_private
from grader.errors import UsageError
from grader.results import IntakeEntry, encoded, written_out

MOST = 20  # folders of submissions whose lists are kept


class _List(msgspec.Struct, frozen=True, kw_only=True):
    submissions: str
    entries: tuple[IntakeEntry, ...]


class _Kept(msgspec.Struct, frozen=True, kw_only=True):
    format: int = 1
    lists: tuple[_List, ...] = ()


def place_of(gradebook: Path) -> Path:
    """The file that belongs to a gradebook."""
    return gradebook.with_name(gradebook.stem + ".intake.json")


def keep(gradebook: Path, submissions: Path, entries: Sequence[IntakeEntry]) -> None:
    """Keep the list of one intake in place of the one before on the same folder."""
    name = written_out(str(submissions.resolve()))
    others = [one for one in _read(gradebook) if one.submissions != name]
    _write(gradebook, [*others, _List(submissions=name, entries=tuple(entries))][-MOST:])


def kept(gradebook: Path) -> tuple[IntakeEntry, ...]:
    """All lists that are kept, the latest last; nothing when there are none."""
    return tuple(entry for one in _read(gradebook) for entry in one.entries)


def forget(gradebook: Path, people: Collection[str]) -> None:
    """Take out all that is listed of these people."""
    lists = _read(gradebook)
    left = [
        msgspec.structs.replace(
            one, entries=tuple(e for e in one.entries if e.apprentice not in people)
        )
        for one in lists
    ]
    if left != lists:
        _write(gradebook, left)


def _read(gradebook: Path) -> list[_List]:
    try:
        found = msgspec.json.decode(place_of(gradebook).read_bytes(), type=_Kept)
    except (OSError, msgspec.DecodeError, RecursionError):
        return []  # it is made again by the next run
    return list(found.lists)


def _write(gradebook: Path, lists: Sequence[_List]) -> None:
    path = place_of(gradebook)
    text = msgspec.json.format(encoded(_Kept(lists=tuple(lists))), indent=1)
    try:
        write_private(path, text.decode() + "\n")
    except OSError as error:
        raise UsageError(f"`{path}` can't be written: {error.strerror}.") from None
