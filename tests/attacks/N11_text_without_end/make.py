"""Each mark looks like the beginning of a text to whoever searches for one."""

from pathlib import Path


def make(folder: Path) -> None:
    (folder / "mine.ipynb").write_bytes(b'{"cells": ["' + b'\\"' * 4_900_000 + b"\\")
