"""Lineboard: read the train-status feed."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime

from feed import Board, Page, utc_now


def read_page(body: bytes) -> Page:
    """Return what one page of the feed says.

    body: the page as it came over the network
    Raises FeedError when it isn't a page as feed-api.md describes it.
    """
    raise NotImplementedError("read_page is not written yet")


def fetch_page(
    url: str,
    token: str,
    *,
    timeout: float = 5.0,
    sleep: Callable[[float], None] = time.sleep,
    clock: Callable[[], datetime] = utc_now,
) -> Page:
    """Ask the feed for one page and return it.

    url: where the page is
    token: what the feed knows us by; a secret
    timeout: for how many seconds the feed may say nothing
    sleep: called with the number of seconds to wait
    clock: gives the time now
    Raises FeedTimeout when the feed falls silent, FeedError when there is no page to be had.
    """
    raise NotImplementedError("fetch_page is not written yet")


def fetch_status(
    base_url: str,
    token: str,
    *,
    timeout: float = 5.0,
    sleep: Callable[[float], None] = time.sleep,
    clock: Callable[[], datetime] = utc_now,
) -> Board:
    """Ask the feed for all of its pages and return the board.

    base_url: the feed's server, such as http://127.0.0.1:8040
    token, timeout, sleep, clock: as in fetch_page
    Raises FeedTimeout when the feed falls silent, FeedError when there is no board to be had.
    """
    raise NotImplementedError("fetch_status is not written yet")
