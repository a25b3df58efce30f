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

    trains = []
    for item in data["trains"]:
        trains.append(Train(item["id"], item["to"], item["state"], item["minutes_late"]))
    return Page(datetime.fromisoformat(data["generated_at"]), trains, data["next"])


def fetch_page(url, token, *, timeout=5.0, sleep=time.sleep, clock=utc_now):
    tries = 0
    while True:
        tries = tries + 1
        status, headers, body = ask(url, token, timeout)
        if status == 200:
            return read_page(body)
        if status != 503:
            raise FeedError(f"status {status}")
        if tries == 3:
            raise FeedError("status 503 three times")
        seconds = how_long(headers.get("Retry-After"), clock)
        if seconds > 60:
            raise FeedError("status 503, and too long to wait")
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
