"""Rows of the gradebook as entries, and entries as rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec

from grader.evidence import Help, Mode, Record
from grader.gradebook.entries import Attempt, HandIn, Key, Stored
from grader.results import Status


def attempt_values(one: HandIn | Attempt) -> dict[str, Any]:
    """What an attempt has in its row besides whose it is."""
    return {
        "mode": one.mode.value,
        "seen_at": as_text(one.seen_at or one.handed_in_at),
        "handed_in_at": as_text(one.handed_in_at),
        "claimed_at": as_text(one.claimed_at) if one.claimed_at else None,
        "work": one.work,
    }


def in_order_of_time(attempts: Sequence[Sequence[Record]]) -> Iterator[Record]:
    """The records of attempts as they arrived, none of them dated after one that came later."""
    told: list[Sequence[Record]] = []
    latest = datetime.max.replace(tzinfo=UTC)
    for records in reversed(attempts):
        at = min([latest, *(one.at for one in records)])
        told.append([msgspec.structs.replace(one, at=min(one.at, at)) for one in records])
        latest = at - timedelta(microseconds=1)
    for records in reversed(told):
        yield from records


def stored(row: Mapping[str, Any]) -> Stored:
    """A result with its attempt, from a joined row."""
    return Stored(
        attempt=row["attempt"],
        number=row["number"],
        apprentice=row["apprentice"],
        exercise=row["exercise"],
        seen_at=datetime.fromisoformat(row["seen_at"]),
        handed_in_at=datetime.fromisoformat(row["handed_in_at"]),
        claimed_at=moment(row["claimed_at"]),
        mode=Mode(row["mode"]),
        help=Help(row["help"]),
        seed_attempt=row["seed_attempt"],
        work=row["work"],
        state=row["state"],
        graded_at=datetime.fromisoformat(row["graded_at"]),
        key=Key(row["exercise_digest"], row["grader"], row["isolation"]),
        status=Status(row["status"]),
        report=row["report"],
    )


def moment(kept: str | None) -> datetime | None:
    """A time as it is kept, or None."""
    return datetime.fromisoformat(kept) if kept else None


def as_text(at: datetime) -> str:
    """A time as it is kept: ISO 8601, UTC."""
    if at.tzinfo is None:
        raise ValueError("a time in the gradebook needs a time zone")
    return at.astimezone(UTC).isoformat(timespec="microseconds")
