"""Named steps from an empty file to the present schema: SQL files, each run once, in order."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

from sqlite_utils import Database, Migrations

migrations = Migrations("gradebook")


@migrations(name="0001_record")
def _record(db: Database) -> None:
    _run(db, "0001_record.sql")


@migrations(name="0002_views")
def _views(db: Database) -> None:
    _run(db, "0002_views.sql")


@migrations(name="0003_comments")
def _comments(db: Database) -> None:
    _run(db, "0003_comments.sql")


@migrations(name="0004_arrival")
def _arrival(db: Database) -> None:
    _run(db, "0004_arrival.sql")


@migrations(name="0005_bytes")
def _bytes(db: Database) -> None:
    _run(db, "0005_bytes.sql")


def _run(db: Database, name: str) -> None:
    for statement in _statements(Path(__file__).with_name(name).read_text("utf-8")):
        db.execute(statement)


def _statements(script: str) -> Iterator[str]:
    """One at a time: `executescript` would end the transaction that a migration runs in."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement.strip()
            statement = ""
