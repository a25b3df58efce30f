"""That a course's folder is what its author made, and nobody's work: before it is given away."""

from __future__ import annotations

import fnmatch
import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath

from grader.catalogue import Exercise, read_starters, regular_files, text_digest
from grader.catalogue.exercise import ANSWERS, OWN
from grader.catalogue.starters import read_given

# What editors, tools and a learner's day leave behind; no exercise gives a file of such a name.
LEFT_BEHIND = (
    "*~", "*.bak", "*.backup", "*.orig", "*.old", "*.rej", "*.swp", "*.swo", "*.tmp", "#*#",
    "*-checkpoint.*", "*.pyc", "*.pyo", ".*", "__pycache__", "history", "Untitled*.ipynb",
)  # fmt: skip


def changed_files(exercises: Sequence[Exercise]) -> Iterator[str]:
    """Say what in the exercises isn't as `starters.json` lists it, and what to do about it."""
    home = exercises[0].folder.parent
    starters, given = read_starters(home), read_given(home)
    for exercise in exercises:
        if exercise.id not in starters:
            yield f"{home.name}/starters.json doesn't list {exercise.id}; run `grade starters`"
        else:
            yield from _changed(exercise, starters[exercise.id], given.get(exercise.id, {}))


def _changed(
    exercise: Exercise, starters: Mapping[str, str], given: Mapping[str, str]
) -> Iterator[str]:
    home = f"{exercise.folder.parent.name}/{exercise.id}"
    for name in _left_behind(exercise.folder):
        yield f"{home}/{name} was left behind by somebody's work; delete it, then `grade starters`"
    there = {one for one in regular_files(exercise.folder) if not is_left_behind(one)}
    for name in sorted(there.union(starters, given, exercise.work)):
        place = f"{home}/{name}"
        listed = starters.get(name, given.get(name))
        if name in OWN and listed is None:
            continue
        if is_left_behind(name):
            continue  # said already
        if name == ANSWERS and name not in exercise.work:
            yield f"{place} holds somebody's answers; delete it, then `grade starters`"
        elif listed is None:
            yield f"{place} is no file of the exercise; delete it, or list it by `grade starters`"
        elif name not in there:
            yield f"{place} isn't there; bring it back, or run `grade starters` if it is to go"
        elif text_digest((exercise.folder / name).read_bytes()) != listed:
            what = "the starter" if name in exercise.work else "the file that is given"
            yield (
                f"{place} isn't {what} any more; bring that back (`git checkout`, `grade reset`), "
                "or run `grade starters` if the change is meant"
            )


def _left_behind(folder: Path) -> Iterator[str]:
    """Files and whole folders that nobody gives; links too, which might lead anywhere."""
    for here, folders, files in os.walk(folder):
        names = sorted([*folders, *files])
        found = [n for n in names if is_left_behind(n) or Path(here, n).is_symlink()]
        folders[:] = [one for one in folders if one not in found]
        for name in found:
            yield Path(here, name).relative_to(folder).as_posix()


def is_left_behind(name: str) -> bool:
    """Tell whether a path has a part that tools and people leave behind while they work."""
    parts = PurePosixPath(name).parts
    return any(fnmatch.fnmatchcase(part, one) for part in parts for one in LEFT_BEHIND)


def changed_notebooks(folder: Path, built: Mapping[str, bytes]) -> Iterator[str]:
    """Say which notebooks aren't as `grade notebooks` makes them."""
    for name, content in built.items():
        path = folder / name
        if not path.is_file():
            yield f"{folder.name}/{name} isn't there; run `grade notebooks`"
        elif path.read_bytes() != content:
            yield (
                f"{folder.name}/{name} isn't as it is made: somebody worked in it, or its exercise "
                "was changed; run `grade notebooks --replace`"
            )
