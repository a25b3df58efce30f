"""A private folder for one run: files that make one hand-in, and a download that is one archive.

Theory of operation. Files of one person that lie beside other people's are put into an archive
under the course's own names, which the one zip reader reads again. A whole download is unpacked
by that reader's rules: plain relative paths, no links, within limits.
"""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from pathlib import Path

from grader.errors import UsageError
from grader.escaping import visible
from grader.submission import (
    LIMITS,
    ArchiveError,
    ArchiveLimits,
    UnreadableError,
    open_root,
    read_file,
    unpack_zip,
)

DOWNLOAD = ArchiveLimits(
    archive_bytes=500_000_000,
    entries=50_000,
    member_bytes=64_000_000,
    total_bytes=1_000_000_000,
)


class Spool:
    """Writes into one folder, under names of its own."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._count = 0

    def gather(self, exercise: str, files: Mapping[str, Path]) -> Path | str:
        """An archive of files by their names as work; else why there is none."""
        archive = self._next(".zip")
        with zipfile.ZipFile(archive, "w", zipfile.ZIP_STORED) as out:
            for name, path in files.items():
                try:
                    with open_root(path.absolute().parent) as root:
                        data = read_file(root, path.name, LIMITS.file_bytes)
                except UnreadableError as error:
                    return str(error)
                out.writestr(zipfile.ZipInfo(f"{exercise}/{name}"), data)
        return archive

    def unpack(self, archive: Path) -> Path:
        """The folder into which a whole download was unpacked; UsageError when it can't be."""
        folder = self._next("")
        try:
            unpack_zip(archive, folder, DOWNLOAD)
        except (ArchiveError, OSError) as error:
            raise UsageError(
                f"`{visible(archive.name)}` {str(error).rstrip('.')}. If it can be unpacked by "
                "hand, do that into a new folder and name the folder."
            ) from None
        return folder

    def _next(self, suffix: str) -> Path:
        self._count += 1
        return self._folder / f"gathered-{self._count}{suffix}"
