"""All ones in place of the size, and no long form of it."""

import zipfile
from pathlib import Path


def make(folder: Path) -> Path:
    path = folder / "hand-in.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("solution.py", "x = 1\n")
    data = bytearray(path.read_bytes())
    listed = data.index(b"PK\1\2")
    data[listed + 24 : listed + 28] = b"\xff" * 4
    path.write_bytes(data)
    return path
