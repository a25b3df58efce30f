"""`grade release`: the pack that apprentices get, made in memory, proved, then written.

A pack holds `exercises/`, `notebooks/` if there are any, a README, the grader as a wheel, and in
`.grader/` the starters as they were (`grade reset` and "not started" need them) and a manifest.
"""

from __future__ import annotations

import hashlib
import string
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec

from grader import __version__
from grader.authoring.proof import Files, hidden_files, hidden_variants, leaks
from grader.authoring.wheel import make_wheel
from grader.catalogue import Course, Exercise, given_files, make_starters, regular_files
from grader.errors import ExerciseError, UsageError

MANIFEST = ".grader/pack.json"
FORMAT = 1
_README = Path(__file__).with_name("pack_readme.md")
_COURSE = ("course.toml",)
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
    folder: Path, exercises: Sequence[Exercise], course: Course, solutions: Path
) -> Release:
    """Write the pack into an empty folder, or over a pack in which nothing has been changed.

    Raises ExerciseError when something of `solutions` would be in it, UsageError when the folder
    holds what would be lost.
    """
    before = _former(folder)
    pack = pack_of(exercises, course)
    hidden = hidden_files(solutions)
    _refuse_leaks(pack, {**hidden, **hidden_variants(exercises, solutions)}, exercises)
    gone = [name for name in before.files if name not in pack] if before else []
    for name in gone:
        (folder / name).unlink(missing_ok=True)
    for name, content in pack.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    ids = tuple(exercise.id for exercise in exercises)
    return Release(ids, len(pack), len(gone), before is not None, len(hidden))


def pack_of(exercises: Sequence[Exercise], course: Course) -> Files:
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
    notebooks = home.parent / "notebooks"
    for name in regular_files(notebooks) if notebooks.is_dir() else ():
        if Path(name).stem in {exercise.id for exercise in exercises}:
            files[f"notebooks/{name}"] = (notebooks / name).read_bytes()
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


def _refuse_leaks(pack: Files, hidden: Files, exercises: Sequence[Exercise]) -> None:
    starters = {
        f"{exercise.id}/{name}": (exercise.folder / name).read_bytes()
        for exercise in exercises
        for name in exercise.work
    }
    found = list(leaks(pack, hidden, starters))
    if found:
        problems = [
            f"{leak.place}{f':{leak.line}' if leak.line else ''} has text of "
            f"solutions/{leak.source}; take it out"
            for leak in found
        ]
        more = len(problems) - _MOST_SHOWN
        rest = (f"and {more} more",) if more > 0 else ()
        text = "Nothing was written: something of solutions/ would be in the pack."
        raise ExerciseError(text, (*problems[:_MOST_SHOWN], *rest))


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
