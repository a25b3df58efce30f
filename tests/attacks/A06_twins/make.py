"""On other systems one of the two would be written over the other."""

import zipfile
from pathlib import Path


def make(folder: Path) -> Path:
    path = folder / "hand-in.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name in ("caf\u00e9.py", "cafe\u0301.py", "solution.py", "Solution.py"):
            archive.writestr(name, "x = 1\n")
    return path
