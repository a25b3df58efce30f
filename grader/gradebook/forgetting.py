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
    found = {}
    for table, where in conditions().items():
        query = f"select count(*) from {table} where {where}"
        found[table] = int(db.execute(query, {"who": who}).fetchone()[0])
    return found


def erase(db: Database, who: str) -> None:
    """Delete them, in the transaction that is open."""
    for table, where in conditions().items():
        db.execute(f"delete from {table} where {where}", {"who": who})


def compact(db: Database) -> bool:
    """Write the file anew, so that nothing which was deleted can be read in it or beside it.

    False when another program that reads it keeps that from being done at once.
    """
    db.execute("vacuum")
    busy = db.execute("pragma wal_checkpoint(truncate)").fetchone()[0]
    return not busy
