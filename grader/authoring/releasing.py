"""`grade release`: the pack that apprentices get, made in memory, proved, then written.

Nothing is written unless exercises and notebooks are as their author made them, and no file holds
a program of `solutions/`, whatever its name or its looks.

A pack holds `exercises/`, `notebooks/` if the course has any, a README, the grader as a wheel, and
in `.grader/` the starters as they were (for `grade reset` and "not started") and a manifest.
"""

from __future__ import annotations

import hashlib
import string
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec

from grader import __version__
from grader.authoring.pristine import changed_files, changed_notebooks
from grader.authoring.proof import (
    Files,
    given_programs,
    hidden_files,
    hidden_variants,
    leaks,
    solved,
)
from grader.authoring.wheel import make_wheel
from grader.catalogue import Course, Exercise, given_files, make_starters, regular_files
from grader.errors import ExerciseError, UsageError

MANIFEST = ".grader/pack.json"
FORMAT = 1
_README = Path(__file__).with_name("pack_readme.md")
_COURSE = ("course.toml",)
_NOTEBOOKS = "notebooks"
_CHANGED = "Nothing was written: the course isn't as its author made it."
_MOST_SHOWN = 20


class Manifest(msgspec.Struct, frozen=True):
    """What a pack is: who made it and the SHA-256 of each file."""

    format: int
    grader: str
    exercises: tuple[str, ...]
    files: dict[str, str]


@dataclass(frozen=True)
class Release:
    """What was written, and what the proof looked at."""

    exercises: tuple[str, ...]
    written: int
    removed: int
    renewed: bool
    compared: int


def release(
    folder: Path,
    exercises: Sequence[Exercise],
    course: Course,
    solutions: Path,
    notebooks: Callable[[], Files],
) -> Release:
    """Write the pack into an empty folder, or over a pack in which nothing has been changed.

    `notebooks` makes those of the course anew, by name. Raises ExerciseError when something of
    `solutions` would be in it or something isn't as its author made it, UsageError when the folder
    holds what would be lost.
    """
    before = _former(folder)
    _refuse(_CHANGED, list(changed_files(exercises)))
    made = notebooks()  # of the starters, which are known to be right now
    _refuse(_CHANGED, list(changed_notebooks(exercises[0].folder.parent.parent / _NOTEBOOKS, made)))
    pack = pack_of(exercises, course, made)
    hidden = hidden_files(solutions)
    programs = {**hidden, **hidden_variants(exercises, solutions)}
    _refuse_solved(pack, programs, given_programs(exercises, solutions))
    _refuse_leaks(pack, programs, exercises)
    gone = [name for name in before.files if name not in pack] if before else []
    for name in gone:
        (folder / name).unlink(missing_ok=True)
    for name, content in pack.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    ids = tuple(exercise.id for exercise in exercises)
    return Release(ids, len(pack), len(gone), before is not None, len(hidden))


def pack_of(exercises: Sequence[Exercise], course: Course, notebooks: Files) -> Files:
    """Every file of the pack, by name; the manifest last."""
    home = exercises[0].folder.parent
    files: dict[str, bytes] = {}
    for name in _COURSE:
        if (home / name).is_file():
            files[f"exercises/{name}"] = (home / name).read_bytes()
    files["exercises/starters.json"] = make_starters(exercises)
    for exercise in exercises:
        for name in regular_files(exercise.folder):
            files[f"exercises/{exercise.id}/{name}"] = (exercise.folder / name).read_bytes()
        for name in (*exercise.work, *given_files(exercise)):
            content = (exercise.folder / name).read_bytes()
            files[f".grader/pristine/{exercise.id}/{name}"] = content
    files |= {f"{_NOTEBOOKS}/{name}": content for name, content in notebooks.items()}
    wheel, content = make_wheel()
    files[wheel] = content
    files["README.md"] = _readme(wheel, exercises, course)
    files[MANIFEST] = _manifest(exercises, files)
    return files


def _readme(wheel: str, exercises: Sequence[Exercise], course: Course) -> bytes:
    rows = [
        f"| [{one.title}](exercises/{one.id}/README.md) | {one.client} | {one.minutes} |"
        for one in exercises
    ]
    words = {
        "title": course.title,
        "wheel": wheel,
        "first": exercises[0].id,
        "table": "\n".join(rows),
        "version": __version__,
    }
    return string.Template(_README.read_text("utf-8")).substitute(words).encode()


def _manifest(exercises: Sequence[Exercise], files: Files) -> bytes:
    digests = {name: _digest(content) for name, content in sorted(files.items())}
    ids = tuple(exercise.id for exercise in exercises)
    made = msgspec.json.encode(Manifest(FORMAT, __version__, ids, digests))
    return msgspec.json.format(made, indent=2) + b"\n"


def _digest(content: bytes) -> str:
    return "sha256:" + hashlib.sha256(content).hexdigest()


# -- what must not be in it, and what must not be lost


def _refuse_solved(pack: Files, hidden: Files, given: Mapping[str, Sequence[bytes]]) -> None:
    problems = [
        f"{leak.place} holds a program of solutions/{leak.source}, at least in its main part; "
        "put the starter back, and run `grade starters` and `grade notebooks --replace`"
        for leak in solved(pack, hidden, given)
        if not leak.place.startswith(".grader/")  # copies of the same
    ]
    _refuse("Nothing was written: apprentices would get a solution.", problems)


def _refuse(text: str, problems: Sequence[str]) -> None:
    if problems:
        more = len(problems) - _MOST_SHOWN
        rest = (f"and {more} more",) if more > 0 else ()
        raise ExerciseError(text, (*problems[:_MOST_SHOWN], *rest))


def _refuse_leaks(pack: Files, hidden: Files, exercises: Sequence[Exercise]) -> None:
    starters = {
        f"{exercise.id}/{name}": (exercise.folder / name).read_bytes()
        for exercise in exercises
        for name in exercise.work
    }
    problems = [
        f"{leak.place}{f':{leak.line}' if leak.line else ''} has text of "
        f"solutions/{leak.source}; take it out"
        for leak in leaks(pack, hidden, starters)
    ]
    _refuse("Nothing was written: something of solutions/ would be in the pack.", problems)


def _former(folder: Path) -> Manifest | None:
    """The manifest of the pack that is there; None when the folder is empty or not there."""
    if not folder.exists():
        return None
    if not folder.is_dir():
        raise UsageError(f"`{folder}` is a file; name a folder for the pack.")
    if not any(folder.iterdir()):
        return None
    path = folder / MANIFEST
    try:
        found = msgspec.json.decode(path.read_bytes(), type=Manifest)
    except (OSError, msgspec.DecodeError):
        text = f"`{folder}` is not empty and is no pack of `grade release`; nothing was written."
        raise UsageError(f"{text} Name an empty folder.") from None
    changed = [name for name, digest in found.files.items() if _changed(folder / name, digest)]
    if changed:
        shown = ", ".join(f"`{name}`" for name in changed[:5])
        more = f" and {len(changed) - 5} more" if len(changed) > 5 else ""
        raise UsageError(
            f"In the pack in `{folder}`, {shown}{more} changed since it was made. Nothing was "
            "written, so that nothing is lost: name an empty folder."
        )
    return found


def _changed(path: Path, digest: str) -> bool:
    return path.is_file() and _digest(path.read_bytes()) != digest
