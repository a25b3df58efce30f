"""Lineboard: read the train-status feed."""

import http.client
import json
import time
import urllib.error
import urllib.parse
import urllib.request
from datetime import datetime, timezone
from email.utils import parsedate_to_datetime

from feed import Board, FeedError, FeedTimeout, Page, Train, utc_now


class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, req, fp, code, msg, headers, newurl):
        return None


opener = urllib.request.build_opener(NoRedirect)


def read_page(body):
    try:
        data = json.loads(body.decode("utf-8"))
    except UnicodeDecodeError:
        raise FeedError("not UTF-8")
    except json.JSONDecodeError:
        raise FeedError("not JSON")

    if not isinstance(data, dict):
        raise FeedError("the page is not an object")
    for name in ["generated_at", "trains", "next"]:
        if name not in data:
            raise FeedError(name + " is missing")

    if not isinstance(data["generated_at"], str):
        raise FeedError("generated_at is not text")
    try:
        generated_at = datetime.fromisoformat(data["generated_at"])
    except ValueError:
        raise FeedError("generated_at is not a time")
    if generated_at.tzinfo is None:
        raise FeedError("generated_at has no time zone")

    if not isinstance(data["trains"], list):
        raise FeedError("trains is not a list")
    if data["next"] is not None and not isinstance(data["next"], str):
        raise FeedError("next is not text")

    trains = []
    for i, item in enumerate(data["trains"]):
        trains.append(read_train(item, f"trains[{i}]"))
    return Page(generated_at, trains, data["next"])


def read_train(item, place):
    if not isinstance(item, dict):
        raise FeedError(place + " is not an object")
    for name in ["id", "to", "state", "minutes_late"]:
        if name not in item:
            raise FeedError(f"{place}.{name} is missing")
    for name in ["id", "to", "state"]:
        if not isinstance(item[name], str):
            raise FeedError(f"{place}.{name} is not text")
    if item["state"] not in ["on time", "late", "cancelled"]:
        raise FeedError(f"{place}.state is unknown")
    minutes = item["minutes_late"]
    if isinstance(minutes, bool) or not isinstance(minutes, int):
        raise FeedError(f"{place}.minutes_late is not a whole number")
    if minutes < 0:
        raise FeedError(f"{place}.minutes_late is negative")
    return Train(item["id"], item["to"], item["state"], minutes)


def fetch_page(url, token, *, timeout=5.0, sleep=time.sleep, clock=utc_now):
    tries = 0
    while True:
        tries = tries + 1
        status, headers, body = ask(url, token, timeout)
        if status == 200:
            return read_page(body)
        if tries == 3:
            raise FeedError(f"status {status} three times")
        seconds = how_long(headers.get("Retry-After"), clock)
        if seconds > 60:
            raise FeedError(f"status {status}, and too long to wait")
        sleep(seconds)


def ask(url, token, timeout):
    request = urllib.request.Request(url)
    request.add_header("Authorization", "Bearer " + token)
    try:
        with opener.open(request, timeout=timeout) as response:
            return response.status, response.headers, response.read()
    except urllib.error.HTTPError as e:
        with e:
            return e.code, e.headers, b""
    except urllib.error.URLError as e:
        if isinstance(e.reason, TimeoutError):
            raise FeedTimeout("the feed did not answer")
        raise FeedError(f"no connection: {e.reason}")
    except TimeoutError:
        raise FeedTimeout("the feed stopped answering")
    except (http.client.HTTPException, OSError):
        raise FeedError("the connection broke")


def how_long(header, clock):
    if header is None:
        return 1
    if header.isdigit():
        return int(header)
    try:
        when = parsedate_to_datetime(header)
    except (TypeError, ValueError):
        return 1
    seconds = (when - clock()).total_seconds()
    if seconds < 0:
        return 0
    return seconds


def server_of(url):
    parts = urllib.parse.urlsplit(url)
    return parts.scheme, parts.hostname, parts.port


def fetch_status(base_url, token, *, timeout=5.0, sleep=time.sleep, clock=utc_now):
    url = base_url + "/v1/status"
    seen = []
    trains = []
    oldest = None
    while url is not None and url not in seen:
        if server_of(url) != server_of(base_url):
            raise FeedError("next goes to another server")
        seen.append(url)
        page = fetch_page(url, token, timeout=timeout, sleep=sleep, clock=clock)
        trains.extend(page.trains)
        if oldest is None or page.generated_at < oldest:
            oldest = page.generated_at
        if page.next is None:
            url = None
        else:
            url = urllib.parse.urljoin(url, page.next)
    age = clock() - oldest
    return Board(oldest, trains, age.total_seconds() > 120)
