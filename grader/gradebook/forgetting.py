"""Erases one person from every table, as `columns.toml` says of each."""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Mapping
from pathlib import Path

from sqlite_utils import Database


@functools.cache
def conditions() -> Mapping[str, str]:
    """By table and in order: which rows go when `:who` is forgotten."""
    text = Path(__file__).with_name("columns.toml").read_text("utf-8")
    found: dict[str, str] = tomllib.loads(text)["forget"]
    return found


def counted(db: Database, who: str) -> dict[str, int]:
    """How many rows of each table would go."""
    return {
        table: int(
            db.execute(f"select count(*) from {table} where {where}", {"who": who}).fetchone()[0]
        )
        for table, where in conditions().items()
    }


def erase(db: Database, who: str) -> None:
    """Delete them, in the transaction that is open."""
    for table, where in conditions().items():
        db.execute(f"delete from {table} where {where}", {"who": who})


def compact(db: Database) -> None:
    """Write the file anew, so that nothing which was deleted can be read in it or beside it."""
    db.execute("vacuum")
    db.execute("pragma wal_checkpoint(truncate)")
