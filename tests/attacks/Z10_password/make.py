"""Only the mark that it is locked; nobody tries to open it."""

import zipfile
from pathlib import Path


def make(folder: Path) -> Path:
    path = folder / "hand-in.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("solution.py", "x = 1\n")
        archive.infolist()[0].flag_bits |= 1
    return path
