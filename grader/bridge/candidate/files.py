"""Files that the examiner hands in before a question, and fetches after it."""

from __future__ import annotations

import os
import shutil
import stat
import time
from pathlib import Path

MAX_FILES = 500
MAX_TOTAL = 8 << 20
# The kernel's clock for files ticks this slowly: within a tick, two changes can look like one.
TICK = 20_000_000  # nanoseconds


def put(folder: str, files: dict[str, bytes | None], times: dict[str, int]) -> None:
    """Write files below a folder, made if need be; None removes one.

    A name that ends with "/" is a folder. `times` are nanoseconds at which files were changed.
    """
    root = Path(folder)
    root.mkdir(parents=True, exist_ok=True)
    for name, data in files.items():
        path = root / name
        if data is None:
            _remove(path)
        elif name.endswith("/"):
            path.mkdir(parents=True, exist_ok=True)
        else:
            if path.is_dir():
                shutil.rmtree(path)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
            if name in times:
                os.utime(path, ns=(times[name], times[name]))


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


class Outbox:
    """Remembers what the examiner has already seen of a folder."""

    def __init__(self) -> None:
        self._seen: dict[str, tuple[int, int, int]] = {}
        self._last: dict[str, bytes] = {}

    def changed(self, folder: str) -> list[object]:
        """Names of all regular files below, and the contents of those that are new or changed.

        Folders are among the names, with "/" at the end.
        """
        names: list[str] = []
        contents: dict[str, bytes] = {}
        marks: dict[str, tuple[int, int, int]] = {}
        total = 0
        for base, folders, found in os.walk(folder):
            folders.sort()
            if base != folder:
                names.append(os.path.relpath(base, folder) + "/")
            for name in sorted(found):
                path = os.path.join(base, name)  # noqa: PTH118
                facts = os.lstat(path)
                if not stat.S_ISREG(facts.st_mode):
                    continue
                relative = os.path.relpath(path, folder)
                names.append(relative)
                mark = (facts.st_ctime_ns, facts.st_size, facts.st_ino)
                known = self._seen.get(path) == mark
                if known and time.time_ns() - facts.st_ctime_ns > TICK:
                    continue
                total += facts.st_size
                if len(names) > MAX_FILES or total > MAX_TOTAL:
                    raise OSError("your program wrote more or larger files than are read back")
                marks[path] = mark
                data = Path(path).read_bytes()
                if not known or self._last.get(path) != data:
                    contents[relative] = self._last[path] = data
        self._seen.update(marks)
        return [names, contents]
