"""What one kernel knows: its workspace, its notebook, the cells that were run in it."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from grader.catalogue import Exercise
from grader.errors import GraderError, UsageError
from grader.lab.agreed import unnamed_home
from grader.lab.repeated import by_mark
from grader.lab.sync import compare_cells, home_of
from grader.results import ExerciseResult
from grader.submission import MarkedCell, read_marked_cells
from grader.workspace import Workspace
from grader.workspace.course import course_folder, exercises_under, one_exercise

_CELL_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")  # as notebooks keep it; VS Code sends an address


@dataclass
class Session:
    """State of the magics in one kernel; all of it may be lost in a restart.

    `runs` holds for each mark the text that was run last and `ran_in` the id of its cell, where
    that is known; `by_cell` what each cell held when it was in its file last.
    """

    names: Mapping[str, Any]
    workspace: Workspace = field(default_factory=lambda: Workspace(course_folder(None)))
    runs: dict[str, str] = field(default_factory=dict)
    ran_in: dict[str, str] = field(default_factory=dict)
    by_cell: dict[str, dict[str, str]] = field(default_factory=dict)
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

    def note(self, mark: str) -> None:
        """Remember that the cell which was run last is in its file."""
        if cell_id := self.ran_in.get(mark):
            self.by_cell.setdefault(mark, {})[cell_id] = self.runs[mark]

    def cells(self, mark: str) -> Sequence[MarkedCell]:
        """Return all cells for a file that are known: saved ones, and texts that were run."""
        saved = self._saved()[0].get(mark, [])
        texts = [self.runs[mark]] if mark in self.runs else []
        texts += self.by_cell.get(mark, {}).values()
        return [*saved, *(MarkedCell(0, mark, text) for text in texts)]

    def beside(self, mark: str, text: str, cell_id: str) -> tuple[int, Sequence[MarkedCell]]:
        """Return the number of a cell that is run (0: not saved yet) and the others for its file.

        A cell that was run before and isn't in a notebook that holds this one has been deleted.
        """
        saved = self._saved()[0].get(mark, [])
        own = _own(saved, text, cell_id)
        ids = {cell.id for cell in saved}
        others = [cell for cell in saved if cell is not own]
        numbers = {cell.id: cell.number for cell in saved}
        is_saved = own is not None and own.id == cell_id
        for other, ran in self.by_cell.get(mark, {}).items():
            if other != cell_id and (other in ids or not is_saved):
                others.append(MarkedCell(numbers.get(other, 0), mark, ran, other))
        return own.number if own is not None else 0, others

    def not_graded(self, exercise: Exercise) -> list[str]:
        """Say which cells of the exercise hold something else than the files that are graded."""
        saved, trouble = self._saved()
        marks = [f"{exercise.id}/{name}" for name in exercise.work]
        found = [self._told(mark, saved.get(mark, [])) for mark in marks]
        return [*filter(None, [trouble]), *filter(None, found)]

    def _saved(self) -> tuple[Mapping[str, list[MarkedCell]], str]:
        path = self.notebook
        try:
            cells = read_marked_cells(path) if path is not None else ()
        except GraderError as error:
            return {}, str(error)
        return by_mark(cells), ""

    def _told(self, mark: str, saved: list[MarkedCell]) -> str:
        ran = [MarkedCell(0, mark, self.runs[mark])] if mark in self.runs else []
        cells = saved or ran
        if not any(cell.text.strip() for cell in cells):
            return ""
        found = compare_cells(self.workspace, cells, self.home)
        if found.state == "written":
            return (
                f"The cell for {mark} was edited and not run since, so the file was graded as it "
                "was before. Run the cell, then check again."
            )
        if found.state == "same":
            return ""
        return f"{found.sentence} The file was graded."


def _own(saved: Sequence[MarkedCell], text: str, cell_id: str) -> MarkedCell | None:
    """Return the saved cell that is being run: by its id, else by its text, else the only one."""
    if _CELL_ID.fullmatch(cell_id) and any(cell.id for cell in saved):
        return next((cell for cell in saved if cell.id == cell_id), None)
    alike = [cell for cell in saved if cell.text.rstrip("\n") == text.rstrip("\n")]
    if len(saved) == 1:
        return saved[0]
    return alike[0] if alike else None
