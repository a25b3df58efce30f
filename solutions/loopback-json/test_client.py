"""Reference tests of status_client.py: one test for each thing that a clause promises."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from feed import Board, FeedError, FeedTimeout, Page, Train
from simulator import PATH, TRAINS, Answer, Simulator, no_page, page
from status_client import fetch_page, fetch_status, read_page

TOKEN = "test-token-1"
NOW = datetime(2026, 3, 14, 8, 0, 0, tzinfo=UTC)
TWO, THREE = f"{PATH}?page=2", f"{PATH}?page=3"
LATE, ON_TIME = (Train(**train) for train in TRAINS)
THIRD = {"id": "HD-1066", "to": "Fell End", "state": "cancelled", "minutes_late": 0}
GOOD = page()
BAD = [GOOD.body[:-1], GOOD.body[:60], b"", b"<html>", GOOD.body.replace(b"HD", b"H\xe9")]


class Watch:
    """A clock that only `sleep` moves on, and the waits so far."""

    def __init__(self) -> None:
        self.now = NOW
        self.waits: list[float] = []

    def sleep(self, seconds: float) -> None:
        """Wait in no time."""
        self.waits.append(seconds)
        self.now += timedelta(seconds=seconds)

    def clock(self) -> datetime:
        """Give the time now."""
        return self.now


@contextmanager
def asking(*answers: Answer, timeout: float = 5.0) -> Iterator[tuple[Any, Simulator, list[float]]]:
    """Ask a feed for a page; give the page or the FeedError, the feed and the waits."""
    watch = Watch()
    found: Any
    with Simulator({PATH: answers}) as feed:
        options = {"timeout": timeout, "sleep": watch.sleep, "clock": watch.clock}
        try:
            found = fetch_page(feed.url + PATH, TOKEN, **options)
        except FeedError as error:
            found = error
        yield found, feed, watch.waits


def board_of(answers: dict[str, Any]) -> tuple[Board, list[str]]:
    """Return the board of a feed, and the paths that were asked for."""
    watch = Watch()
    with Simulator({path: [*one, no_page(410)] for path, one in answers.items()}) as feed:
        board = fetch_status(feed.url, TOKEN, sleep=watch.sleep, clock=watch.clock)
        return board, [request.path for request in feed.requests]


def changed(**changes: Any) -> bytes:
    """Return the page with other fields."""
    return json.dumps({**json.loads(GOOD.body), **changes}).encode()


def without(content: dict[str, Any], name: str) -> dict[str, Any]:
    """Return an object without one of its fields."""
    return {key: value for key, value in content.items() if key != name}


def place_of(body: bytes) -> str:
    """Return the message of the error that a page ends in."""
    with pytest.raises(FeedError) as caught:
        read_page(body)
    return str(caught.value)


def test_a_page_says_what_the_feed_said() -> None:
    """Clauses 1.1 and 1.6."""
    trains = [TRAINS[0], {**TRAINS[1], "platform": 2}, TRAINS[0]]
    body = changed(trains=trains, next="?page=2", generated_at="2026-03-14T08:58:30+01:00", more=1)
    at = datetime(2026, 3, 14, 7, 58, 30, tzinfo=UTC)
    assert read_page(body) == Page(at, [LATE, ON_TIME, LATE], "?page=2")
    assert read_page(changed(trains=[])) == Page(at, [], None)


@pytest.mark.parametrize("body", BAD)
def test_no_json(body: bytes) -> None:
    """Clause 1.2."""
    with pytest.raises(FeedError):
        read_page(body)


@pytest.mark.parametrize("name", ["generated_at", "trains", "next"])
def test_a_field_of_the_page_is_missing(name: str) -> None:
    """Clauses 1.3 and 1.5."""
    assert name in place_of(json.dumps(without(json.loads(GOOD.body), name)).encode())


@pytest.mark.parametrize("name", ["id", "to", "state", "minutes_late"])
def test_a_field_of_a_train_is_missing(name: str) -> None:
    """Clauses 1.3 and 1.5."""
    body = changed(trains=[TRAINS[0], without(TRAINS[1], name)])
    assert f"trains[1].{name}" in place_of(body)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("trains", None),
        ("trains", {}),
        ("next", 2),
        ("generated_at", 1_772_000_000),
        ("generated_at", "soon"),
        ("generated_at", "2026-03-14T07:58:30"),
    ],
)
def test_a_field_of_the_page_has_another_type(name: str, value: Any) -> None:
    """Clauses 1.4 and 1.5."""
    assert name in place_of(changed(**{name: value}))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("id", 1042),
        ("to", None),
        ("state", "delayed"),
        ("state", "Late"),
        ("state", ["late"]),
        ("minutes_late", "7"),
        ("minutes_late", 7.0),
        ("minutes_late", True),
        ("minutes_late", None),
        ("minutes_late", -1),
    ],
)
def test_a_field_of_a_train_has_another_type(name: str, value: Any) -> None:
    """Clauses 1.4 and 1.5."""
    body = changed(trains=[TRAINS[0], {**TRAINS[1], name: value}])
    assert f"trains[1].{name}" in place_of(body)


def test_something_else_than_an_object() -> None:
    """Clause 1.4."""
    assert "trains[1]" in place_of(changed(trains=[TRAINS[0], "HD-1042"]))
    with pytest.raises(FeedError):
        read_page(b"[]")


def test_one_request_with_the_token_in_its_header() -> None:
    """Clauses 2.1, 2.2 and 4.4."""
    with asking(GOOD) as (found, feed, waits):
        assert found == read_page(GOOD.body)
        assert [request.path for request in feed.requests] == [PATH]
        assert feed.requests[0].headers["Authorization"] == f"Bearer {TOKEN}"
        assert waits == []


@pytest.mark.parametrize("sent", [0, 60])
def test_silence(sent: int) -> None:
    """Clause 2.3."""
    silent = Answer(body=GOOD.body, send=sent, then="hang")
    with asking(silent, GOOD, timeout=0.2) as (found, feed, waits):
        assert isinstance(found, FeedTimeout)
        assert (len(feed.requests), waits, feed.script.waited_out) == (1, [], 0)


def test_a_broken_connection() -> None:
    """Clause 2.4."""
    with asking(Answer(body=GOOD.body, send=60), GOOD) as (found, feed, waits):
        assert type(found) is FeedError
        assert (len(feed.requests), waits) == (1, [])
    with pytest.raises(FeedError):  # nobody listens there any more
        fetch_page(feed.url + PATH, TOKEN)


@pytest.mark.parametrize(
    ("headers", "wait"),
    [
        ({"Retry_After": "17"}, 17),
        ({"Retry_After": "60"}, 60),
        ({"Retry_After": "Sat, 14 Mar 2026 08:00:41 GMT"}, 41),
        ({"Retry_After": "soon"}, 1),
        ({"Retry_After": "-5"}, 1),
        ({}, 1),
    ],
)
def test_a_busy_feed(headers: dict[str, str], wait: float) -> None:
    """Clauses 2.5 and 2.6."""
    with asking(no_page(503, **headers), GOOD) as (found, feed, waits):
        assert isinstance(found, Page)
        assert (waits, len(feed.requests)) == ([wait], 2)


def test_dates_count_from_the_clock_of_then() -> None:
    """Clause 2.5; the third date has passed when it comes."""
    dates = [f"Sat, 14 Mar 2026 08:00:{second} GMT" for second in (20, 50)]
    with asking(*(no_page(503, Retry_After=date) for date in dates), GOOD) as (_, _, waits):
        assert waits == [20, 30]
    passed = no_page(503, Retry_After="Sat, 14 Mar 2026 07:00:00 GMT")
    with asking(passed, GOOD) as (found, _, waits):
        assert isinstance(found, Page)
        assert sum(waits) == 0


def test_three_times_and_no_more() -> None:
    """Clause 2.7."""
    busy = no_page(503, Retry_After="2")
    with asking(busy, busy, GOOD) as (found, _, waits):
        assert (isinstance(found, Page), waits) == (True, [2, 2])
    with asking(busy, busy, busy, GOOD) as (found, feed, waits):
        assert (type(found), waits, len(feed.requests)) == (FeedError, [2, 2], 3)
        assert "503" in str(found)


@pytest.mark.parametrize("retry_after", ["61", "Sat, 14 Mar 2026 08:01:01 GMT"])
def test_a_long_wait_is_not_made(retry_after: str) -> None:
    """Clause 2.7."""
    with asking(no_page(503, Retry_After=retry_after), GOOD) as (found, feed, waits):
        assert (type(found), waits, len(feed.requests)) == (FeedError, [], 1)
        assert "503" in str(found)


@pytest.mark.parametrize("status", [202, 302, 401, 404, 429, 500])
def test_another_status(status: int) -> None:
    """Clauses 2.8 and 4.2: a redirect has a Location, and it isn't followed."""
    with Simulator({PATH: GOOD}) as stranger:
        answer = Answer(status, GOOD.body, {"Location": stranger.url + PATH})
        with asking(answer, GOOD) as (found, feed, waits):
            assert type(found) is FeedError
            assert str(status) in str(found)
            assert (len(feed.requests), waits, stranger.requests) == (1, [], [])


@pytest.mark.parametrize(
    "answer", [no_page(401), Answer(body=b"<html>"), Answer(body=GOOD.body, send=60), no_page(503)]
)
def test_the_token_stays_a_secret(
    answer: Answer, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    """Clause 4.4."""
    caplog.set_level(logging.DEBUG)
    with asking(answer) as (found, feed, _):
        shown = [str(found), repr(found.args), str(found.__cause__), caplog.text]
        shown += [*capsys.readouterr(), *(request.path for request in feed.requests)]
    assert TOKEN not in "".join(shown)


@pytest.mark.parametrize("links", [(TWO, THREE), ("?page=2", "status?page=3")])
def test_a_board_of_three_pages(links: tuple[str, str]) -> None:
    """Clauses 3.1 to 3.3 and 3.5."""
    pages = {
        PATH: [page(next=links[0])],
        TWO: [page(at="2026-03-14T08:58:10+01:00", next=links[1])],
        THREE: [page(THIRD)],
    }
    board, paths = board_of(pages)
    assert board.generated_at == NOW - timedelta(seconds=110)
    assert list(board.trains) == [LATE, ON_TIME, LATE, ON_TIME, Train(**THIRD)]
    assert board.stale is False
    assert paths == [PATH, TWO, THREE]


@pytest.mark.parametrize("link", [PATH, "?page=2", TWO])
def test_pages_in_a_circle(link: str) -> None:
    """Clause 3.3."""
    first = page(next="?page=2")
    second = page(THIRD, next=link)
    board, paths = board_of({PATH: [first] * 3, TWO: [second] * 3})
    assert len(board.trains) == 3
    assert paths == [PATH, TWO]


def test_a_busy_second_page() -> None:
    """Clauses 3.1 and 3.6: the wait makes the board stale."""
    busy = no_page(503, Retry_After="50")
    board, paths = board_of({PATH: [page(next=TWO)], TWO: [busy, page(THIRD)]})
    assert paths == [PATH, TWO, TWO]
    assert (len(board.trains), board.stale) == (3, True)


def test_no_half_board() -> None:
    """Clause 3.4."""
    with pytest.raises(FeedError, match="410"):
        board_of({PATH: [page(next=TWO)], TWO: []})
    silent = Answer(body=GOOD.body, send=60, then="hang")
    with Simulator({PATH: page(next=TWO), TWO: silent}) as feed, pytest.raises(FeedTimeout):
        fetch_status(feed.url, TOKEN, timeout=0.2)


@pytest.mark.parametrize(
    ("seconds", "stale"), [(-600, False), (120, False), (121, True), (86_400, True)]
)
def test_old_news(seconds: int, stale: bool) -> None:
    """Clause 3.6."""
    board, _ = board_of({PATH: [page(at=(NOW - timedelta(seconds=seconds)).isoformat())]})
    assert (board.stale, len(board.trains)) == (stale, 2)


def test_a_link_to_another_server() -> None:
    """Clauses 4.1 and 4.3."""
    with Simulator({PATH: GOOD}) as stranger:
        with Simulator({PATH: page(next=stranger.url + PATH)}) as feed:
            with pytest.raises(FeedError):
                fetch_status(feed.url, TOKEN)
        assert stranger.requests == []
        assert len(feed.requests) == 1


def test_a_second_board() -> None:
    """Clause 3.1: nothing is kept from the first one."""
    with Simulator({PATH: [GOOD, page(THIRD)]}) as feed:
        boards = [fetch_status(feed.url, TOKEN) for _ in range(2)]
    assert [len(board.trains) for board in boards] == [2, 1]
