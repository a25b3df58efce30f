"""Lineboard: read the train-status feed."""

from __future__ import annotations

import http.client
import json
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urljoin, urlsplit

from feed import Board, FeedError, FeedTimeout, Page, Train, utc_now

STATUS_PATH = "/v1/status"  # clause 3.1
STATES = ("on time", "late", "cancelled")  # clause 1.4
TRIES = 3  # clause 2.7
LONGEST_WAIT = 60.0  # seconds; clause 2.7
USUAL_WAIT = 1.0  # seconds; clause 2.5
STALE_AFTER = 120.0  # seconds; clause 3.6


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    """urllib would follow a redirect with all headers, the token among them (clause 4.2)."""

    def redirect_request(self, *_args: Any) -> None:
        return None


_OPENER = urllib.request.build_opener(_NoRedirects)


def read_page(body: bytes) -> Page:
    """Return what one page of the feed says.

    body: the page as it came over the network
    Raises FeedError when it isn't a page as feed-api.md describes it.
    """
    try:
        content = json.loads(body.decode("utf-8"))
    except ValueError as error:
        raise FeedError(f"the page is not JSON: {error}") from error
    page = _typed(content, dict, "the page")
    trains = _field(page, "trains", list)
    following = page["next"] if page.get("next", "") is None else _field(page, "next", str)
    return Page(
        generated_at=_moment(_field(page, "generated_at", str)),
        trains=[_train(train, f"trains[{place}]") for place, train in enumerate(trains)],
        next=following,
    )


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
    tries = 1
    while True:
        status, headers, body = _get(url, token, timeout)
        if status == 200:
            return read_page(body)
        if status != 503 or tries == TRIES:
            break
        wait = _wait(headers.get("Retry-After"), clock)
        if wait > LONGEST_WAIT:
            break
        sleep(wait)
        tries += 1
    raise FeedError(f"the feed answered with status {status}")


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
    pages: dict[str, Page] = {}
    url: str | None = base_url + STATUS_PATH
    while url is not None and url not in pages:
        if _server(url) != _server(base_url):
            raise FeedError("next leads to another server")
        page = fetch_page(url, token, timeout=timeout, sleep=sleep, clock=clock)
        pages[url] = page
        url = None if page.next is None else urljoin(url, page.next)
    generated_at = min(page.generated_at for page in pages.values())
    return Board(
        generated_at=generated_at,
        trains=[train for page in pages.values() for train in page.trains],
        stale=(clock() - generated_at).total_seconds() > STALE_AFTER,
    )


def _get(url: str, token: str, timeout: float) -> tuple[int, Any, bytes]:
    """Return the status, the headers and the body of one answer (clauses 2.1 to 2.4)."""
    request = urllib.request.Request(url, headers={"Authorization": f"Bearer {token}"})
    try:
        with _OPENER.open(request, timeout=timeout) as answer:
            return answer.status, answer.headers, answer.read()
    except urllib.error.HTTPError as error:
        error.close()
        return error.code, error.headers, b""
    except (OSError, http.client.HTTPException) as error:
        # The silence comes bare while a body is read, and inside a URLError before that.
        if isinstance(getattr(error, "reason", error), TimeoutError):
            raise FeedTimeout(f"the feed said nothing for {timeout} seconds") from error
        raise FeedError(f"the connection failed: {error}") from error


def _wait(header: str | None, clock: Callable[[], datetime]) -> float:
    """Return how many seconds a Retry-After asks for (clause 2.5)."""
    text = (header or "").strip()
    if text.isascii() and text.isdigit():
        return float(text)
    try:
        return max(0.0, (parsedate_to_datetime(text) - clock()).total_seconds())
    except (TypeError, ValueError):  # a date without its zone, or no date
        return USUAL_WAIT


def _server(url: str) -> tuple[str, str]:
    parts = urlsplit(url)
    return parts.scheme, parts.netloc


def _train(content: Any, place: str) -> Train:
    train = _typed(content, dict, place)
    state = _field(train, "state", str, place)
    if state not in STATES:
        raise FeedError(f"{place}.state is none of {', '.join(STATES)}")
    late = _field(train, "minutes_late", int, place)
    if late < 0:
        raise FeedError(f"{place}.minutes_late is below 0")
    return Train(_field(train, "id", str, place), _field(train, "to", str, place), state, late)


def _field(content: dict[str, Any], name: str, kind: type, place: str = "") -> Any:
    """Return a field of the right type; the FeedError names its place (clause 1.5)."""
    full = f"{place}.{name}" if place else name
    if name not in content:
        raise FeedError(f"{full} is missing")
    return _typed(content[name], kind, full)


def _typed(value: Any, kind: type, place: str) -> Any:
    if type(value) is not kind:  # not isinstance: True is no number here
        raise FeedError(f"{place} is not of the type {kind.__name__}")
    return value


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise FeedError("generated_at is not an RFC 3339 time") from None
    if moment.tzinfo is None:
        raise FeedError("generated_at has no time zone")
    return moment
