"""Files that the examiner hands in before a question, and fetches after it."""

from __future__ import annotations

import os
import stat
from pathlib import Path

MAX_FILES = 500
MAX_TOTAL = 8 << 20


def put(folder: str, files: dict[str, bytes | None]) -> None:
    """Write files below a folder, made if need be; None removes one."""
    root = Path(folder)
    root.mkdir(parents=True, exist_ok=True)
    for name, data in files.items():
        path = root / name
        if data is None:
            path.unlink(missing_ok=True)
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)


class Outbox:
    """Remembers what the examiner has already seen of a folder."""

    def __init__(self) -> None:
        self._seen: dict[str, tuple[int, int, int]] = {}

    def changed(self, folder: str) -> list[object]:
        """Names of all regular files below, and the contents of those that are new or changed."""
        names: list[str] = []
        contents: dict[str, bytes] = {}
        marks: dict[str, tuple[int, int, int]] = {}
        total = 0
        for base, folders, found in os.walk(folder):
            folders.sort()
            for name in sorted(found):
                path = os.path.join(base, name)  # noqa: PTH118
                facts = os.lstat(path)
                if not stat.S_ISREG(facts.st_mode):
                    continue
                relative = os.path.relpath(path, folder)
                names.append(relative)
                mark = (facts.st_mtime_ns, facts.st_size, facts.st_ino)
                if self._seen.get(path) == mark:
                    continue
                total += facts.st_size
                if len(names) > MAX_FILES or total > MAX_TOTAL:
                    raise OSError("your program wrote more or larger files than are read back")
                marks[path] = mark
                contents[relative] = Path(path).read_bytes()
        self._seen.update(marks)
        return [names, contents]
