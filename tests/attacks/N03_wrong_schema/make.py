"""Five notebooks, each wrong in its own way; `test_notebook.py` has more."""

import json
from pathlib import Path


def code(source: object, **metadata: object) -> dict[str, object]:
    return {"cell_type": "code", "metadata": metadata, "source": source, "outputs": []}


def make(folder: Path) -> None:
    top = {"nbformat": 4, "nbformat_minor": 5, "metadata": {}}
    texts = {
        "a": json.dumps({**top, "cells": {"0": code("1")}}),
        "b": json.dumps({**top, "cells": [code(5), code(["a = 1\n", 2, None, {"x": 1}])]}),
        "c": json.dumps({**top, "cells": [], "nbformat": 99}),
        "d": json.dumps([1, 2]),
        "e": '{"cells":' + "[" * 100_000 + "]" * 100_000 + "}",
    }
    for name, text in texts.items():
        (folder / f"{name}.ipynb").write_text(text)
