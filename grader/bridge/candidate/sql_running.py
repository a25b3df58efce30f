"""Runs a learner's SQL on a database in memory: some scripts, then single statements."""

from __future__ import annotations

import base64
import contextlib
import math
import re
import sqlite3
from typing import Any

from .answering import answer

MOST_ROWS = 5_000
MOST_CELL = 100_000
MAX_NESTING = 80  # SQLite 3.40 gives up at about 95, 3.53 goes on to thousands
_QUOTED = re.compile(r"""--[^\n]*|/\*.*?\*/|'[^']*'|"[^"]*"|`[^`]*`|\[[^\]]*\]""", re.DOTALL)
_REFUSED = {
    getattr(sqlite3, name) for name in ("SQLITE_ATTACH", "SQLITE_DETACH") if hasattr(sqlite3, name)
}


def main(arguments: Any, fds: list[int]) -> None:
    """Entry point. `arguments`: `setup` (lists of statements, one list for each file) and
    `steps`, each a statement and its parameters."""
    answer(lambda: _run(arguments["setup"], arguments["steps"]), fds[0])


def _run(setup: list[list[str]], steps: list[list[Any]]) -> dict[str, Any]:
    with contextlib.closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        connection.set_authorizer(_allows)
        _limit(connection)
        for number, statements in enumerate(setup):
            for place, statement in enumerate(statements):
                try:
                    connection.execute(_checked(statement))
                except (sqlite3.Error, sqlite3.Warning, ValueError) as error:
                    return {"answers": [], "failed": [number, place, str(error)[:300]]}
        return {"answers": [_step(connection, *step) for step in steps], "failed": None}


def _checked(statement: str) -> str:
    """The statement; sqlite3.Error when it is nested deeper than each SQLite can read.

    How deep that is changed from one version of SQLite to the next.
    """
    depth = 0
    for mark in re.findall(r"[()]", _QUOTED.sub("", statement)):
        depth += 1 if mark == "(" else -1
        if depth > MAX_NESTING:
            raise sqlite3.OperationalError(f"more than {MAX_NESTING} brackets inside one another")
    return statement


def _allows(action: int, *_names: object) -> int:
    return sqlite3.SQLITE_DENY if action in _REFUSED else sqlite3.SQLITE_OK


def _limit(connection: sqlite3.Connection) -> None:
    for name, most in (("SQLITE_LIMIT_LENGTH", 4 << 20), ("SQLITE_LIMIT_EXPR_DEPTH", 200)):
        number = getattr(sqlite3, name, None)
        if number is not None:
            connection.setlimit(number, most)


def _step(connection: sqlite3.Connection, statement: str, parameters: list[Any]) -> dict[str, Any]:
    """The answer to one statement; its error does not end the others."""
    try:
        cursor = connection.execute(_checked(statement), [_value(one) for one in parameters])
        rows = cursor.fetchmany(MOST_ROWS + 1)
    except (sqlite3.Error, sqlite3.Warning, ValueError, OverflowError) as error:
        return {"error": f"{str(error)[:300]}", "kind": type(error).__name__}
    names = [str(column[0]) for column in cursor.description or ()]
    told = [[_told(cell) for cell in row] for row in rows[:MOST_ROWS]]
    return {"columns": names, "rows": told, "more": len(rows) > MOST_ROWS}


def _value(told: Any) -> Any:
    return base64.b64decode(told["blob"]) if isinstance(told, dict) else told


def _told(cell: Any) -> Any:
    if isinstance(cell, bytes):
        return {"blob": base64.b64encode(cell[:MOST_CELL]).decode()}
    if isinstance(cell, float) and not math.isfinite(cell):
        return str(cell)  # JSON has no way to write it
    return cell[:MOST_CELL] if isinstance(cell, str) else cell
