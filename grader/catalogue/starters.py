"""Digests of the starters and of the files given with them, in `exercises/starters.json`.

By the starters, work that nobody has begun is told from work that fails; by the given files, what
the course gave is told from what somebody left in the folder, or changed in it.

White space at the ends of lines and the kind of line ending don't count: an editor on Windows
changes them when it saves a file that nobody has touched.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

import msgspec

from grader.catalogue.exercise import ANSWERS, OWN, Exercise, absolute, in_file, regular_files
from grader.errors import ExerciseError
from grader.escaping import visible

FILE = "starters.json"
FORMAT = 1

_BLANK_LINE = re.compile(rb"\s*(#.*|\[[a-z0-9-]*\]|[a-z]+ *= *(\"\"|\"\"\"\"\"\"))?\s*")

Starters = Mapping[str, Mapping[str, str]]


class _Document(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    format: int
    starters: dict[str, dict[str, str]]
    given: dict[str, dict[str, str]] = {}


def make_starters(exercises: Iterable[Exercise]) -> bytes:
    """Return the text of `starters.json`: sorted, so that it changes only with a starter.

    Raises ExerciseError when a starter can't be read.
    """
    chosen = list(exercises)
    made = {one.id: _digests(one, one.work, "starter") for one in chosen}
    given = {one.id: _digests(one, unlisted(one), "given file") for one in chosen}
    encoded = msgspec.json.encode(_Document(FORMAT, made, given), order="deterministic")
    return msgspec.json.format(encoded, indent=2) + b"\n"


def read_starters(folder: Path) -> Starters:
    """Return file digests by exercise and file from `folder/starters.json`; empty without one.

    Raises ExerciseError when the file can't be used.
    """
    return _read(folder).starters


def read_given(folder: Path) -> Starters:
    """Return the digests of given files and examples in the same way; see `read_starters`."""
    return _read(folder).given


def unlisted(exercise: Exercise) -> tuple[str, ...]:
    """Return all files of the folder that could be given ones or examples, whoever put them."""
    found = regular_files(exercise.folder)
    return tuple(name for name in found if name not in exercise.work and name not in OWN)


def _read(folder: Path) -> _Document:
    path = absolute(folder) / FILE
    if not path.is_file():
        return _Document(FORMAT, {})
    try:
        document = msgspec.json.decode(path.read_bytes(), type=_Document)
    except OSError as error:
        problem = f"can't be read: {error.strerror}"
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        problem = f"isn't a list of starters: {visible(str(error))}; make it again"
    else:
        if document.format == FORMAT:
            return document
        problem = f"`format` is {document.format} but this grader reads {FORMAT}: make it again"
    raise ExerciseError("The digests of the starters can't be used:", in_file(path, [problem]))


def is_untouched(exercise: Exercise, files: Mapping[str, bytes], starters: Starters) -> bool | None:
    """Tell whether the work handed in is still the starter; None when that isn't known.

    Work files that are missing don't count as begun, nor does a form for answers without one.
    """
    known = starters.get(exercise.id, {})
    handed_in = {name: files[name] for name in exercise.work if name in files}
    if _is_blank_form(handed_in.get(ANSWERS, b"")):
        handed_in.pop(ANSWERS, None)
    if any(name in known and known[name] != text_digest(text) for name, text in handed_in.items()):
        return False
    return True if known and all(name in known for name in handed_in) else None


def _is_blank_form(data: bytes) -> bool:
    """Tell whether a form holds nothing but comments, names of questions and empty answers."""
    return all(_BLANK_LINE.fullmatch(line) for line in data.splitlines())


def text_digest(text: bytes) -> str:
    """Return "sha256:…" over a text without what an editor changes when it saves."""
    lines = text.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    kept = b"\n".join(line.rstrip() for line in lines.split(b"\n")).rstrip(b"\n")
    return "sha256:" + hashlib.sha256(kept).hexdigest()


def _digests(exercise: Exercise, names: Iterable[str], what: str) -> dict[str, str]:
    try:
        return {name: text_digest((exercise.folder / name).read_bytes()) for name in names}
    except OSError as error:
        name = visible(Path(str(error.filename)).name)
        raise ExerciseError(
            f"The {what} `{name}` of `{exercise.id}` can't be read: {error.strerror}."
        ) from error
