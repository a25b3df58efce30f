"""A notebook whose outputs are all that there is of it."""

import json
from pathlib import Path


def make(folder: Path) -> None:
    picture = {"output_type": "display_data", "data": {"image/png": "iVBOR" + "A" * (100 << 20)}}
    lines = {"output_type": "stream", "name": "stdout", "text": ["x\n"] * 1_000_000}
    cells = [
        {"cell_type": "code", "metadata": {}, "source": "1", "outputs": [output]}
        for output in (picture, lines)
    ]
    text = json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": cells})
    (folder / "giant.ipynb").write_text(text)
