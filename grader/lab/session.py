"""What one kernel knows: its workspace, its notebook, the cells that were run in it."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from grader.catalogue import Exercise
from grader.errors import GraderError, UsageError
from grader.lab.agreed import unnamed_home
from grader.lab.sync import compare_cell, home_of
from grader.results import ExerciseResult
from grader.submission import read_marked_cells
from grader.workspace import Workspace
from grader.workspace.course import course_folder, exercises_under, one_exercise


@dataclass
class Session:
    """State of the magics in one kernel; all of it may be lost in a restart."""

    names: Mapping[str, Any]
    workspace: Workspace = field(default_factory=lambda: Workspace(course_folder(None)))
    runs: dict[str, str] = field(default_factory=dict)
    seen: dict[str, str] = field(default_factory=dict)
    shared: dict[str, dict[str, Any]] = field(default_factory=dict)
    results: dict[str, ExerciseResult] = field(default_factory=dict)
    current: str = ""
    unnamed: str = field(default_factory=unnamed_home)

    @property
    def exercises(self) -> tuple[Exercise, ...]:
        """All exercises of the course."""
        return exercises_under([self.workspace.exercises], need_starters=False)

    @property
    def notebook(self) -> Path | None:
        """The saved notebook that this kernel runs, where Jupyter or VS Code says so."""
        named = self.names.get("__vsc_ipynb_file__") or os.environ.get("JPY_SESSION_NAME", "")
        if not isinstance(named, str) or not named.endswith(".ipynb"):
            return None
        here = Path.cwd()
        tried = (base / named for base in (here, *here.parents))
        return next((path for path in tried if path.is_file()), None)

    @property
    def home(self) -> str:
        """The name under which this notebook's cells are remembered."""
        path = self.notebook
        return home_of(self.workspace, path) if path is not None else self.unnamed

    def exercise(self, text: str) -> Exercise:
        """Return the exercise that is meant; without a word the one worked on last."""
        every = self.exercises
        path = self.notebook
        name = text or self.current or (path.stem if path is not None else "")
        if not text and name not in [one.id for one in every]:
            raise UsageError(f"Which exercise? Name it, as in `%check {every[0].id}`.")
        return one_exercise(name, every)

    def mark(self, text: str) -> str:
        """Return the mark that is meant by "fares.py", by a whole mark, or by nothing."""
        if "/" in text:
            return text
        known = [*self.seen, *self.runs]
        if text:
            ending = [one for one in known if one.endswith(f"/{text}")]
            if ending:
                return ending[0]
            return f"{self.exercise('').id}/{text}"
        if len(set(self.seen)) == 1:
            return known[0]
        if len(set(known)) == 1:
            return known[0]
        raise UsageError("Which file? Name it, as in `%take file price-a-journey/fares.py`.")

    def cell(self, mark: str) -> str | None:
        """Return the cell for a file as it was run last, or after a restart as it was saved."""
        return self.runs.get(mark) or self._saved()[0].get(mark)

    def not_graded(self, exercise: Exercise) -> list[str]:
        """Say which cells of the exercise hold something else than the files that are graded."""
        saved, trouble = self._saved()
        marks = [f"{exercise.id}/{name}" for name in exercise.work]
        found = [self._told(mark, saved.get(mark), self.runs.get(mark)) for mark in marks]
        return [*filter(None, [trouble]), *filter(None, found)]

    def _saved(self) -> tuple[dict[str, str], str]:
        path = self.notebook
        try:
            cells = read_marked_cells(path) if path is not None else ()
        except GraderError as error:
            return {}, str(error)
        return {cell.mark: cell.text for cell in cells}, ""

    def _told(self, mark: str, saved: str | None, ran: str | None) -> str:
        text = saved if saved is not None else ran
        if text is None or not text.strip():
            return ""
        found = compare_cell(self.workspace, mark, text, self.home)
        if found.state == "written":
            return (
                f"The cell for {mark} was edited and not run since, so the file was graded as it "
                "was before. Run the cell, then check again."
            )
        if found.state == "same":
            return ""
        return f"{found.sentence} The file was graded."
