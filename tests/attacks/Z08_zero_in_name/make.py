"""`solution.py` and a zero byte, then something else."""

import zipfile
from pathlib import Path


def make(folder: Path) -> Path:
    path = folder / "hand-in.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("solution.pyX.txt", "x = 1\n")
    path.write_bytes(path.read_bytes().replace(b"solution.pyX", b"solution.py\0"))
    return path
