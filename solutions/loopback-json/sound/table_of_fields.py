"""Keeps the rules for fields in a table, follows pages by recursion, and lets urllib do the rest."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable
from datetime import datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from http.client import HTTPException
from typing import Any
from urllib import error as urlerror
from urllib import parse, request

from feed import Board, FeedError, FeedTimeout, Page, Train, utc_now


def _time(value: Any) -> datetime:
    moment = datetime.fromisoformat(value)
    if moment.tzinfo is None:
        raise ValueError("no time zone")
    return moment


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError("text is needed")
    return value


def _link(value: Any) -> str | None:
    return None if value is None else _text(value)


def _items(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise TypeError("a list is needed")
    return value


def _state(value: Any) -> str:
    return {"on time": "on time", "late": "late", "cancelled": "cancelled"}[_text(value)]


def _minutes(value: Any) -> int:
    if type(value) is not int or value < 0:
        raise ValueError("a whole number from 0 up is needed")
    return value


PAGE = {"generated_at": _time, "next": _link, "trains": _items}
TRAIN = {"minutes_late": _minutes, "state": _state, "to": _text, "id": _text}


def _fields(value: Any, table: dict[str, Callable[[Any], Any]], place: str = "") -> dict[str, Any]:
    """Return the fields of a table from an object, each made by its rule."""
    if type(value) is not dict:
        raise FeedError(f"{place or 'the page'} is no object")
    made = {}
    for name, rule in table.items():
        try:
            made[name] = rule(value[name])
        except (KeyError, TypeError, ValueError) as error:
            raise FeedError(f"{place}{'.' if place else ''}{name}: {error}") from error
    return made


def read_page(body: bytes) -> Page:
    """Return what one page of the feed says."""
    try:
        content = json.loads(body.decode())
    except ValueError as error:
        raise FeedError("no JSON") from error
    page = _fields(content, PAGE)
    page["trains"] = [
        Train(**_fields(train, TRAIN, f"trains[{number}]"))
        for number, train in enumerate(page["trains"])
    ]
    return Page(**page)


class _Stay(request.HTTPRedirectHandler):
    def http_error_302(self, req: Any, fp: Any, code: int, msg: str, headers: Any) -> Any:
        raise urlerror.HTTPError(req.full_url, code, msg, headers, fp)

    http_error_301 = http_error_303 = http_error_307 = http_error_308 = http_error_302


def fetch_page(
    url: str,
    token: str,
    *,
    timeout: float = 5.0,
    sleep: Callable[[float], None] = time.sleep,
    clock: Callable[[], datetime] = utc_now,
    _tries: int = 3,
) -> Page:
    """Ask the feed for one page and return it."""
    asking = request.Request(url)
    asking.add_unredirected_header("Authorization", f"Bearer {token}")
    try:
        with request.build_opener(_Stay()).open(asking, None, timeout) as answer:
            if answer.status != HTTPStatus.OK:
                raise FeedError(f"{answer.status}: no page")
            return read_page(answer.read())
    except urlerror.HTTPError as error:
        status, headers = error.code, error.headers
        error.close()
    except TimeoutError:
        raise FeedTimeout(f"silent for {timeout} s") from None
    except urlerror.URLError as error:
        kind = FeedTimeout if isinstance(error.reason, TimeoutError) else FeedError
        raise kind(str(error.reason)) from None
    except (OSError, HTTPException) as error:
        raise FeedError(type(error).__name__) from None

    if status == HTTPStatus.SERVICE_UNAVAILABLE and _tries > 1:
        wait = _seconds(headers["Retry-After"] or "", clock)
        if wait <= 60:
            sleep(wait)
            return fetch_page(
                url, token, timeout=timeout, sleep=sleep, clock=clock, _tries=_tries - 1
            )
    raise FeedError(f"{status} from the feed")


def _seconds(header: str, clock: Callable[[], datetime]) -> float:
    if re.fullmatch("[0-9]+", header.strip()):
        return int(header)
    try:
        until = parsedate_to_datetime(header)
    except (TypeError, ValueError):
        return 1.0
    return max(0.0, until.timestamp() - clock().timestamp())


def fetch_status(
    base_url: str,
    token: str,
    *,
    timeout: float = 5.0,
    sleep: Callable[[float], None] = time.sleep,
    clock: Callable[[], datetime] = utc_now,
) -> Board:
    """Ask the feed for all of its pages and return the board."""

    def rest(url: str, seen: frozenset[str]) -> list[Page]:
        if url in seen:
            return []
        there, here = parse.urlsplit(url), parse.urlsplit(base_url)
        if (there.scheme, there.hostname, there.port) != (here.scheme, here.hostname, here.port):
            raise FeedError("next leads away from the feed")
        page = fetch_page(url, token, timeout=timeout, sleep=sleep, clock=clock)
        if page.next is None:
            return [page]
        return [page, *rest(parse.urljoin(url, page.next), seen | {url})]

    pages = rest(f"{base_url}/v1/status", frozenset())
    oldest = min(pages, key=lambda page: page.generated_at).generated_at
    age = clock().timestamp() - oldest.timestamp()
    return Board(trains=sum((p.trains for p in pages), []), generated_at=oldest, stale=age > 120)
