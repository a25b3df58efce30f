"""Keeps the connection's settings in an object, and takes a page apart with match."""

from __future__ import annotations

import contextlib
import json
import logging
import socket
import time
from collections.abc import Callable
from datetime import datetime, timezone
from email.utils import parsedate_to_datetime
from http.client import HTTPException
from urllib.error import URLError
from urllib.parse import urljoin, urlsplit
from urllib.request import HTTPErrorProcessor, OpenerDirector, Request, build_opener

from feed import Board, FeedError, FeedTimeout, Page, Train, utc_now

log = logging.getLogger("lineboard")


def read_page(body: bytes) -> Page:
    """Return what one page of the feed says."""
    try:
        content = json.loads(body.decode("utf-8", "strict"))
    except ValueError as error:
        raise FeedError(str(error))
    match content:
        case {"generated_at": str(at), "trains": list(trains), "next": str() | None as link}:
            return Page(moment(at), [train(n, one) for n, one in enumerate(trains)], link)
        case {"generated_at": str(), "trains": list()}:
            raise FeedError("next is missing, or neither text nor null")
        case {"generated_at": str()}:
            raise FeedError("trains is missing, or no list")
        case dict():
            raise FeedError("generated_at is missing, or no text")
    raise FeedError("a page is an object")


def moment(text: str) -> datetime:
    """Return a time with its zone, in UTC."""
    with contextlib.suppress(ValueError):
        found = datetime.fromisoformat(text)
        if found.tzinfo:
            return found.astimezone(timezone.utc)
    raise FeedError(f"generated_at is no time: {text[:40]!r}")


def train(number: int, content: object) -> Train:
    """Return one train of a page."""
    place = f"trains[{number}]"
    match content:
        case {"id": str(name), "to": str(to), "state": str(state), "minutes_late": int(late)}:
            if state not in {"on time", "late", "cancelled"}:
                raise FeedError(f"{place}.state: {state[:20]!r}")
            if late is True or late is False or late < 0:
                raise FeedError(f"{place}.minutes_late: {late}")
            return Train(id=name, to=to, state=state, minutes_late=late)
        case dict():
            for field, kind in (("id", str), ("to", str), ("state", str), ("minutes_late", int)):
                if not isinstance(content.get(field), kind):
                    raise FeedError(f"{place}.{field}: {kind.__name__} is needed")
    raise FeedError(f"{place}: an object is needed")


class Answers(HTTPErrorProcessor):
    """Gives every answer back as it came, whatever its status."""

    def http_response(self, request, response):
        return response

    https_response = http_response


class Client:
    """Asks one feed, with one token."""

    opener: OpenerDirector = build_opener(Answers)

    def __init__(self, token, timeout, sleep, clock):
        self._token = token
        self.timeout = timeout
        self.sleep = sleep
        self.clock = clock

    def page(self, url: str) -> Page:
        """Ask for a page, three times at most."""
        for last in (False, False, True):
            with contextlib.closing(self.open(url)) as answer:
                log.debug("GET %s: %s", url, answer.status)
                if answer.status == 200:
                    return read_page(self.body(answer))
                wait = self.wait(answer) if answer.status == 503 else None
            if wait is None or wait > 60 or last:
                break
            self.sleep(wait)
        raise FeedError(f"the answer was {answer.status}")

    def open(self, url):
        """Open the connection and get the head of the answer."""
        request = Request(url, headers={"Authorization": f"Bearer {self._token}"})
        try:
            return self.opener.open(request, timeout=self.timeout)
        except socket.timeout as error:
            raise FeedTimeout("no answer") from error
        except (URLError, HTTPException, OSError) as error:
            if isinstance(getattr(error, "reason", None), socket.timeout):
                raise FeedTimeout("no answer") from error
            raise FeedError("no answer") from error

    def body(self, answer):
        """Read the rest of the answer."""
        try:
            return answer.read()
        except TimeoutError as error:
            raise FeedTimeout("half an answer") from error
        except (HTTPException, OSError) as error:
            raise FeedError("half an answer") from error

    def wait(self, answer) -> float:
        """Return for how many seconds to wait before asking again."""
        header = answer.headers.get("Retry-After", "")
        if header.isdigit() and header.isascii():
            return int(header)
        try:
            seconds = (parsedate_to_datetime(header) - self.clock()).total_seconds()
        except (TypeError, ValueError):
            return 1
        return 0 if seconds < 0 else seconds


def fetch_page(
    url: str,
    token: str,
    *,
    timeout: float = 5.0,
    sleep: Callable[[float], None] = time.sleep,
    clock: Callable[[], datetime] = utc_now,
) -> Page:
    """Ask the feed for one page and return it."""
    return Client(token, timeout, sleep, clock).page(url)


def fetch_status(
    base_url: str,
    token: str,
    *,
    timeout: float = 5.0,
    sleep: Callable[[float], None] = time.sleep,
    clock: Callable[[], datetime] = utc_now,
) -> Board:
    """Ask the feed for all of its pages and return the board."""
    client = Client(token, timeout, sleep, clock)
    home = urlsplit(base_url)
    urls = [base_url + "/v1/status"]
    board = Board(datetime.max.replace(tzinfo=timezone.utc), [], False)
    for url in urls:  # grows on the way
        parts = urlsplit(url)
        if (parts.scheme, parts.netloc) != (home.scheme, home.netloc):
            raise FeedError(f"page {len(urls)} is on another server")
        page = client.page(url)
        earlier = min(board.generated_at, page.generated_at)
        board = Board(earlier, board.trains + page.trains, False)
        following = urljoin(url, page.next) if page.next is not None else url
        if following not in urls:
            urls.append(following)
    age = clock() - board.generated_at
    return Board(board.generated_at, board.trains, age.total_seconds() > 120)
