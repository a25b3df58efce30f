"""The list at the end says one name, the header in front of the entry another."""

import zipfile
from pathlib import Path


def make(folder: Path) -> Path:
    path = folder / "hand-in.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("SOLUTION.PY", "x = 2\n")
    path.write_bytes(path.read_bytes().replace(b"SOLUTION.PY", b"sitecustom.", 1))
    return path
