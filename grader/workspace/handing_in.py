"""Packs work into one zip file for the tutor: the work as it would be read, and a manifest.

`manifest.json` lies at the top, the work in `<exercise>/<file>`. Nothing is sent anywhere.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from grader import __version__
from grader.catalogue import (
    Exercise,
    digest_of,
    exercise_digest,
    is_untouched,
    read_starters,
)
from grader.errors import UsageError
from grader.escaping import visible
from grader.grading import Task, read_work
from grader.individual import Learner
from grader.system_errors import sync_file
from grader.tables import listed
from grader.workspace.hints import taken_hints
from grader.workspace.place import Workspace

MANIFEST = "manifest.json"
# A zip file can hold no other dates; a clock without a battery may show one.
_ZIP_FROM = datetime(1980, 1, 1, tzinfo=UTC)
_ZIP_TO = datetime(2107, 12, 31, 23, 59, 58, tzinfo=UTC)
FORMAT = 1


class Help(msgspec.Struct, frozen=True, kw_only=True):
    """One hint that was taken: when, and whether of the ticket or of a test. Information only."""

    at: str
    source: str


class PackedExercise(msgspec.Struct, frozen=True, kw_only=True):
    """One exercise in a hand-in. Digests are "sha256:…".

    `exercise_digest` is that of the apprentice's copy, without solutions; `work_digest` that of
    all files together, as reports have it.
    """

    id: str
    attempt: int
    exercise_digest: str
    work_digest: str
    files: dict[str, str]
    hints: tuple[Help, ...] = ()


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """What `manifest.json` holds; `made` is ISO 8601 in UTC, `apprentice` the pseudonymous id."""

    format: int = FORMAT
    made: str
    grader: str
    apprentice: str
    exercises: tuple[PackedExercise, ...]


@dataclass(frozen=True)
class Work:
    """The work for one exercise: what is packed, and what there is to say of what isn't."""

    exercise: Exercise
    files: Mapping[str, bytes]
    findings: tuple[str, ...] = field(default=())


def gather(
    exercises: Sequence[Exercise], named: Sequence[str], learner: Learner
) -> tuple[Work, ...]:
    """Read the learner's work on the exercises named, or on all that were started.

    Raises UsageError when one of them, or all, have not been started.
    """
    found = [_work_of(one, learner) for one in exercises if not named or one.id in named]
    idle = [one.exercise.id for one in found if _is_idle(one)]
    if named and idle:
        raise UsageError(
            f"You haven't started {listed(idle)}: the work is still the starter, so there is "
            "nothing to hand in. Leave it out, or do it first."
        )
    begun = tuple(one for one in found if one.exercise.id not in idle)
    if not begun:
        raise UsageError(
            "You haven't started an exercise yet, so there is nothing to hand in. "
            "`grade start` says which comes first."
        )
    return begun


def pack(
    works: Sequence[Work], workspace: Workspace, *, apprentice: str, attempt: int, now: datetime
) -> bytes:
    """Return the zip file; the same work, hints and time give the same bytes."""
    manifest = Manifest(
        made=now.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z"),
        grader=__version__,
        apprentice=apprentice,
        exercises=tuple(
            PackedExercise(
                id=work.exercise.id,
                attempt=attempt,
                exercise_digest=exercise_digest(work.exercise, None),
                work_digest=digest_of(work.files),
                files={name: _digest(work.files[name]) for name in sorted(work.files)},
                hints=tuple(
                    Help(at=one.at, source=one.source)
                    for one in taken_hints(workspace, work.exercise.id)
                ),
            )
            for work in sorted(works, key=lambda work: work.exercise.id)
        ),
    )
    members = {
        f"{work.exercise.id}/{name}": content
        for work in works
        for name, content in work.files.items()
    }
    top = msgspec.json.format(msgspec.json.encode(manifest), indent=2) + b"\n"
    return _zipped({MANIFEST: top} | {name: members[name] for name in sorted(members)}, now)


def save_new(path: Path, data: bytes) -> None:
    """Write a file that must not be there yet, whole or not at all; UsageError says why not."""
    shown = visible(str(path))
    try:
        with path.open("xb") as file:
            try:
                file.write(data)
                file.flush()
                sync_file(file.fileno())
            except BaseException:
                with contextlib.suppress(OSError):
                    path.unlink()
                raise
    except FileExistsError:
        raise UsageError(
            f"`{shown}` is there already and stays as it is. Choose another name with --to."
        ) from None
    except OSError as error:
        raise UsageError(
            f"`{shown}` can't be written: {error.strerror}. Choose another place with --to."
        ) from error


def _work_of(exercise: Exercise, learner: Learner) -> Work:
    read = read_work(Task(exercise, exercise.folder, learner=learner))
    said = tuple(one.sentence for one in read.findings if one.level != "note")
    return Work(exercise, read.files, said)


def _is_idle(work: Work) -> bool:
    starters = read_starters(work.exercise.folder.parent)
    return not work.files or is_untouched(work.exercise, work.files, starters) is True


def _zipped(members: Mapping[str, bytes], now: datetime) -> bytes:
    made = min(max(now.astimezone(UTC), _ZIP_FROM), _ZIP_TO).timetuple()[:6]
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, content in members.items():
            member = zipfile.ZipInfo(name, made)
            member.external_attr = 0o100644 << 16
            member.create_system = 3  # Unix, wherever it is packed
            member.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(member, content)
    return buffer.getvalue()


def _digest(content: bytes) -> str:
    return "sha256:" + hashlib.sha256(content).hexdigest()


def default_name(apprentice: str, now: datetime) -> str:
    """Return a name that tells hand-ins of one apprentice apart."""
    return f"hand-in-{apprentice}-{now.astimezone(UTC):%Y%m%d-%H%M%S}.zip"
