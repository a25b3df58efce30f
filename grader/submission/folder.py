"""Reads a submission that is a folder."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path

from grader.submission.findings import ReadLimits, Submission
from grader.submission.opening import is_there, open_root, read_file
from grader.submission.reading import LIMITS, Wanted, read_work
from grader.submission.scanning import Listing, scan


def read_folder(
    folder: Path,
    work: Sequence[str],
    *,
    limits: ReadLimits = LIMITS,
    given: Mapping[str, bytes] | None = None,
    exercise: str = "",
    starters: Mapping[str, str] | None = None,
) -> Submission:
    """Return the work files of a learner's folder; nothing of it is run and no link followed.

    `work` holds relative names with "/"; `given` the course's own files by name, of which a
    changed copy in the folder is reported and not read. With the id of the `exercise`, cells of
    notebooks in the folder are looked at; with `starters` (digests by file) what isn't begun gives
    way to what is. Raises SubmissionError when the folder can't be read
    at all.
    """
    wanted = Wanted(
        work=tuple(work),
        exercise=exercise,
        given=given or {},
        limits=limits,
        starters=starters or {},
    )
    with open_root(folder) as root:
        return read_work(_OpenFolder(root, limits), wanted)


class _OpenFolder:
    """An open folder as a source."""

    def __init__(self, root: int, limits: ReadLimits) -> None:
        self._root = root
        self._limits = limits

    @cached_property
    def listing(self) -> Listing:
        return scan(self._root, self._limits)

    def read(self, name: str, limit: int) -> bytes:
        return read_file(self._root, name, limit)

    def holds(self, name: str, *, folder: bool = False) -> bool:
        return is_there(self._root, name, folder=folder)
