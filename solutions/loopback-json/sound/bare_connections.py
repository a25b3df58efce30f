"""Uses http.client, which follows no redirect, and walks through the pages with a generator."""

from __future__ import annotations

import http.client
import json
import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta, timezone
from email.utils import parsedate_tz
from urllib.parse import urljoin, urlparse

from feed import Board, FeedError, FeedTimeout, Page, Train, utc_now


class WrongPlace(FeedError):
    """Something in the page is not as it should be."""

    def __init__(self, place, wanted):
        super().__init__(f"{place}: {wanted} is needed")


def read_page(body: bytes) -> Page:
    """Return what one page of the feed says."""
    try:
        text = str(body, "utf-8")
        data = json.loads(text)
    except UnicodeDecodeError:
        raise FeedError("the page is not UTF-8") from None
    except json.JSONDecodeError:
        raise FeedError("the page is not JSON") from None
    if not isinstance(data, dict):
        raise WrongPlace("the page", "an object")
    for name in ("generated_at", "trains", "next"):
        if name not in data:
            raise WrongPlace(name, "the field")
    at = data["generated_at"]
    if not isinstance(at, str):
        raise WrongPlace("generated_at", "text")
    try:
        moment = datetime.fromisoformat(at)
    except ValueError:
        raise WrongPlace("generated_at", "a time") from None
    if moment.utcoffset() is None:
        raise WrongPlace("generated_at", "a time zone")
    if not isinstance(data["trains"], list):
        raise WrongPlace("trains", "a list")
    if data["next"] is not None and not isinstance(data["next"], str):
        raise WrongPlace("next", "text or null")
    trains = []
    for number in range(len(data["trains"])):
        train = data["trains"][number]
        place = "trains[%d]" % number
        if not isinstance(train, dict):
            raise WrongPlace(place, "an object")
        for name in ("id", "to", "state"):
            if not isinstance(train.get(name), str):
                raise WrongPlace(place + "." + name, "text")
        if train["state"] != "on time" and train["state"] != "late":
            if train["state"] != "cancelled":
                raise WrongPlace(place + ".state", "on time, late or cancelled")
        late = train.get("minutes_late")
        if isinstance(late, bool) or not isinstance(late, int) or late < 0:
            raise WrongPlace(place + ".minutes_late", "a whole number from 0 up")
        trains += [Train(train["id"], train["to"], train["state"], late)]
    return Page(moment, trains, data["next"])


def fetch_page(
    url: str,
    token: str,
    *,
    timeout: float = 5.0,
    sleep: Callable[[float], None] = time.sleep,
    clock: Callable[[], datetime] = utc_now,
) -> Page:
    """Ask the feed for one page and return it."""
    left = 3
    while True:
        status, retry_after, body = ask(url, token, timeout)
        left -= 1
        if status == 200:
            return read_page(body)
        seconds = seconds_to_wait(retry_after, clock) if status == 503 else None
        if seconds is None or seconds > 60 or left == 0:
            raise FeedError("status %d" % status)
        if seconds:
            sleep(seconds)


def ask(url, token, timeout):
    """Return the status, the header Retry-After and the body."""
    parts = urlparse(url)
    if parts.scheme == "https":
        connection = http.client.HTTPSConnection(parts.netloc, timeout=timeout)
    else:
        connection = http.client.HTTPConnection(parts.netloc, timeout=timeout)
    path = parts.path or "/"
    if parts.query:
        path += "?" + parts.query
    try:
        connection.request("GET", path, headers={"Authorization": "Bearer " + token})
        response = connection.getresponse()
        return response.status, response.getheader("Retry-After"), response.read()
    except TimeoutError:
        raise FeedTimeout("silence") from None
    except (http.client.HTTPException, OSError):
        raise FeedError("no connection, or a broken one") from None
    finally:
        connection.close()


def seconds_to_wait(retry_after, clock):
    """Return for how long to wait."""
    if retry_after is None:
        return 1
    if retry_after.isdecimal():
        return int(retry_after)
    parts = parsedate_tz(retry_after)
    if parts is None:
        return 1
    zone = timezone(timedelta(seconds=parts[9] or 0))
    until = datetime(*parts[:6], tzinfo=zone)
    return max((until - clock()) / timedelta(seconds=1), 0)


def fetch_status(
    base_url: str,
    token: str,
    *,
    timeout: float = 5.0,
    sleep: Callable[[float], None] = time.sleep,
    clock: Callable[[], datetime] = utc_now,
) -> Board:
    """Ask the feed for all of its pages and return the board."""

    def pages() -> Iterator[Page]:
        url, seen = base_url + "/v1/status", set()
        while url not in seen:
            seen.add(url)
            page = fetch_page(url, token, timeout=timeout, sleep=sleep, clock=clock)
            yield page
            if page.next is None:
                return
            url = urljoin(url, page.next)
            if urlparse(url)[:2] != urlparse(base_url)[:2]:
                raise FeedError("the next page is on another server")

    trains, times = [], []
    for page in pages():
        trains.extend(page.trains)
        times.append(page.generated_at)
    times.sort()
    return Board(times[0], trains, clock() - times[0] > timedelta(minutes=2))
