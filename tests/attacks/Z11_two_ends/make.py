"""Readers from the front and from the back see different lists."""

import zipfile
from pathlib import Path


def make(folder: Path) -> Path:
    path = folder / "hand-in.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("solution.py", "x = 1\n")
        archive.comment = b"x" + b"PK\5\6" + bytes(18)
    return path
