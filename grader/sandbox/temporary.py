"""The one temporary folder of a process; those of dead processes are swept away.

Theory of operation. All that is temporary lies in one folder per process, which goes when the
process ends. One that is killed can't tidy up, so the folder holds a file that is locked as long
as the process, or a fork of it, lives; the next process that starts removes folders whose file it
can lock. One that has no such file, is somebody else's, or lies on a drive without locks is left
alone. Locks tell the truth in containers too, where process numbers don't. Everybody may pass
through the folder, since programs may run as another user, but nobody can list it.
"""

from __future__ import annotations

import atexit
import contextlib
import fcntl
import functools
import os
import stat
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from .inside.removal import remove_folder

PREFIX = "grade-"
_IN_USE = "in-use"
_SECONDS = 5.0  # to remove what still changes


def home() -> Path:
    """Return this process's own folder, which is removed when it ends."""
    if not _made().is_dir():  # something that tidies up took it for old
        _made.cache_clear()
    return _made()


@functools.cache
def _made() -> Path:
    above = _above()
    _sweep(above)
    begun = Path(tempfile.mkdtemp(prefix=f".{PREFIX}", dir=above)).resolve()
    begun.chmod(0o711)
    held = os.open(begun / _IN_USE, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:  # no locks here: nobody may take it for a dead process's
        (begun / _IN_USE).unlink()
    # Under this name it is looked for; so it has it only once it is locked.
    made = begun.rename(begun.with_name(begun.name[1:]))
    atexit.register(_remove, made, os.getpid())
    return made


def folder(kind: str) -> Path:
    """Make a folder in it that only this user may enter; `kind` begins its name."""
    return Path(tempfile.mkdtemp(prefix=f"{kind}-", dir=home()))


@contextlib.contextmanager
def lasting(kind: str) -> Iterator[Path]:
    """A folder that is removed at the end of a `with`."""
    with tempfile.TemporaryDirectory(prefix=f"{kind}-", dir=home()) as name:
        yield Path(name)


def cache() -> Path | None:
    """Return the folder that is kept between runs, None where there can be none.

    A user without an account and without HOME has no place for it. A place that is not an absolute
    path would be in whatever folder is current, so it counts for nothing.
    """
    named = os.environ.get("XDG_CACHE_HOME", "")
    try:
        base = Path(named) if Path(named).is_absolute() else Path.home() / ".cache"
        if not base.is_absolute():
            return None
        made = base / "apprentice-grader"
        made.mkdir(parents=True, exist_ok=True)
    except (OSError, RuntimeError):
        return None
    return made if os.access(made, os.W_OK) else None


def work_in(above: str) -> None:
    """Make everything temporary in `above`, which somebody else removes; called first of all."""
    tempfile.tempdir = above


def _above() -> Path:
    """Where temporary folders lie; for root, where the user that programs run as can come."""
    usual = Path(tempfile.gettempdir())
    if os.getuid() != 0:
        return usual
    places = (usual, Path("/tmp"), Path("/var/tmp"))
    return next((one for one in places if _is_open(one)), usual)


def _is_open(place: Path) -> bool:
    try:
        real = place.resolve(strict=True)
        modes = [one.stat().st_mode for one in (real, *real.parents)]
    except OSError:
        return False
    return os.access(real, os.W_OK) and all(mode & stat.S_IXOTH for mode in modes)


def _sweep(above: Path) -> None:
    """Remove the folders of dead processes of this user."""
    with contextlib.suppress(OSError), os.scandir(above) as entries:
        for entry in entries:
            if entry.name.startswith(PREFIX):
                with contextlib.suppress(OSError):
                    _remove_if_dead(entry)


def _remove_if_dead(entry: os.DirEntry[str]) -> None:
    found = entry.stat(follow_symlinks=False)
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.getuid():
        return
    file = os.open(Path(entry.path, _IN_USE), os.O_RDWR | os.O_NOFOLLOW | os.O_CLOEXEC)
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)  # OSError: it is in use
        remove_folder(entry.path, seconds=_SECONDS)
    finally:
        os.close(file)


def _remove(made: Path, owner: int) -> None:
    """Remove our own; what still runs in it may be about to end."""
    if os.getpid() != owner:
        return
    deadline = time.monotonic() + _SECONDS
    while made.exists():
        with contextlib.suppress(OSError):
            remove_folder(str(made), seconds=_SECONDS)
            return
        if time.monotonic() > deadline:
            return  # it is swept later
        time.sleep(0.05)
