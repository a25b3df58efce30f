"""A name for Unicode beside the ordinary one."""

import struct
import zipfile
import zlib
from pathlib import Path


def make(folder: Path) -> Path:
    path = folder / "hand-in.zip"
    other = b"solution.py"
    with zipfile.ZipFile(path, "w") as archive:
        entry = zipfile.ZipInfo("notes.txt")
        checksum = zlib.crc32(b"notes.txt")
        entry.extra = struct.pack("<HHBL", 0x7075, 5 + len(other), 1, checksum) + other
        archive.writestr(entry, "x = 1\n")
    return path
