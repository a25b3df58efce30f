"""Tests of status_client.py."""

import json
from datetime import datetime, timezone

import pytest
from feed import FeedError, FeedTimeout
from simulator import PATH, TRAINS, Answer, Simulator, no_page, page
from status_client import fetch_page, fetch_status, read_page

NOW = datetime(2026, 3, 14, 8, 0, tzinfo=timezone.utc)


def changed(**fields):
    return json.dumps({**json.loads(page().body), **fields}).encode()


def test_good_page():
    assert [train.id for train in read_page(page().body).trains] == ["HD-1042", "HD-1050"]


@pytest.mark.parametrize("body", [b"<html>", b"\xff", b"[]", b"{}", page().body[:50]])
def test_no_page(body):
    with pytest.raises(FeedError):
        read_page(body)


@pytest.mark.parametrize(
    "fields",
    [
        {"generated_at": 1},
        {"generated_at": "soon"},
        {"generated_at": "2026-03-14T07:58:30"},
        {"trains": {}},
        {"next": 2},
        {"trains": [3]},
        {"trains": [{}]},
    ],
)
def test_wrong_fields(fields):
    with pytest.raises(FeedError):
        read_page(changed(**fields))


@pytest.mark.parametrize(
    ("name", "value"),
    [("id", 1), ("state", "gone"), ("minutes_late", "7"), ("minutes_late", -1)],
)
def test_wrong_train(name, value):
    with pytest.raises(FeedError) as caught:
        read_page(changed(trains=[{**TRAINS[0], name: value}]))
    assert f"trains[0].{name}" in str(caught.value)


@pytest.mark.parametrize(
    ("after", "wait"),
    [
        ("30", 30),
        ("soon", 1),
        ("Sat, 14 Mar 2026 08:00:30 GMT", 30),
        ("Sat, 14 Mar 2026 07:00:30 GMT", 0),
    ],
)
def test_busy(after, wait):
    waits = []
    with Simulator({PATH: [no_page(503, Retry_After=after), page()]}) as feed:
        fetch_page(feed.url + PATH, "t-1", sleep=waits.append, clock=lambda: NOW)
        assert len(feed.requests) == 2
    assert sum(waits) == wait


@pytest.mark.parametrize("answer", [no_page(503), no_page(503, Retry_After="99"), no_page(404)])
def test_no_answer(answer):
    waits = []
    with Simulator({PATH: answer}) as feed, pytest.raises(FeedError):
        fetch_page(feed.url + PATH, "t-1", sleep=waits.append)
    assert sum(waits) < 5


@pytest.mark.parametrize("send", [0, 50])
def test_silent(send):
    with Simulator({PATH: Answer(body=page().body, send=send, then="hang")}) as feed:
        with pytest.raises(FeedTimeout):
            fetch_page(feed.url + PATH, "t-1", timeout=0.2)


def test_broken():
    with Simulator({PATH: Answer(body=page().body, send=50)}) as feed:
        with pytest.raises(FeedError):
            fetch_page(feed.url + PATH, "t-1")
    with pytest.raises(FeedError):
        fetch_page(feed.url + PATH, "t-1")


def test_pages_in_a_circle():
    two = PATH + "?page=2"
    with Simulator({PATH: page(next=two), two: page(next=PATH)}) as feed:
        board = fetch_status(feed.url, "t-1", clock=lambda: NOW)
        assert len(feed.requests) == 2
    assert (len(board.trains), board.stale) == (4, False)


def test_stranger():
    with Simulator({PATH: page()}) as stranger:
        for answer in (page(next=stranger.url + PATH), no_page(302, Location=stranger.url + PATH)):
            with Simulator({PATH: answer}) as feed, pytest.raises(FeedError):
                fetch_status(feed.url, "t-1")
        assert stranger.requests == []


def test_not_found_is_not_asked_again():
    waits = []
    with Simulator({PATH: no_page(404)}) as feed:
        with pytest.raises(FeedError):
            fetch_page(feed.url + PATH, "t-1", sleep=waits.append)
        assert len(feed.requests) == 1
    assert waits == []


def test_old_news_is_shown():
    with Simulator({PATH: page(at="2026-03-14T07:00:00Z")}) as feed:
        board = fetch_status(feed.url, "t-1", clock=lambda: NOW)
    assert (len(board.trains), board.stale) == (2, True)
