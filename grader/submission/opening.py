"""Opens what a learner's folder holds, without trusting any of it.

Theory of operation. Whoever owns the folder may have put anything there, and may change it while
it is read. So every step is taken relative to an open folder and follows no link (O_NOFOLLOW):
a path can't be led outside. A file's kind is asked before opening it, so that a device is left
alone, and again of the open file, so that a swap in between changes nothing; O_NONBLOCK keeps a
named pipe from blocking. Sizes are checked before reading, and reading stops at the limit
whatever the size said. Nothing is run, imported, unpacked or written.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from grader.errors import SubmissionError
from grader.escaping import visible


class UnreadableError(Exception):
    """A file can't be had; the text follows its name in a sentence ("is a link; …").

    `missing`: it isn't there. `lost`: it is there, and we may not or can't read it.
    """

    def __init__(self, reason: str, *, missing: bool = False, lost: bool = False) -> None:
        super().__init__(reason)
        self.missing = missing
        self.lost = lost


@contextmanager
def open_root(folder: Path) -> Iterator[int]:
    """Open the submission's folder; raise SubmissionError when it can't be read at all."""
    shown = visible(str(folder))
    try:
        opened = _open_folder(os.fspath(folder), None)
    except (OSError, ValueError) as error:
        raise SubmissionError(_root_sentence(folder, shown, error)) from error
    try:
        yield opened
    finally:
        os.close(opened)


def read_file(root: int, name: str, limit: int) -> bytes:
    """Return the bytes of `name` below the open folder `root`, at most `limit` of them.

    `name` is relative, with "/". Raises UnreadableError.
    """
    try:
        with _folder_of(root, name) as (folder, last):
            _refuse_unless_regular(os.stat(last, dir_fd=folder, follow_symlinks=False), limit)
            flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC | os.O_NOCTTY
            opened = os.open(last, flags, dir_fd=folder)
            try:
                _refuse_unless_regular(os.fstat(opened), limit)
                return _read_bounded(opened, limit)
            finally:
                os.close(opened)
    except OSError as error:
        raise _unreadable(error) from error


def is_there(root: int, name: str, *, folder: bool = False) -> bool:
    """Tell whether `name` exists below `root`, or exists and is a folder (or a link)."""
    try:
        with _folder_of(root, name) as (inside, last):
            mode = os.stat(last, dir_fd=inside, follow_symlinks=False).st_mode
    except OSError:
        return False
    return not folder or stat.S_ISDIR(mode) or stat.S_ISLNK(mode)


@contextmanager
def open_inside(folder: int, name: str) -> Iterator[int]:
    """Open the folder `name` that lies directly in the open `folder`; raises OSError."""
    opened = _open_folder(name, folder)
    try:
        yield opened
    finally:
        os.close(opened)


@contextmanager
def _folder_of(root: int, name: str) -> Iterator[tuple[int, str]]:
    """Open the folders on the way to `name`; yield the last one and the name inside it."""
    *folders, last = name.split("/")
    if not last or ".." in folders or last == "..":
        raise ValueError(f"not a plain relative path: {name!r}")
    with ExitStack() as opened:
        here = root
        for part in folders:
            here = opened.enter_context(open_inside(here, part))
        yield here, last


def _open_folder(name: str, inside: int | None) -> int:
    flags = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
    return os.open(name, flags, dir_fd=inside)


def _refuse_unless_regular(found: os.stat_result, limit: int) -> None:
    if not stat.S_ISREG(found.st_mode):
        raise UnreadableError(_kind(found.st_mode))
    if found.st_size > limit:
        raise UnreadableError(
            f"is {found.st_size:,} bytes long and at most {limit:,} are read; make it smaller",
            lost=True,
        )


def _kind(mode: int) -> str:
    kinds = (
        (stat.S_ISDIR, "is a folder and a file is needed; put a file of this name in its place"),
        (stat.S_ISLNK, "is a link, and links aren't followed; hand in the file itself"),
        (stat.S_ISFIFO, "is a named pipe and not a file; put a file in its place"),
        (stat.S_ISSOCK, "is a socket and not a file; put a file in its place"),
    )
    for matches, sentence in kinds:
        if matches(mode):
            return sentence
    return "is a device and not a file; put a file in its place"


def _read_bounded(opened: int, limit: int) -> bytes:
    """Read to the end; a file that grows past the limit meanwhile is refused."""
    pieces: list[bytes] = []
    room = limit + 1
    while room > 0 and (piece := os.read(opened, min(room, 1 << 20))):
        pieces.append(piece)
        room -= len(piece)
    if room <= 0:
        raise UnreadableError(
            f"is longer than the {limit:,} bytes that are read; make it smaller", lost=True
        )
    return b"".join(pieces)


def _unreadable(error: OSError) -> UnreadableError:
    """Say what an error of the system means for the learner."""
    if error.errno == errno.ENOENT:
        return UnreadableError("isn't there", missing=True)
    if error.errno in (errno.EACCES, errno.EPERM):
        return UnreadableError(
            "can't be read: its permissions forbid it; allow reading it", lost=True
        )
    if error.errno in (errno.ELOOP, errno.ENOTDIR):
        # The work's folders are named by the exercise: a link or a file stands in for one.
        return UnreadableError("lies in something that isn't a real folder; links aren't followed")
    return UnreadableError(
        f"can't be read: {error.strerror or 'the disk gave an error'}", lost=True
    )


def _root_sentence(folder: Path, shown: str, error: Exception) -> str:
    number = error.errno if isinstance(error, OSError) else None
    if number == errno.ENOENT:
        return f"The folder `{shown}` isn't there. Check its name."
    if number in (errno.ELOOP, errno.ENOTDIR):
        if folder.is_symlink():
            return f"`{shown}` is a link, and links aren't followed. Name the folder itself."
        return f"`{shown}` isn't a folder. Name the folder that holds the work."
    if number in (errno.EACCES, errno.EPERM):
        return f"The folder `{shown}` can't be read: its permissions forbid it. Allow reading it."
    reason = error.strerror if isinstance(error, OSError) else "its name can't be used"
    return f"The folder `{shown}` can't be read: {reason}."
