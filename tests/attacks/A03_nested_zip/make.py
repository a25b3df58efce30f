"""Ten archives of ten archives of ten mebibytes."""

import io
import zipfile
from pathlib import Path


def layer(data: bytes, name: str, suffix: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(10):
            archive.writestr(f"{name}{number}{suffix}", data)
    return buffer.getvalue()


def make(folder: Path) -> Path:
    data = layer(b"#" * (1 << 20), "a", ".py")
    data = layer(data, "b", ".zip")
    path = folder / "hand-in.zip"
    path.write_bytes(layer(data, "c", ".zip"))
    return path
