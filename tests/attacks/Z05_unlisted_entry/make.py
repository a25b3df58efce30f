"""Readers of a stream see three files, readers of the list two."""

import zipfile
from pathlib import Path


def make(folder: Path) -> Path:
    path = folder / "hand-in.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name in ("solution.py", "sitecustomize.py", "test_solution.py"):
            archive.writestr(name, "x = 1\n")
        hidden = archive.NameToInfo.pop("sitecustomize.py")
        archive.filelist.remove(hidden)
    return path
