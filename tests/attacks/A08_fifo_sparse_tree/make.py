"""A folder of things that are no plain files, and of too many that are."""

import os
import socket
from pathlib import Path


def make(folder: Path) -> None:
    (folder / "solution.py").unlink()
    os.mkfifo(folder / "solution.py")
    (folder / "test_solution.py").write_bytes(b"")
    os.truncate(folder / "test_solution.py", 1 << 40)
    (folder / "unreadable.py").touch(mode=0)
    here = os.getcwd()
    os.chdir(folder)  # a socket's path may only be short
    try:
        with socket.socket(socket.AF_UNIX) as made:
            made.bind("s")
        for _ in range(1000):
            os.mkdir("d")
            os.chdir("d")
    finally:
        os.chdir(here)
    (folder / "many").mkdir()
    for number in range(20_000):
        (folder / "many" / f"f{number}").touch()
