"""The installed grader as a wheel, made of its own files: nothing is built, nothing fetched.

A wheel is a zip with the package and a folder that describes it; what describes the installed
grader is all that is needed.
"""

from __future__ import annotations

import base64
import hashlib
import importlib.metadata
import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

import grader
from grader.catalogue import regular_files
from grader.errors import SandboxError

NAME = "apprentice-grader"
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the same for each file, so that the same grader gives one wheel
# Where JupyterLab looks for what the package holds; the same as in pyproject.toml.
SHARED = {
    "lab/labextensions/apprentice-grader": "share/jupyter/labextensions/apprentice-grader",
    "lab/server/apprentice-grader.json": (
        "etc/jupyter/jupyter_server_config.d/apprentice-grader.json"
    ),
}
_WHEEL = "Wheel-Version: 1.0\nGenerator: grade release\nRoot-Is-Purelib: true\nTag: py3-none-any\n"


def make_wheel() -> tuple[str, bytes]:
    """The wheel's file name and content; SandboxError when the grader isn't installed."""
    try:
        installed = importlib.metadata.distribution(NAME)
    except importlib.metadata.PackageNotFoundError:
        text = f"`{NAME}` isn't installed here, so no wheel can be made; install it with pip."
        raise SandboxError(text) from None
    stem = f"{NAME.replace('-', '_')}-{installed.version}"
    home = Path(grader.__file__).parent
    own = {name: (home / name).read_bytes() for name in regular_files(home)}
    files = {f"grader/{name}": content for name, content in own.items()}
    for here, there in SHARED.items():
        for name in own:
            if name.startswith(here):
                files[f"{stem}.data/data/{there}{name.removeprefix(here)}"] = own[name]
    about = {
        "METADATA": installed.read_text("METADATA") or "",
        "WHEEL": _WHEEL,
        "entry_points.txt": installed.read_text("entry_points.txt") or "",
    }
    files.update({f"{stem}.dist-info/{name}": text.encode() for name, text in about.items()})
    return f"{stem}-py3-none-any.whl", _zipped(files, f"{stem}.dist-info/RECORD")


def _zipped(files: Mapping[str, bytes], record: str) -> bytes:
    lines = [f"{name},sha256={_digest(content)},{len(content)}" for name, content in files.items()]
    listed = {**files, record: ("\n".join([*lines, f"{record},,"]) + "\n").encode()}
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in listed.items():
            info = zipfile.ZipInfo(name, _EPOCH)
            info.external_attr = 0o644 << 16
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, content)
    return made.getvalue()


def _digest(content: bytes) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(content).digest()).decode().rstrip("=")
