"""The second entry of the list lies in the contents of the first."""

import zipfile
from pathlib import Path


def make(folder: Path) -> Path:
    path = folder / "hand-in.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("solution.py", "x = 1\n")
    entry = path.read_bytes()[: 30 + len("solution.py") + 6]
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.txt", entry)
        archive.writestr("solution.py", "x = 1\n")
        first, second = archive.infolist()
        second.header_offset = first.header_offset + 30 + len("a.txt")
    return path
