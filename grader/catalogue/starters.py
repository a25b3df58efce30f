"""Digests of the starters, so that work nobody has begun is told from work that fails.

White space at the ends of lines and the kind of line ending don't count: an editor on Windows
changes them when it saves a file that nobody has touched.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path

import msgspec

from grader.catalogue.digests import digest_of
from grader.catalogue.exercise import Exercise, absolute, in_file, regular_files
from grader.errors import ExerciseError
from grader.escaping import visible

FILE = "starters.json"
FORMAT = 1

Starters = Mapping[str, Mapping[str, str]]


class _Document(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    format: int
    starters: dict[str, dict[str, str]]


def make_starters(exercises: Iterable[Exercise]) -> bytes:
    """Return the text of `starters.json`: sorted, so that it changes only with a starter.

    Raises ExerciseError when a starter can't be read.
    """
    made = {exercise.id: _digests_of_work(exercise) for exercise in exercises}
    encoded = msgspec.json.encode(_Document(FORMAT, made), order="deterministic")
    return msgspec.json.format(encoded, indent=2) + b"\n"


def read_starters(folder: Path) -> Starters:
    """Return file digests by exercise and file from `folder/starters.json`; empty without one.

    Raises ExerciseError when the file can't be used.
    """
    path = absolute(folder) / FILE
    if not path.is_file():
        return {}
    try:
        document = msgspec.json.decode(path.read_bytes(), type=_Document)
    except OSError as error:
        problem = f"can't be read: {error.strerror}"
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        problem = f"isn't a list of starters: {visible(str(error))}; make it again"
    else:
        if document.format == FORMAT:
            return document.starters
        problem = f"`format` is {document.format} but this grader reads {FORMAT}: make it again"
    raise ExerciseError("The digests of the starters can't be used:", in_file(path, [problem]))


def is_untouched(exercise: Exercise, files: Mapping[str, bytes], starters: Starters) -> bool | None:
    """Tell whether the work handed in is still the starter; None when that isn't known.

    Work files that are missing don't count as begun.
    """
    known = starters.get(exercise.id, {})
    handed_in = {name: files[name] for name in exercise.work if name in files}
    if any(name in known and known[name] != _digest(text) for name, text in handed_in.items()):
        return False
    return True if known and all(name in known for name in handed_in) else None


def exercise_digest(exercise: Exercise, solution: Path | None) -> str:
    """Return "sha256:…" over the exercise's folder and `solution`, its folder of solutions.

    The work files of the exercise's folder are left out, for a learner edits them in place; so
    are hidden files, links and compiled Python.
    """
    files = {
        f"exercise/{name}": (exercise.folder / name).read_bytes()
        for name in regular_files(exercise.folder)
        if name not in exercise.work
    }
    if solution is not None:
        for name in regular_files(solution):
            files[f"solution/{name}"] = (solution / name).read_bytes()
    return digest_of(files)


def _digests_of_work(exercise: Exercise) -> dict[str, str]:
    try:
        return {name: _digest((exercise.folder / name).read_bytes()) for name in exercise.work}
    except OSError as error:
        name = visible(Path(str(error.filename)).name)
        raise ExerciseError(
            f"The starter `{name}` of `{exercise.id}` can't be read: {error.strerror}."
        ) from error


def _digest(text: bytes) -> str:
    lines = text.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    kept = b"\n".join(line.rstrip() for line in lines.split(b"\n")).rstrip(b"\n")
    return "sha256:" + hashlib.sha256(kept).hexdigest()
