"""Readers differ in which of two entries of one name they take."""

import warnings
import zipfile
from pathlib import Path


def make(folder: Path) -> Path:
    path = folder / "hand-in.zip"
    with warnings.catch_warnings(), zipfile.ZipFile(path, "w") as archive:
        warnings.simplefilter("ignore")
        archive.writestr("solution.py", "CLEAN = 1\n")
        archive.writestr("solution.py", "print('the second one')\n")
    return path
