"""Copies of the course to live in, for tests that change it."""

from __future__ import annotations

import shutil
from pathlib import Path

ROOT = Path(__file__).parents[1]


def make_course(folder: Path, *names: str, solutions: bool = False) -> Path:
    """Copy some exercises of the course, with their solutions if asked for; the exercises' folder.

    As they are checked out: nothing that a run has left behind comes along.
    """
    left = shutil.ignore_patterns("__pycache__", ".ipynb_checkpoints", ".pytest_cache")
    for side in ("exercises", "solutions") if solutions else ("exercises",):
        for name in names:
            shutil.copytree(ROOT / side / name, folder / side / name, ignore=left)
    for name in ("course.toml", "starters.json"):
        shutil.copy(ROOT / "exercises" / name, folder / "exercises")
    return folder / "exercises"
