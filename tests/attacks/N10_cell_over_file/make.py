"""A cell that is the reference, beside a wrong file."""

import json
from pathlib import Path


def code(source: object, **metadata: object) -> dict[str, object]:
    return {"cell_type": "code", "metadata": metadata, "source": source, "outputs": []}


def make(folder: Path) -> None:
    reference = Path(__file__).parents[1] / "host" / "solutions" / "parcel-rates" / "solution.py"
    source = "%%workfile parcel-rates/solution.py\n" + reference.read_text()
    (folder / "mine.ipynb").write_text(json.dumps({"nbformat": 4, "cells": [code(source)]}))
