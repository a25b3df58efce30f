"""The proof that nothing of `solutions/` is in a pack.

Every file of the pack is looked through, also those inside wheels, zips and tar files and the
cells of notebooks, for whole hidden files and for runs of their lines. What the reference has in
common with a starter is public already; so that a solved starter makes nothing public, no file may
hold a program of its exercise, by `likeness`.
"""

from __future__ import annotations

import hashlib
import io
import json
import tarfile
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from grader.authoring.likeness import holds, likeness_of, tasks_of
from grader.authoring.shingles import shingles_of
from grader.catalogue import Exercise, regular_files
from grader.checks.faulty_variants_programs import GIVEN
from grader.checks.variants import read_variants

Files = Mapping[str, bytes]
_DEEPEST = 3


class Leak(NamedTuple):
    """A place in the pack, the line if there is one, and the hidden file it comes from."""

    place: str
    line: int
    source: str


def hidden_files(solutions: Path) -> Files:
    """Every file below the folder of solutions."""
    return {name: (solutions / name).read_bytes() for name in regular_files(solutions)}


def hidden_variants(exercises: Sequence[Exercise], solutions: Path) -> Files:
    """Every file of a faulty variant, as its edits make it of the reference."""
    return {
        f"{exercise.id}/{variant.path} ({variant.name}, {name})": text
        for exercise in exercises
        for variant in read_variants(exercise, solutions / exercise.id).faulty
        for name, text in variant.files.items()
    }


def leaks(pack: Files, hidden: Files, starters: Files) -> Iterator[Leak]:
    """What of `hidden` is in `pack`; `starters` are the texts that are meant to be shared."""
    shared = {shingle for text in starters.values() for shingle in shingles_of(text)}
    whole = {_digest(text) for text in starters.values()}
    sources: dict[bytes, str] = {}
    for name, text in hidden.items():
        if len(text.split()) > 1 and _digest(text) not in whole:
            sources[_digest(text)] = name
        for shingle in shingles_of(text):
            if shingle not in shared or "/hidden/" in name:
                sources.setdefault(shingle, name)
    for place, content in _opened(pack, 0):
        if _digest(content) in sources:
            yield Leak(place, 0, sources[_digest(content)])
        for shingle, line in shingles_of(content).items():
            if shingle in sources:
                yield Leak(place, line, sources[shingle])
                break


def given_programs(exercises: Sequence[Exercise], solutions: Path) -> Mapping[str, Sequence[bytes]]:
    """The programs, by exercise, that an exercise gives to be mended: its starters are faulty."""
    return {
        exercise.id: tuple(variant.files.values())
        for exercise in exercises
        if any(getattr(check, "given_is_faulty", False) for check in exercise.checks.values())
        for variant in read_variants(exercise, solutions / exercise.id).faulty
        if variant.name == GIVEN
    }


def solved(pack: Files, hidden: Files, given: Mapping[str, Sequence[bytes]]) -> Iterator[Leak]:
    """What of `pack` holds a reference, sound or faulty program, though changed in its looks.

    What is `given`, by exercise, to be mended is public.
    """
    files = list(_opened(pack, 0))
    for one in sorted({name.partition("/")[0] for name in hidden}):
        ours = {n: likeness_of(n.rstrip(")"), text) for n, text in _of(one, hidden) if text.strip()}
        public = [likeness_of("given.py", text) for text in given.get(one, ())]
        tasks = tasks_of([found for name, found in ours.items() if _is_program(name)], public)
        for place, content in files:
            if f"/{one}" not in place:
                continue
            name = f"{place}.py" if ".ipynb/" in place else place
            text = likeness_of(name, _without_mark(content))
            if text.text and any(text.text == program.text for program in public):
                continue
            source = next((n for n, found in ours.items() if holds(text, found, public, tasks)), "")
            if source:
                yield Leak(place, 0, source)


def _of(exercise: str, hidden: Files) -> Iterator[tuple[str, bytes]]:
    """The hidden programs and texts of an exercise, the reference first."""
    names = [name for name in hidden if name.startswith(f"{exercise}/")]
    for name in sorted(names, key=lambda one: (one.count("/"), one)):
        if not name.endswith(".toml"):
            yield name, hidden[name]


def _is_program(name: str) -> bool:
    last = name.rpartition("/")[2].rpartition(" ")[2].rstrip(")")
    return last.endswith(".py") and "/hidden/" not in name and not last.startswith("test_")


def _without_mark(content: bytes) -> bytes:
    first, _, rest = content.partition(b"\n")
    return rest if first.startswith(b"%%workfile") else content


def _digest(content: bytes) -> bytes:
    return hashlib.sha256(content).digest()


# -- what is inside files


def _opened(files: Files, depth: int) -> Iterator[tuple[str, bytes]]:
    """Every file, and every file inside it."""
    for name, content in files.items():
        yield name, content
        if depth < _DEEPEST:
            yield from _opened({f"{name}/{k}": v for k, v in _inside(name, content)}, depth + 1)


def _inside(name: str, content: bytes) -> Iterator[tuple[str, bytes]]:
    if name.endswith(".ipynb"):
        yield from _cells(content)
    elif zipfile.is_zipfile(io.BytesIO(content)):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for info in archive.infolist():
                if not info.is_dir():
                    yield info.filename, archive.read(info)
    elif name.endswith((".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tar.xz")):
        with tarfile.open(fileobj=io.BytesIO(content)) as archive:
            for member in archive:
                file = archive.extractfile(member)
                if file is not None:
                    yield member.name, file.read()


def _cells(content: bytes) -> Iterator[tuple[str, bytes]]:
    """The cells of a notebook that we built ourselves."""
    for number, cell in enumerate(json.loads(content).get("cells", ()), 1):
        yield f"cell {number}", "".join(cell.get("source", ())).encode()
