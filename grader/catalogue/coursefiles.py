"""Which files of an exercise's folder are the course's own, whatever else lies there.

A learner works in that folder: their program may leave a log in it, they may keep notes there.
So given files and examples are those that `starters.json` lists. An exercise that it doesn't list
(one that is being written) has every file that is neither the work nor the ticket.
"""

from __future__ import annotations

from pathlib import Path

import msgspec

from grader.catalogue.digests import digest_of
from grader.catalogue.exercise import EXAMPLES, OWN, Exercise, regular_files
from grader.catalogue.starters import read_given, text_digest, unlisted


class Given(msgspec.Struct, frozen=True):
    """Given files and examples that are there; those missing or changed, if that is known."""

    names: tuple[str, ...]
    missing: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()


def find_given(exercise: Exercise) -> Given:
    """Return the given files and examples of a folder and how they compare with the course's."""
    listed = read_given(exercise.folder.parent).get(exercise.id)
    if listed is None:
        return Given(unlisted(exercise))
    there = tuple(name for name in sorted(listed) if _is_there(exercise.folder, name))
    return Given(
        there,
        missing=tuple(name for name in sorted(listed) if name not in there),
        changed=tuple(
            name
            for name in there
            if text_digest((exercise.folder / name).read_bytes()) != listed[name]
        ),
    )


def given_files(exercise: Exercise) -> tuple[str, ...]:
    """Return the given data and modules: relative names with "/", sorted; no examples."""
    return tuple(name for name in find_given(exercise).names if not name.startswith(EXAMPLES))


def exercise_digest(exercise: Exercise, solution: Path | None) -> str:
    """Return "sha256:…" over the course's files of the exercise and its folder of solutions.

    The work isn't in it, for a learner edits that in place; nor is anything that the course
    didn't give, or that is hidden, a link or compiled Python.
    """
    own = [name for name in sorted(OWN) if _is_there(exercise.folder, name)]
    files = {
        f"exercise/{name}": (exercise.folder / name).read_bytes()
        for name in (*own, *find_given(exercise).names)
    }
    if solution is not None:
        for name in regular_files(solution):
            files[f"solution/{name}"] = (solution / name).read_bytes()
    return digest_of(files)


def _is_there(folder: Path, name: str) -> bool:
    path = folder / name
    return path.is_file() and not path.is_symlink()
