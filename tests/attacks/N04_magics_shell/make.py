"""Each cell would do something if the notebook were run."""

import json
from pathlib import Path


def code(source: object, **metadata: object) -> dict[str, object]:
    return {"cell_type": "code", "metadata": metadata, "source": source, "outputs": []}


SOURCES = (
    "!touch PWNED_BY_BANG", "%%bash\ntouch PWNED_BY_CELL", "%run /etc/passwd", "%load_ext evil",
    "x = !ls /", "get_ipython().system('touch PWNED_BY_CALL')", "%env PYTHONPATH=.",
    "%%writefile conftest.py\nimport os", "await x", "?print", "%pip install evil", "%cd ..",
    "%%workfile parcel-rates/conftest.py\n!touch PWNED_BY_WORKFILE",
)


def make(folder: Path) -> None:
    cells = [code(source) for source in SOURCES]
    (folder / "magics.ipynb").write_text(json.dumps({"nbformat": 4, "cells": cells}))
