"""A learner's SQL, run on an empty SQLite database in the sandbox."""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from grader.bridge.artefacts.malformed import Malformed
from grader.bridge.artefacts.readers import Told, ask_reader
from grader.bridge.artefacts.sql_script import Statement
from grader.escaping import visible
from grader.sandbox import Sandbox

Cell = None | int | float | str | bytes
Step = tuple[str, Sequence[Any]]


@dataclass(frozen=True)
class Answer:
    """What a statement gave. `error` is SQLite's own text, "" when it worked; `refused` says
    whether a rule of the schema spoke (a constraint), and not a mistake in the statement."""

    columns: tuple[str, ...] = ()
    rows: tuple[tuple[Cell, ...], ...] = ()
    error: str = ""
    refused: bool = False

    @property
    def records(self) -> list[dict[str, Cell]]:
        """The rows by the names of their columns."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]


class _Answer(msgspec.Struct, frozen=True):
    columns: list[str] = []
    rows: list[list[Any]] = []
    more: bool = False
    error: str = ""
    kind: str = ""


class _Run(msgspec.Struct, frozen=True):
    answers: list[_Answer]
    failed: tuple[int, int, str] | None = None


class ScriptFailed(Exception):  # noqa: N818 - it is said of a file
    """A statement of a learner's file went wrong; `file` is its number among those run."""

    def __init__(self, file: int, problem: Malformed) -> None:
        super().__init__(problem.text)
        self.file = file
        self.problem = problem


def run_sql(
    sandbox: Sandbox,
    setup: Sequence[Sequence[Statement]],
    steps: Sequence[Step],
    note: Callable[[str], None],
    *,
    seconds: float = 10.0,
) -> list[Answer]:
    """Run scripts on a new database, then each step; one answer for each step.

    Raises ScriptFailed when a script doesn't run, Malformed when it takes too long or too much.
    """
    arguments = {
        "setup": [[one.text for one in statements] for statements in setup],
        "steps": [[text, [_sent(value) for value in values]] for text, values in steps],
    }
    late = f"was still running after {seconds:g} seconds; look for a query that never ends"
    run = ask_reader(
        sandbox, "sql_running", {}, arguments, Told[_Run], seconds=seconds, late=late, note=note
    )
    if run.failed is not None:
        raise _failure(setup, *run.failed)
    if len(run.answers) != len(steps):
        raise Malformed("gave no answer")
    return [_answer(one) for one in run.answers]


def _failure(setup: Sequence[Sequence[Statement]], file: int, place: int, said: str) -> Exception:
    if not (0 <= file < len(setup) and 0 <= place < len(setup[file])):
        return Malformed("gave no answer")
    text = f"SQLite refuses this statement ({visible(said, 160)})"
    return ScriptFailed(file, Malformed(text, setup[file][place].line))


def _answer(said: _Answer) -> Answer:
    if said.more:
        raise Malformed("gives more than 5,000 rows; narrow the query down")
    rows = tuple(tuple(_received(cell) for cell in row) for row in said.rows)
    if any(len(row) != len(said.columns) for row in rows):
        raise Malformed("gave no answer")
    return Answer(tuple(said.columns), rows, said.error, said.kind == "IntegrityError")


def _sent(value: Any) -> Any:
    return {"blob": base64.b64encode(value).decode()} if isinstance(value, bytes) else value


def _received(cell: Any) -> Cell:
    if isinstance(cell, Mapping):
        try:
            return base64.b64decode(str(cell.get("blob")), validate=True)
        except ValueError:
            raise Malformed("gave no answer") from None
    if cell is None or type(cell) in (int, float, str):
        return cell  # type: ignore[no-any-return]
    raise Malformed("gave no answer")
