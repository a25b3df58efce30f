"""The work of a golden submission: files of its own, and edits of what is there already.

`expected.toml` may say `like`: another case of the exercise, "reference", "faulty/NAME" or
"sound/NAME" of its solution. `files` are those that are taken from there, all if left out; `edits`
are made in them as in `faulty.toml`; then the files of `work/` are laid over.
"""

from __future__ import annotations

import tomllib
from pathlib import Path

import msgspec

from grader.catalogue import Exercise, regular_files
from grader.checks.reference import reference_work
from grader.checks.variant_edits import Edit, apply_edits
from grader.checks.variants import read_variants

Files = dict[str, bytes]


def golden_work(case: Path, exercise: Exercise, solution: Path) -> Files:
    """The files that the case hands in. AssertionError when an edit doesn't fit."""
    said = tomllib.loads((case / "expected.toml").read_text("utf-8"))
    files = _like(said["like"], case, exercise, solution) if "like" in said else {}
    if "files" in said:
        files = {name: files[name] for name in said["files"]}
    by_file: dict[str, list[Edit]] = {}
    for edit in msgspec.convert(said.get("edits", ()), tuple[Edit, ...]):
        by_file.setdefault(edit.file or next(iter(files)), []).append(edit)
    for name, edits in by_file.items():
        files[name], wrong = apply_edits(files[name], name, edits)
        assert not wrong, (case, wrong)
    own = case / "work"
    names = [one for one in regular_files(own) if one != ".gitkeep"] if own.is_dir() else []
    return {**files, **{name: (own / name).read_bytes() for name in names}}


def _like(name: str, case: Path, exercise: Exercise, solution: Path) -> Files:
    side, _, variant = name.partition("/")
    if not variant and name != "reference":
        return golden_work(case.parent / name, exercise, solution)
    reference = dict(reference_work(exercise, solution))
    if name == "reference":
        return reference
    variants = read_variants(exercise, solution)
    known = {"faulty": variants.faulty, "sound": variants.sound}[side]
    return {**reference, **next(one.files for one in known if one.name == variant)}
