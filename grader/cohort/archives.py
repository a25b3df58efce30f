"""Zip archives that somebody handed in: what they hold, and what they say of themselves."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from grader.cohort.contents import Course, fit
from grader.cohort.manifests import made_at, read_manifest
from grader.errors import SubmissionError
from grader.escaping import visible
from grader.submission import ArchiveError, ZipLook, is_closed_folder, look_into_zip
from grader.workspace.handing_in import MANIFEST, Manifest, PackedExercise


@dataclass(frozen=True)
class Archive:
    """A zip archive as it was looked into; `manifest` is what it says of itself."""

    path: Path
    look: ZipLook
    manifest: Manifest | None
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Packed:
    """The work of one exercise in an archive, when it says that it was made, and its claim."""

    exercise: str
    files: tuple[str, ...]
    at: datetime | None
    claim: PackedExercise | None
    remarks: tuple[str, ...]


def look_into(path: Path, course: Course) -> Archive | str:
    """What an archive holds; else why it can't be taken, as the end of a sentence."""
    try:
        look = look_into_zip(path, course, wanted=MANIFEST)
    except (ArchiveError, SubmissionError) as error:
        return str(error).rstrip(".")
    if look.wanted is None:
        return Archive(path, look, None)
    said = read_manifest(look.wanted)
    if isinstance(said, Manifest):
        return Archive(path, look, said)
    return Archive(path, look, None, (f"Its {said}; it was taken as work without one.",))


def packed_in(
    archive: Archive, course: Course, now: datetime, only: Collection[str]
) -> Iterator[Packed]:
    """The work in an archive, exercise by exercise."""
    manifest = archive.manifest
    claims = {one.id: one for one in manifest.exercises} if manifest else {}
    remarks = archive.remarks
    at = made_at(manifest, now) if manifest else None
    if manifest is not None and at is None:
        shown = visible(manifest.made, 40)
        remarks += (f"Its {MANIFEST} says that it was made at `{shown}`, which can't be.",)
    for exercise, files in _held(archive.look, course, only).items():
        claim = claims.get(exercise)
        missing = manifest is not None and claim is None
        more = (f"Its {MANIFEST} doesn't name {exercise}.",) if missing else ()
        yield Packed(exercise, files, at, claim, (*remarks, *more))


def why_empty(archive: Archive) -> str:
    """Why no work was found in an archive, as the end of a sentence."""
    inner = [
        name for name in archive.look.names if name.casefold().endswith((".zip", ".rar", ".7z"))
    ]
    if inner:
        shown = visible(inner[0], 80)
        return (
            f"is an archive that holds another archive, {shown}; archives inside archives aren't "
            "opened. Unpack the outer one here"
        )
    return "is an archive without work for an exercise of this course; look what is in it"


def unheld(archive: Archive, held: Collection[str]) -> list[str]:
    """Exercises that the manifest names and for which the archive holds no work."""
    named = {one.id for one in archive.manifest.exercises} if archive.manifest else set()
    return sorted(named - set(held))


def _held(look: ZipLook, course: Course, only: Collection[str]) -> dict[str, tuple[str, ...]]:
    """The files of each exercise of an archive; work at its top has to fit one exercise."""
    top = {one: course[one] for one, home in look.homes.items() if not home}
    wanted = {one: work for one, work in top.items() if not only or one in only}
    fitting, _ = fit(look.top, wanted)
    return {
        one: tuple(name for name in course[one] if home + name in look.names)
        for one, home in look.homes.items()
        if home or one in fitting
    }


def names_in(look: ZipLook) -> list[str]:
    """The names that an archive holds, without what systems add."""
    return [name for name in look.names if not any(map(is_closed_folder, name.split("/")[:-1]))]
