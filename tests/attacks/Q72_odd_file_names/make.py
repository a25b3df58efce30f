import os
from pathlib import Path


def make(folder: Path) -> None:
    for name in (b"a\nb.py", b"\xff.py", b"\x1b[2J.py", b"<img src=x onerror=alert(1)>.py", "\u202eyp.x".encode()):
        with open(os.path.join(os.fsencode(folder), name), "wb") as file:
            file.write(b"x = 1\n")
