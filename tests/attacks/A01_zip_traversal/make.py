"""An archive that would write outside of where it is unpacked."""

import zipfile
from pathlib import Path

NAMES = (
    "../../PWNED_UP.py", "/PWNED_ROOT.py", "C:\\PWNED.py", "..\\..\\PWNED.py", "./a/../../PWNED.py",
    "\\\\127.0.0.1\\share\\x.py", "~/.bashrc", "solution.py",
)


def make(folder: Path) -> Path:
    path = folder / "hand-in.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name in NAMES:
            archive.writestr(name, "x = 1\n")
    return path
