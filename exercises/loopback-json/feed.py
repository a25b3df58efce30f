"""What a board is made of, and what can go wrong. Given: use these names as they are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime


class FeedError(Exception):
    """The feed gave no answer that can be used; the message says what was wrong, and where."""


class FeedTimeout(FeedError):
    """The feed did not answer in time."""


@dataclass(frozen=True)
class Train:
    """One train on the board.

    id: the train's number, such as "HD-1042"
    to: where it ends
    state: "on time", "late" or "cancelled"
    minutes_late: whole minutes, 0 or more
    """

    id: str
    to: str
    state: str
    minutes_late: int


@dataclass(frozen=True)
class Page:
    """One page of the feed.

    generated_at: when the feed made the page, with its time zone
    trains: the trains on the page, in the order of the feed
    next: the link to the next page as the feed gives it; None on the last page
    """

    generated_at: datetime
    trains: list[Train]
    next: str | None


@dataclass(frozen=True)
class Board:
    """All pages together.

    generated_at: the time of the oldest page
    trains: the trains of all pages, in the order of the feed
    stale: whether the board is too old to be trusted
    """

    generated_at: datetime
    trains: list[Train]
    stale: bool


def utc_now() -> datetime:
    """Return the time now, in UTC and with its time zone."""
    return datetime.now(UTC)
