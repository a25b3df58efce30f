"""Removes trees that were built to resist it: a thousand folders deep, of mode 000, odd names.

Theory of operation. Nothing recurses and no path is built: a folder's folders are moved up to
the top one and dealt with there, so depth costs neither stack nor descriptors nor path length.
Links are never followed. Folders are opened first and changed through the descriptor, so that
a program which is still running can't swap one for a link to somebody else's folder.
"""

# ruff: noqa: PTH101, PTH106, PTH208 - works by descriptors, which pathlib does not
from __future__ import annotations

import contextlib
import os
import secrets
import time
from collections.abc import Collection

_FOLDER = os.O_RDONLY
for _name in ("O_DIRECTORY", "O_NOFOLLOW", "O_CLOEXEC"):
    _FOLDER |= getattr(os, _name, 0)  # Windows has none of them, but must be able to import this


def empty_folder(folder: str, *, keep: Collection[str] = (), seconds: float = 10.0) -> None:
    """Remove all that is in `folder`, except entries named in `keep`.

    Raises `TimeoutError` when it takes longer, `OSError` when something can't be removed.
    """
    deadline = time.monotonic() + seconds
    top = _open_top(folder)
    try:
        with contextlib.suppress(PermissionError):  # a drive that has no permissions
            os.fchmod(top, 0o700)
        queue = [name for name in os.listdir(top) if name not in keep]
        while queue:
            _remove(top, queue.pop(), queue, deadline)
    finally:
        os.close(top)


def remove_folder(folder: str, *, seconds: float = 10.0) -> None:
    """Remove `folder` and all that is in it; errors as for `empty_folder`."""
    empty_folder(folder, seconds=seconds)
    os.rmdir(folder)


def _open_top(folder: str) -> int:
    try:
        return os.open(folder, _FOLDER)
    except PermissionError:
        above, name = os.path.split(folder)
        parent = os.open(above, _FOLDER)
        try:
            return _open_folder(parent, name)
        finally:
            os.close(parent)


def _remove(top: int, name: str, queue: list[str], deadline: float) -> None:
    """Remove one entry of the top folder; folders in it move up and join the queue."""
    try:
        os.unlink(name, dir_fd=top)
    except FileNotFoundError:
        return
    except (IsADirectoryError, PermissionError):  # which of them is up to the system
        folder = _open_folder(top, name)
        try:
            for entry in os.listdir(folder):
                if time.monotonic() > deadline:
                    raise TimeoutError("the files could not be removed in time") from None
                _lift(folder, entry, top, queue)
        finally:
            os.close(folder)
        os.rmdir(name, dir_fd=top)


def _lift(folder: int, entry: str, top: int, queue: list[str]) -> None:
    """Remove one entry of a folder, or move it to the top when it is a folder with something in."""
    with contextlib.suppress(IsADirectoryError, PermissionError):
        os.unlink(entry, dir_fd=folder)
        return
    with contextlib.suppress(OSError):
        os.rmdir(entry, dir_fd=folder)
        return
    os.close(_open_folder(folder, entry))  # it must be writable to move
    name = f".gone-{secrets.token_hex(12)}"
    os.rename(entry, name, src_dir_fd=folder, dst_dir_fd=top)
    queue.append(name)


def _open_folder(parent: int, name: str) -> int:
    """Open a folder and make it ours to change, whatever its mode was."""
    try:
        folder = os.open(name, _FOLDER, dir_fd=parent)
    except PermissionError:
        _make_readable(parent, name)
        folder = os.open(name, _FOLDER, dir_fd=parent)
    with contextlib.suppress(PermissionError):
        os.fchmod(folder, 0o700)
    return folder


def _make_readable(parent: int, name: str) -> None:
    if not hasattr(os, "O_PATH"):
        os.chmod(name, 0o700, dir_fd=parent)
        return
    pinned = os.open(name, os.O_PATH | os.O_DIRECTORY | os.O_NOFOLLOW, dir_fd=parent)
    try:
        os.chmod(f"/proc/self/fd/{pinned}", 0o700)
    except (FileNotFoundError, NotADirectoryError):
        # A cell's own mount namespace has no /proc, and nothing there but the work can change.
        os.chmod(name, 0o700, dir_fd=parent)
    finally:
        os.close(pinned)
