"""A small exercise with all that a learner's side of it needs, made anew for each test."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from grader.catalogue import Exercise, read_exercise
from grader.checks import Context, all_checks
from grader.standard import standard

HEAD = """\
format = 1
title = "A small one"
client = "Tapline"
track = "build"
difficulty = 1
minutes = 20
duties = ["D1"]
ksbs = ["S1", "S8", "K13", "B1"]
"""


class Small:
    """A course of one exercise, `small`, in a folder of its own."""

    def __init__(self, home: Path) -> None:
        self.folder = home / "exercises" / "small"
        self.solution = home / "solutions" / "small"
        self.folder.mkdir(parents=True)
        self.solution.mkdir(parents=True)

    def write(self, place: Path, files: Mapping[str, str]) -> None:
        """Write texts into one of the two folders."""
        for name, text in files.items():
            (place / name).parent.mkdir(parents=True, exist_ok=True)
            (place / name).write_text(text, "utf-8")

    def exercise(self, work: tuple[str, ...], tables: str) -> Exercise:
        """Read the exercise with this work and these tables; starters are empty if not there."""
        self.write(self.folder, {name: "" for name in work if not (self.folder / name).exists()})
        text = f"{HEAD}work = [{', '.join(map(repr, work))}]\n{tables}"
        self.write(self.folder, {"exercise.toml": text})
        return read_exercise(
            self.folder,
            kinds={name: check.options for name, check in all_checks().items()},
            known_codes=standard().ksbs,
            known_duties=standard().duties,
        )

    def run(self, check: str, exercise: Exercise, work: Mapping[str, str], **more: Any) -> Any:
        """Run one check; without an examiner, so nothing of the learner's is run."""
        data = {name: text.encode("utf-8", "surrogateescape") for name, text in work.items()}
        more = {"given": {}, "solution": self.solution, "examiner": None, **more}
        context = Context(exercise, data, **more)
        return all_checks()[check].run(context, exercise.checks[check])


@pytest.fixture
def small(tmp_path: Path) -> Small:
    return Small(tmp_path)


Run = Callable[..., Any]
