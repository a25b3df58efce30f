"""Collects a repository from a learner's folder as plain bytes; git itself never runs.

Theory of operation. Only what holds history is taken: objects, refs, logs, the index and the
names of heads. Configuration, hooks, attributes, alternates and links stay where they are, so
that nothing in them can be obeyed by whoever reads the result (which is done in the sandbox).
"""

from __future__ import annotations

import itertools
import os
import stat
from collections.abc import Iterator
from pathlib import Path

from grader.errors import SubmissionError
from grader.escaping import visible
from grader.submission.opening import UnreadableError, open_inside, open_root, read_file

MOST_FILES = 4_000
MOST_BYTES = 48 << 20
DEEPEST = 16

_FOLDERS = ("objects", "refs", "logs")
_FILES = ("HEAD", "packed-refs", "index", "MERGE_HEAD", "ORIG_HEAD")


def read_git_folder(folder: Path) -> dict[str, bytes]:
    """Return the files of `folder/.git` that hold history, by name from `folder`.

    Empty when there is no repository. Raises SubmissionError when it is too large.
    """
    found: dict[str, bytes] = {}
    room = MOST_BYTES
    with open_root(folder) as root:
        for name in _names(root):
            try:
                found[name] = read_file(root, name, room)
            except UnreadableError:
                if _is_too_large(root, name, room):
                    raise _too_large(folder) from None
                continue
            room -= len(found[name])
            if len(found) > MOST_FILES:
                raise _too_large(folder)
    return found if ".git/HEAD" in found else {}


def _names(root: int) -> Iterator[str]:
    try:
        with open_inside(root, ".git") as git:
            yield from (f".git/{name}" for name in _FILES)
            for name in _FOLDERS:
                yield from (f".git/{below}" for below in _below(git, name, 1))
    except OSError:
        return  # none, or a file or link in its place


def _below(opened: int, name: str, depth: int) -> Iterator[str]:
    """Names of regular files below the folder `name` of the open folder; links aren't followed."""
    if depth > DEEPEST:
        return
    try:
        with open_inside(opened, name) as inside:
            with os.scandir(inside) as entries:
                kinds = [
                    (entry.name, entry.is_dir(follow_symlinks=False))
                    for entry in itertools.islice(entries, MOST_FILES + 1)
                    if not entry.is_symlink()
                ]
            for entry, is_folder in sorted(kinds):
                if is_folder:
                    yield from (f"{name}/{one}" for one in _below(inside, entry, depth + 1))
                else:
                    yield f"{name}/{entry}"
    except OSError:
        return


def _is_too_large(root: int, name: str, room: int) -> bool:
    try:
        facts = os.stat(name, dir_fd=root, follow_symlinks=False)
    except OSError:
        return False
    return stat.S_ISREG(facts.st_mode) and facts.st_size > room


def _too_large(folder: Path) -> SubmissionError:
    return SubmissionError(
        f"The git repository in `{visible(str(folder))}` has more than {MOST_FILES:,} files or "
        f"{MOST_BYTES >> 20} MB. Hand in a smaller one, for instance a fresh clone."
    )
