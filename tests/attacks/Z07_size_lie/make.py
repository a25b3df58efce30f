"""Unpacking must stop at what was said."""

import zipfile
from pathlib import Path


def make(folder: Path) -> Path:
    path = folder / "hand-in.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        with archive.open("solution.py", "w", force_zip64=False) as file:
            for _ in range(1 << 10):
                file.write(bytes(1 << 20))
        archive.infolist()[0].file_size = 100
    data = path.read_bytes()
    path.write_bytes(data.replace((1 << 30).to_bytes(4, "little"), (100).to_bytes(4, "little")))
    return path
