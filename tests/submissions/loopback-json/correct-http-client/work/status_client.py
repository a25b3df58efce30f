"""Lineboard client, one connection for each request."""

import json
import time
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from http.client import HTTPConnection, HTTPException
from urllib.parse import urljoin, urlsplit

import feed

KINDS = {"id": str, "to": str, "state": str, "minutes_late": int}


def check(ok, place):
    if not ok:
        raise feed.FeedError("wrong or missing: " + place)


def read_page(body):
    try:
        data = json.loads(str(body, encoding="utf-8"))
        check(type(data) is dict, "the page")
        check(type(data.get("generated_at")) is str, "generated_at")
        at = datetime.fromisoformat(data["generated_at"])
    except ValueError as error:
        raise feed.FeedError(f"no page: {error} (generated_at?)") from error
    check(at.tzinfo, "generated_at, its zone")
    check(type(data.get("trains")) is list, "trains")
    check("next" in data and type(data["next"]) in (str, type(None)), "next")
    trains = []
    for train in data["trains"]:
        place = f"trains[{len(trains)}]"
        check(type(train) is dict, place)
        for name, kind in KINDS.items():
            check(type(train.get(name)) is kind, f"{place}.{name}")
        check(train["state"] in ("on time", "late", "cancelled"), place + ".state")
        check(train["minutes_late"] >= 0, place + ".minutes_late")
        trains.append(feed.Train(**{name: train[name] for name in KINDS}))
    return feed.Page(at, trains, data["next"])


def fetch_page(url, token, *, timeout=5.0, sleep=time.sleep, clock=feed.utc_now):
    parts = urlsplit(url)
    for attempt in range(3):
        connection = HTTPConnection(parts.hostname, parts.port, timeout=timeout)
        try:
            connection.request(
                "GET", url[url.index(parts.path) :], headers={"Authorization": f"Bearer {token}"}
            )
            response = connection.getresponse()
            body = response.read()
        except TimeoutError:
            raise feed.FeedTimeout(f"nothing for {timeout} s")
        except (OSError, HTTPException):
            raise feed.FeedError("the connection broke")
        finally:
            connection.close()
        if response.status == 200:
            return read_page(body)
        if response.status == 503 and attempt < 2:
            wait = seconds(response.getheader("Retry-After", ""), clock)
            if wait <= 60:
                sleep(wait)
                continue
        raise feed.FeedError(f"status {response.status}")


def seconds(text, clock):
    if text.isdigit():
        return int(text)
    try:
        return max((parsedate_to_datetime(text) - clock()).total_seconds(), 0)
    except (TypeError, ValueError):
        return 1


def fetch_status(base_url, token, *, timeout=5.0, sleep=time.sleep, clock=feed.utc_now):
    pages = {}
    url = base_url + "/v1/status"
    while url and url not in pages:
        if urlsplit(url)[:2] != urlsplit(base_url)[:2]:
            raise feed.FeedError("that is not our feed")
        pages[url] = fetch_page(url, token, timeout=timeout, sleep=sleep, clock=clock)
        following = pages[url].next
        url = None if following is None else urljoin(url, following)
    oldest = min(page.generated_at for page in pages.values())
    trains = []
    for page in pages.values():
        trains += page.trains
    return feed.Board(oldest, trains, clock() > oldest + timedelta(seconds=120))
