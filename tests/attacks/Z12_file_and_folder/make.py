"""One of the two can't be written when it is unpacked."""

import zipfile
from pathlib import Path


def make(folder: Path) -> Path:
    path = folder / "hand-in.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("solution.py", "x = 1\n")
        archive.writestr("solution.py/__init__.py", "x = 2\n")
    return path
