"""Metadata of other graders, edited, and a solution in a cell that is no code."""

import json
from pathlib import Path


def code(source: object, **metadata: object) -> dict[str, object]:
    return {"cell_type": "code", "metadata": metadata, "source": source, "outputs": []}


def make(folder: Path) -> Path:
    facts = {"grade": True, "points": 1000, "locked": False, "solution": True}
    cells = [
        code("def price(*a):\n    return 0", nbgrader={**facts, "grade_id": "parcel-rates/solution.py"}),
        code("pass", nbgrader={**facts, "grade_id": "test_solution"}, tags=["skip-execution"]),
        {**code("%%workfile parcel-rates/solution.py\nx = 1"), "cell_type": "markdown"},
        code("# first\n%%workfile parcel-rates/solution.py\nx = 1"),
    ]
    path = folder / "meta.ipynb"
    path.write_text(json.dumps({"nbformat": 4, "metadata": {"otter": {"points": 1000}}, "cells": cells}))
    return path
