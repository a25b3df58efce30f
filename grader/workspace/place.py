"""The folder `.grader/` beside the exercises: safe writing, one writer at a time, damaged files.

Nothing in it is ever overwritten because it can't be read: it is moved aside, and said.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import tempfile
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

import msgspec

from grader.errors import SubmissionError
from grader.escaping import visible
from grader.system_errors import sync_file

NAME = ".grader"
LOCK = "lock"

Kind = TypeVar("Kind", bound=msgspec.Struct)


class Workspace:
    """The state of one apprentice's copy of a course; `notices` are sentences still to be said."""

    def __init__(self, exercises: Path) -> None:
        """`exercises` is the folder of exercises; the state lies beside it."""
        self.exercises = exercises.resolve()
        self.folder = self.exercises.parent / NAME
        self._turn = threading.RLock()
        self._held = 0
        self.notices: list[str] = []

    @property
    def exists(self) -> bool:
        """Whether anything was ever kept here."""
        return self.folder.is_dir()

    @contextlib.contextmanager
    def lock(self) -> Iterator[None]:
        """Be the only one who writes here; may be entered again inside of itself."""
        with self._turn:
            self._held += 1
            try:
                with self._alone() if self._held == 1 else contextlib.nullcontext():
                    yield
            finally:
                self._held -= 1

    @contextlib.contextmanager
    def _alone(self) -> Iterator[None]:
        """Keep other processes, and other objects of this kind, waiting."""
        with writing(self.folder):
            self.folder.mkdir(parents=True, exist_ok=True)
            opened = os.open(self.folder / LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            # On a drive without locks two commands at once may lose what one of them notes; no
            # file is ever half written.
            with contextlib.suppress(OSError):
                fcntl.flock(opened, fcntl.LOCK_EX)
            yield
        finally:
            os.close(opened)  # which also lets go of the lock

    def read(self, name: str, kind: type[Kind], newest: int) -> Kind | None:
        """Return a JSON state file; None without one, and when it was damaged and moved aside."""
        path = self.folder / name
        try:
            data = path.read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise SubmissionError(f"{NAME}/{name} can't be read: {error.strerror}.") from None
        try:
            found = msgspec.json.decode(data, type=kind)
        except (msgspec.DecodeError, UnicodeDecodeError):
            self.set_aside(name)
            return None
        if (number := getattr(found, "format", newest)) != newest:
            raise SubmissionError(
                f"{NAME}/{name} is of format {number} but this grader reads {newest}. Ask your "
                "tutor for the newest grader; your file is left as it is."
            )
        return found

    def write(self, name: str, value: msgspec.Struct) -> None:
        """Write a JSON state file whole or not at all."""
        text = msgspec.json.format(msgspec.json.encode(value), indent=2) + b"\n"
        write_whole(self.folder / name, text)

    def set_aside(self, name: str) -> None:
        """Move a damaged file out of the way, keep it, and say so."""
        kept = f"{name}.damaged-{datetime.now(UTC):%Y%m%d-%H%M%S-%f}"
        with writing(self.folder):
            (self.folder / name).rename(self.folder / kept)
        self.notices.append(
            f"{NAME}/{name} is damaged and can't be read. Nothing was thrown away: it is called "
            f"{kept} now, and a new {name} is begun. Show it to your tutor if you miss something."
        )


def write_whole(path: Path, data: bytes) -> None:
    """Replace a file by new content, or leave it as it was if anything goes wrong on the way.

    Written beside it, brought to the disk, then renamed over it; a power cut leaves the old file
    or the new one. The permissions of the old file are kept.
    """
    with writing(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        opened, name = tempfile.mkstemp(prefix=".", suffix=".new", dir=path.parent)
        try:
            with os.fdopen(opened, "wb") as file:
                file.write(data)
                file.flush()
                # Niceties: a drive of Windows has no such permissions, others can't be synced.
                with contextlib.suppress(OSError):
                    os.fchmod(file.fileno(), _mode_of(path))
                sync_file(file.fileno())
            Path(name).replace(path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
        sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Bring the names in a folder to the disk, where the drive can do that."""
    with contextlib.suppress(OSError):  # what is written is written
        opened = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)


@contextlib.contextmanager
def writing(path: Path) -> Iterator[None]:
    """Turn what the system says while `path` is written into a plain sentence."""
    try:
        yield
    except OSError as error:
        shown = visible(f"{path.parent.name}/{path.name}")
        reason = error.strerror or "the disk gave an error"
        raise SubmissionError(
            f"`{shown}` can't be written: {reason}. Is the disk full, or the folder not yours?"
        ) from error


def _mode_of(path: Path) -> int:
    try:
        return path.stat(follow_symlinks=False).st_mode & 0o777
    except OSError:
        return 0o644
