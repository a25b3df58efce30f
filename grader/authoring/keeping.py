"""Results of earlier lints, in the user's cache folder: one file for each course.

Only results that the last full run used are kept, so that the file doesn't grow with every edit.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path
from typing import TypeVar

import msgspec

from grader.sandbox import temporary

Kept = TypeVar("Kept", bound=msgspec.Struct)


class Shelf:
    """Results by key. Without a `file`, nothing is kept."""

    def __init__(self, file: Path | None = None) -> None:
        self._file = file
        self._found: dict[str, msgspec.Raw] = {}
        self._used: dict[str, msgspec.Raw] = {}
        if file is not None:
            try:
                self._found = msgspec.json.decode(file.read_bytes(), type=dict[str, msgspec.Raw])
            except (OSError, msgspec.DecodeError):
                pass

    def find(self, key: str, kind: type[Kept]) -> Kept | None:
        """The result that was kept under a key."""
        raw = self._found.get(key)
        if raw is None:
            return None
        try:
            found = msgspec.json.decode(raw, type=kind)
        except msgspec.DecodeError:
            return None
        self._used[key] = raw
        return found

    def keep(self, key: str, result: msgspec.Struct) -> None:
        """Keep a result for the next run."""
        self._used[key] = msgspec.Raw(msgspec.json.encode(result))

    def save(self, *, all_used: bool) -> None:
        """Write the file; with `all_used`, without what this run did not ask for."""
        if self._file is None:
            return
        kept = self._used if all_used else {**self._found, **self._used}
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile(dir=self._file.parent, delete=False) as written:
                written.write(msgspec.json.encode(kept))
            Path(written.name).replace(self._file)
        except OSError:
            pass  # a lint without a cache is only slower


def shelf_file(course: Path) -> Path | None:
    """Where the results of the course in a folder are kept; None where nothing can be."""
    base = temporary.cache()
    if base is None:
        return None
    name = hashlib.sha256(os.fsencode(course.resolve())).hexdigest()[:24]
    return base / "lint" / f"{name}.json"
