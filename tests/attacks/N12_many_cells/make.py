"""Cells that would write configuration."""

import json
from pathlib import Path


def code(source: object, **metadata: object) -> dict[str, object]:
    return {"cell_type": "code", "metadata": metadata, "source": source, "outputs": []}


def make(folder: Path) -> None:
    cells = [code(f"%%workfile parcel-rates/conftest.py\nx = {n}") for n in range(2_000)]
    (folder / "mine.ipynb").write_text(json.dumps({"nbformat": 4, "cells": cells}))
