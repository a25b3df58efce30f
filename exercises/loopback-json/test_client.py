"""Your own tests of status_client.py. Two are here to start with: add what you promise."""

from __future__ import annotations

import pytest
from feed import FeedError
from simulator import PATH, TRAINS, Simulator, page
from status_client import fetch_page, read_page


def test_a_page_that_is_not_json() -> None:
    """Clause 1.2: the feed's web server shows a page of its own."""
    with pytest.raises(FeedError):
        read_page(b"<html>Back at nine</html>")


def test_a_page_over_the_network() -> None:
    """Clauses 2.1 and 2.2: one request, with the token in its header."""
    with Simulator({PATH: page()}) as feed:
        found = fetch_page(feed.url + PATH, "test-token")
    assert [train.id for train in found.trains] == [train["id"] for train in TRAINS]
    assert [request.headers["Authorization"] for request in feed.requests] == ["Bearer test-token"]
