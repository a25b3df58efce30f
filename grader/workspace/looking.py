"""Tells when work has changed, by looking at it every now and then.

Looking, not a library that is told by the system: an exercise has a handful of files, so a look
costs some microseconds, and it also works on network and Windows drives, where nothing is told.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping

from grader.catalogue import Exercise

EVERY = 0.3
SETTLED = 0.1
LONGEST = 8_000_000

State = Mapping[str, str]
_Sign = tuple[int, int, int, int]


class Watched:
    """The work of one exercise. A file is read only when its date, size or place has changed."""

    def __init__(self, exercise: Exercise) -> None:
        self._exercise = exercise
        self._signs: dict[str, _Sign] = {}
        self._digests: dict[str, str] = {}

    def look(self) -> State:
        """Return a digest of each work file, "" where there is none."""
        for name in self._exercise.work:
            sign = self._sign(name)
            if sign is None:
                self._signs.pop(name, None)
                self._digests[name] = ""
            elif self._signs.get(name) != sign:
                self._signs[name] = sign
                self._digests[name] = self._digest(name, sign)
        return dict(self._digests)

    def settle(self, state: State, wait: Callable[[float], object]) -> State:
        """Look until nothing changes any more: an editor may still be writing."""
        while True:
            wait(SETTLED)
            now = self.look()
            if now == state:
                return now
            state = now

    def _sign(self, name: str) -> _Sign | None:
        try:
            found = (self._exercise.folder / name).stat()
        except OSError:
            return None
        return found.st_mtime_ns, found.st_ctime_ns, found.st_size, found.st_ino

    def _digest(self, name: str, sign: _Sign) -> str:
        path = self._exercise.folder / name
        try:
            # What isn't a file, or is too large to be graded, is told apart by its dates alone.
            if path.is_file() and sign[2] <= LONGEST:
                return hashlib.sha256(path.read_bytes()).hexdigest()
        except OSError:
            return ""
        return repr(sign)
