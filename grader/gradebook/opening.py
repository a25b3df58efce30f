"""Opens a gradebook's file, brought up to date, and holds the one lock of its writers."""

from __future__ import annotations

import errno
import fcntl
import io
import os
import sqlite3
from pathlib import Path

from sqlite_utils import Database

from grader.errors import UsageError
from grader.gradebook.migrations import migrations

WITHOUT_LOCKS = "GRADE_WITHOUT_LOCKS"


def locked(path: Path) -> io.TextIOWrapper:
    """Return the lock of a gradebook's writers, held; UsageError when another holds it."""
    beside = path.with_name(path.name + ".lock")
    try:
        lock = beside.open("w")
    except OSError as error:
        raise UsageError(f"`{path}` can't be written: {error.strerror}.") from None
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        lock.close()
        raise UsageError(
            f"`{path}` is being written by another `grade`. Wait until that is done."
        ) from None
    except OSError as error:
        if os.environ.get(WITHOUT_LOCKS) != "1":
            lock.close()
            raise UsageError(
                f"`{path}` can't be locked: its drive has no locks ({error.strerror}), as some "
                "network drives. Keep it on a local disk: --gradebook FILE. If nobody else writes "
                f"to it now, `{WITHOUT_LOCKS}=1 grade …` goes on without a lock."
            ) from None
    return lock


def opened(path: Path, *, write: bool) -> Database:
    """Return the database; UsageError when it isn't there, isn't ours, or is of another grader."""
    if not write and not path.is_file():
        raise UsageError(f"There is no gradebook at `{path}`; `grade cohort` writes one.")
    db = None
    try:
        if write:
            path.touch(mode=0o600)
        db = Database(_connection(path))
        _prepare(db, path, write=write)
    except sqlite3.DatabaseError as error:
        _close(db)
        raise UsageError(f"`{path}` is not a gradebook that can be read: {error}.") from None
    except BaseException:
        _close(db)
        raise
    return db


def _connection(path: Path) -> sqlite3.Connection:
    """A connection; where the drive has no locks, SQLite is told to do without."""
    try:
        with path.open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        pass
    except OSError as error:
        if error.errno not in (errno.ENOLCK, errno.ENOTSUP, errno.ENOSYS, errno.EINVAL):
            raise
        found = sqlite3.connect(f"{path.absolute().as_uri()}?vfs=unix-none", uri=True)
        found.execute("pragma locking_mode = exclusive")  # no memory that is shared with others
        return found
    return sqlite3.connect(path)


def _close(db: Database | None) -> None:
    if db is not None:
        db.close()


def _prepare(db: Database, path: Path, *, write: bool) -> None:
    """Set the connection up; UsageError when the file is of another version of the grader."""
    if write:
        # A reader never waits for the writer, and what was saved survives a loss of power.
        db.execute("pragma journal_mode = wal")
        db.execute("pragma synchronous = full")
        migrations.apply(db)  # with foreign keys off, so that a table can be made anew
    elif migrations.pending(db):
        raise UsageError(f"`{path}` is of an older grader; `grade cohort` brings it up to date.")
    db.execute("pragma foreign_keys = on")
    known = {f"{one.name}" for one in migrations.applied(db)}
    if known - {one.name for one in migrations._migrations}:
        raise UsageError(f"`{path}` is of a newer grader than this one; update `grade` first.")
