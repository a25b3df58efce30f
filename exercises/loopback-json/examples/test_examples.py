"""The worked examples of the ticket. Read them and run them, but leave them as they are."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from feed import FeedError, FeedTimeout, Train
from simulator import PATH, TRAINS, Answer, Simulator, no_page, page
from status_client import fetch_page, fetch_status, read_page

TOKEN = "example-token"
NOW = datetime(2026, 3, 14, 8, 0, 0, tzinfo=UTC)
LATE = Train("HD-1042", "Saltby Quay", "late", 7)
ON_TIME = Train("HD-1050", "Northmoor", "on time", 0)
THIRD = {"id": "HD-1066", "to": "Fell End", "state": "cancelled", "minutes_late": 0}
PAGE_2 = f"{PATH}?page=2"

Start = Callable[..., tuple[str, Simulator]]


@pytest.fixture
def start(request: pytest.FixtureRequest) -> Iterator[Start]:
    """Start a feed, and say where it is and what it was asked for."""
    with ExitStack() as running:

        def started(answers: dict[str, Any]) -> tuple[str, Simulator]:
            feed = running.enter_context(Simulator(answers))
            try:
                # `grade` runs your program in a sandbox with a network of its own.
                sandbox = request.getfixturevalue("candidate")
            except pytest.FixtureLookupError:
                return feed.url, feed
            return sandbox.service(feed.port).url, feed

        yield started


def body(*trains: dict[str, Any], **changes: Any) -> bytes:
    """Return the page of feed-api.md, with other trains or other fields if they are given."""
    content = {
        "generated_at": "2026-03-14T07:58:30Z",
        "trains": [*trains] or [*TRAINS],
        "next": PAGE_2,
    }
    return json.dumps({**content, **changes}).encode()


def no_sleep(_seconds: float) -> None:
    """Wait for nothing."""


# Stage 1 ------------------------------------------------------------------------------------------


@pytest.mark.clause("1.1")
def test_a_page() -> None:
    """The page of feed-api.md: its time, its two trains and the link to the next page."""
    found = read_page(body())
    assert found.generated_at == datetime(2026, 3, 14, 7, 58, 30, tzinfo=UTC)
    assert list(found.trains) == [LATE, ON_TIME]
    assert found.next == "/v1/status?page=2"


@pytest.mark.clause("1.2")
def test_a_page_of_the_web_server() -> None:
    """HTML is not JSON."""
    with pytest.raises(FeedError):
        read_page(b"<html>Back at nine</html>")


@pytest.mark.clause("1.2")
def test_half_a_page() -> None:
    """A page that breaks off is not JSON either."""
    with pytest.raises(FeedError):
        read_page(body()[:60])


@pytest.mark.clause("1.3")
def test_a_field_is_missing() -> None:
    """The second train has no `to`, and the message says so."""
    without = {name: value for name, value in TRAINS[1].items() if name != "to"}
    with pytest.raises(FeedError) as caught:
        read_page(body(TRAINS[0], without))
    assert "trains[1].to" in str(caught.value)


@pytest.mark.clause("1.3")
def test_the_last_page() -> None:
    """On the last page `next` is null."""
    assert read_page(body(next=None)).next is None


@pytest.mark.clause("1.4")
@pytest.mark.parametrize("minutes", [7.5, "7", True, None, -1])
def test_minutes_of_another_type(minutes: Any) -> None:
    """Minutes are a whole number, 0 or more."""
    with pytest.raises(FeedError) as caught:
        read_page(body({**TRAINS[0], "minutes_late": minutes}))
    assert "trains[0].minutes_late" in str(caught.value)


@pytest.mark.clause("1.4")
def test_a_time_in_the_british_summer() -> None:
    """08:58:30 with one hour's offset is 07:58:30 in UTC."""
    found = read_page(body(generated_at="2026-03-14T08:58:30+01:00"))
    assert found.generated_at == datetime(2026, 3, 14, 7, 58, 30, tzinfo=UTC)


@pytest.mark.clause("1.5")
def test_the_place_of_a_field_of_the_page() -> None:
    """`trains` is text where a list is needed."""
    with pytest.raises(FeedError) as caught:
        read_page(body(trains="none today"))
    assert "trains" in str(caught.value)


@pytest.mark.clause("1.6")
def test_a_field_that_nobody_knows() -> None:
    """The feed may say more than we know of."""
    found = read_page(body({**TRAINS[0], "platform": 4}, weather="fog"))
    assert list(found.trains) == [LATE]


# Stage 2 ------------------------------------------------------------------------------------------


@pytest.mark.clause("2.1")
def test_the_token_is_in_the_header(start: Start) -> None:
    """One request, with the token in its header."""
    url, feed = start({PATH: page()})
    fetch_page(url + PATH, TOKEN)
    assert [request.path for request in feed.requests] == [PATH]
    assert feed.requests[0].headers["Authorization"] == "Bearer example-token"


@pytest.mark.clause("2.2")
def test_a_page_from_the_feed(start: Start) -> None:
    """The same page as in stage 1, this time over the network."""
    url, _ = start({PATH: page()})
    assert list(fetch_page(url + PATH, TOKEN).trains) == [LATE, ON_TIME]


@pytest.mark.clause("2.3")
@pytest.mark.parametrize("sent", [0, 60])
def test_the_feed_falls_silent(start: Start, sent: int) -> None:
    """No byte comes, or only the first 60 bytes of a page."""
    url, _ = start({PATH: Answer(body=body(), send=sent, then="hang")})
    with pytest.raises(FeedTimeout):
        fetch_page(url + PATH, TOKEN, timeout=0.2)


@pytest.mark.clause("2.4")
def test_the_feed_breaks_off(start: Start) -> None:
    """The feed hangs up after 60 bytes."""
    url, _ = start({PATH: Answer(body=body(), send=60)})
    with pytest.raises(FeedError):
        fetch_page(url + PATH, TOKEN)


@pytest.mark.clause("2.5")
def test_a_busy_feed_says_how_long(start: Start) -> None:
    """Retry-After says 30 seconds, then the page comes."""
    url, feed = start({PATH: [no_page(503, Retry_After="30"), page()]})
    waits: list[float] = []
    found = fetch_page(url + PATH, TOKEN, sleep=waits.append)
    assert list(found.trains) == [LATE, ON_TIME]
    assert (waits, len(feed.requests)) == ([30], 2)


@pytest.mark.clause("2.5")
def test_a_busy_feed_says_until_when(start: Start) -> None:
    """It is 08:00:00, and Retry-After says 08:00:30."""
    url, _ = start({PATH: [no_page(503, Retry_After="Sat, 14 Mar 2026 08:00:30 GMT"), page()]})
    waits: list[float] = []
    fetch_page(url + PATH, TOKEN, sleep=waits.append, clock=lambda: NOW)
    assert waits == [30]


@pytest.mark.clause("2.6")
def test_nothing_else_waits(start: Start) -> None:
    """A minute's wait takes no time when `sleep` takes none."""
    url, _ = start({PATH: [no_page(503, Retry_After="60"), page()]})
    assert list(fetch_page(url + PATH, TOKEN, sleep=no_sleep).trains) == [LATE, ON_TIME]


@pytest.mark.clause("2.7")
def test_after_three_times_it_is_over(start: Start) -> None:
    """Three times 503: two waits of a second, then the error."""
    url, feed = start({PATH: no_page(503)})
    waits: list[float] = []
    with pytest.raises(FeedError, match="503"):
        fetch_page(url + PATH, TOKEN, sleep=waits.append)
    assert (waits, len(feed.requests)) == ([1, 1], 3)


@pytest.mark.clause("2.8")
def test_another_status(start: Start) -> None:
    """404 is not tried again."""
    url, feed = start({PATH: no_page(404)})
    with pytest.raises(FeedError, match="404"):
        fetch_page(url + PATH, TOKEN, sleep=no_sleep)
    assert len(feed.requests) == 1


@pytest.mark.clause("4.2")
def test_a_redirect(start: Start) -> None:
    """A redirect leads to a stranger's server, which is asked for nothing."""
    elsewhere, stranger = start({PATH: page()})
    url, _ = start({PATH: no_page(302, Location=elsewhere + PATH)})
    with pytest.raises(FeedError, match="302"):
        fetch_page(url + PATH, TOKEN)
    assert stranger.requests == []


@pytest.mark.clause("4.4")
def test_an_error_does_not_show_the_token(start: Start) -> None:
    """401: the feed doesn't take the token, and still the message keeps it."""
    url, _ = start({PATH: no_page(401)})
    with pytest.raises(FeedError, match="401") as caught:
        fetch_page(url + PATH, TOKEN)
    assert TOKEN not in str(caught.value)


# Stage 3 ------------------------------------------------------------------------------------------


@pytest.mark.clause("3.1")
def test_a_board_of_one_page(start: Start) -> None:
    """One page, 90 seconds old."""
    url, feed = start({PATH: page()})
    board = fetch_status(url, TOKEN, clock=lambda: NOW)
    assert board.generated_at == NOW - timedelta(seconds=90)
    assert (list(board.trains), board.stale) == ([LATE, ON_TIME], False)
    assert [request.path for request in feed.requests] == [PATH]


@pytest.mark.clause("3.2")
@pytest.mark.parametrize("link", ["/v1/status?page=2", "?page=2"])
def test_a_board_of_two_pages(start: Start, link: str) -> None:
    """The link leads on from the page it stands on."""
    url, _ = start({PATH: page(next=link), PAGE_2: page(THIRD)})
    board = fetch_status(url, TOKEN)
    assert [train.id for train in board.trains] == ["HD-1042", "HD-1050", "HD-1066"]


@pytest.mark.clause("3.3")
def test_pages_in_a_circle(start: Start) -> None:
    """The second page leads back to the first."""
    url, feed = start({PATH: page(next=PAGE_2), PAGE_2: page(THIRD, next=PATH)})
    board = fetch_status(url, TOKEN)
    assert [train.id for train in board.trains] == ["HD-1042", "HD-1050", "HD-1066"]
    assert [request.path for request in feed.requests] == [PATH, PAGE_2]


@pytest.mark.clause("3.4")
def test_half_a_board_is_none(start: Start) -> None:
    """The second page isn't there."""
    url, _ = start({PATH: page(next=PAGE_2)})
    with pytest.raises(FeedError, match="404"):
        fetch_status(url, TOKEN)


@pytest.mark.clause("3.5")
def test_a_board_is_as_old_as_its_oldest_page(start: Start) -> None:
    """The second page was made half a minute before the first."""
    url, _ = start({PATH: page(next=PAGE_2), PAGE_2: page(THIRD, at="2026-03-14T07:58:00Z")})
    board = fetch_status(url, TOKEN, clock=lambda: NOW)
    assert board.generated_at == NOW - timedelta(seconds=120)


@pytest.mark.clause("3.6")
@pytest.mark.parametrize(("at", "stale"), [("07:58:00", False), ("07:57:59", True)])
def test_an_old_board(start: Start, at: str, stale: bool) -> None:
    """It is 08:00:00: two minutes ago is not stale yet, a second more is."""
    url, _ = start({PATH: page(at=f"2026-03-14T{at}Z")})
    board = fetch_status(url, TOKEN, clock=lambda: NOW)
    assert (board.stale, len(board.trains)) == (stale, 2)


@pytest.mark.clause("4.1")
@pytest.mark.clause("4.3")
def test_a_link_to_a_stranger(start: Start) -> None:
    """`next` leads to a stranger's server, which is asked for nothing."""
    elsewhere, stranger = start({PATH: page(THIRD)})
    url, _ = start({PATH: page(next=elsewhere + PATH)})
    with pytest.raises(FeedError):
        fetch_status(url, TOKEN)
    assert stranger.requests == []
