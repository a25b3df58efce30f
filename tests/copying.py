"""Copies of the course to live in, for tests that change it."""

from __future__ import annotations

import shutil
from pathlib import Path

from grader.catalogue import read_exercise
from grader.checks import all_checks
from grader.checks.variants import read_variants
from grader.standard import standard

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


def faulty_work(name: str) -> dict[str, dict[str, bytes]]:
    """The files of each faulty variant of an exercise, by the variant's name."""
    exercise = read_exercise(
        ROOT / "exercises" / name,
        kinds={kind: check.options for kind, check in all_checks().items()},
        known_codes=standard().ksbs,
        known_duties=standard().duties,
    )
    variants = read_variants(exercise, ROOT / "solutions" / name)
    assert not variants.problems
    return {one.name: dict(one.files) for one in variants.faulty}
