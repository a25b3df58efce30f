"""Your own tests of status_client.py. Two are here to start with: add what you promise."""

from __future__ import annotations

from simulator import PATH, TRAINS, Simulator, page
from status_client import fetch_page, read_page


def test_a_page_without_faults() -> None:
    """Clause 1.1: `page().body` is a page as the feed gives it, with two trains."""
    found = read_page(page().body)
    assert [train.id for train in found.trains] == ["HD-1042", "HD-1050"]


def test_a_page_over_the_network() -> None:
    """Clause 2.2: the simulator answers this path with a page. `feed.requests` says who asked."""
    with Simulator({PATH: page()}) as feed:
        found = fetch_page(feed.url + PATH, "test-token")
    assert len(feed.requests) == 1
    assert len(found.trains) == len(TRAINS)
