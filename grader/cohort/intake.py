"""What lies in a folder of submissions: whose it is, for which exercise, and what can't be matched.

Theory of operation. Names of folders and archives are hostile text: they are compared and shown
made visible, and never opened by what they say. Nothing is dropped: what belongs to nobody or to
no exercise is listed with the nearest guess.
"""

from __future__ import annotations

import difflib
import os
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from grader.cohort.identity import Identity
from grader.errors import UsageError
from grader.escaping import visible

MOST_ENTRIES = 20_000
_INSIDE = ("exercises", "work")  # folders that people hand in around their exercises


@dataclass(frozen=True)
class Found:
    """One exercise of one apprentice, where it lies."""

    apprentice: str
    exercise: str
    place: Path


@dataclass(frozen=True)
class Unmatched:
    """Something that belongs to nobody or to no exercise; `sentence` says what to do."""

    name: str
    sentence: str


@dataclass(frozen=True)
class Intake:
    """Everything that was found; `identity` has a line for each new label."""

    found: tuple[Found, ...]
    unmatched: tuple[Unmatched, ...]
    identity: Identity


def take_in(
    root: Path, exercises: Collection[str], identity: Identity, *, closed: bool = False
) -> Intake:
    """Look through a folder of submissions. UsageError when it can't be read at all.

    Whoever is not in `identity` gets a line there, unless it is `closed`: then they are listed.
    """
    if not root.is_dir():
        raise UsageError(f"`{root}` isn't a folder; name the folder that holds the submissions.")
    found: list[Found] = []
    unmatched: list[Unmatched] = []
    for entry in _entries(root):
        if entry.name in exercises or not entry.is_dir(follow_symlinks=False):
            unmatched.append(_not_a_person(entry, exercises))
            continue
        inside = list(_exercises_in(Path(entry.path), exercises))
        person = identity.match(entry.name)
        if person is None and closed:
            unmatched.append(_stranger(entry.name, identity))
            continue
        if person is None:
            identity, person = identity.with_label(entry.name)
        found += [Found(person.id, name, place) for name, place in inside]
        unmatched += _rest(entry.name, Path(entry.path), exercises, inside)
    return Intake(tuple(found), tuple(unmatched), identity)


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as listing:
            entries = [entry for _, entry in zip(range(MOST_ENTRIES + 1), listing, strict=False)]
    except OSError as error:
        shown = visible(folder.name)
        raise UsageError(f"`{shown}` can't be read: {error.strerror}.") from None
    if len(entries) > MOST_ENTRIES:
        raise UsageError(f"`{visible(folder.name)}` holds more than {MOST_ENTRIES:,} entries.")
    kept = [entry for entry in entries if not entry.name.startswith(".")]
    return sorted(kept, key=lambda entry: entry.name)


def _exercises_in(folder: Path, exercises: Collection[str]) -> Iterator[tuple[str, Path]]:
    """The exercises of one person: directly inside, or in a folder of them."""
    for home in (folder, *(folder / name for name in _INSIDE)):
        if home.is_symlink() or not home.is_dir():
            continue
        for entry in _entries(home):
            if entry.name in exercises and entry.is_dir(follow_symlinks=False):
                yield entry.name, Path(entry.path)


def _rest(
    label: str, folder: Path, exercises: Collection[str], inside: list[tuple[str, Path]]
) -> Iterator[Unmatched]:
    shown = visible(label, 80)
    if not inside:
        yield Unmatched(shown, f"{shown} holds no exercise; looked for folders named as they are.")
    for entry in _entries(folder):
        if entry.is_dir(follow_symlinks=False) and entry.name not in (*exercises, *_INSIDE):
            near = difflib.get_close_matches(entry.name, exercises, n=1, cutoff=0.6)
            guess = f"; is it {near[0]}? Then rename it" if near else ""
            name = visible(f"{label}/{entry.name}", 120)
            yield Unmatched(name, f"{name} is no exercise of this course{guess}.")


def _not_a_person(entry: os.DirEntry[str], exercises: Collection[str]) -> Unmatched:
    name = visible(entry.name, 120)
    if entry.name in exercises:
        said = "is an exercise, and a person's folder was expected; put it into one"
    elif entry.is_symlink():
        said = "is a link, and links aren't followed"
    else:
        said = "is a file, and a person's folder or archive was expected"
    return Unmatched(name, f"{name} {said}.")


def _stranger(label: str, identity: Identity) -> Unmatched:
    shown, near = visible(label, 80), identity.nearest(label)
    guess = f" Nearest is {near}: if that is who it is, write `{shown}` in the column folder."
    return Unmatched(
        shown,
        f"{shown} is nobody in the identity file.{guess if near else ''} Otherwise add a line.",
    )
