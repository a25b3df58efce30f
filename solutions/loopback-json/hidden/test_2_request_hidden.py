"""Hidden suite for `fetch_page`: section 2 of feed-api.md, and 4.2 and 4.4.

The feed runs in this process; the program reaches it on a loopback of its own. Only the tests of
2.3 have a short time-out. A script that would go on for ever ends with a 404.
"""

from __future__ import annotations

import contextlib
import logging
import socketserver
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from feed import FeedError, FeedTimeout, Page, Train
from simulator import PATH, Answer, Script, no_page, page
from status_client import fetch_page

TOKEN = "k7-SEESAW-93x"
NOW = datetime(2026, 10, 24, 21, 10, 0, tzinfo=UTC)
BUS = {"id": "NX-7", "to": "Cawl Bridge", "state": "late", "minutes_late": 61}
GOOD = page(BUS, at="2026-10-24T21:09:30Z")
END = no_page(404)  # where a script ends that would go on for ever


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


def asked(candidate: Any, *answers: Answer, timeout: float = 5.0) -> tuple[Any, Script, Watch]:
    """Ask a feed that gives these answers for a page; return the page or the FeedError."""
    script = Script({PATH: [*answers]})
    watch = Watch()
    url = candidate.service(script.handler()).url + PATH
    try:
        found = fetch_page(url, TOKEN, timeout=timeout, sleep=watch.sleep, clock=watch.clock)
    except FeedError as error:
        return error, script, watch
    return found, script, watch


def is_good(found: Any) -> bool:
    """Tell whether this is the page that a feed gives in the end."""
    return isinstance(found, Page) and list(found.trains) == [Train(**BUS)]


def is_error(found: Any, text: str = "") -> bool:
    """Tell whether this is a FeedError, no FeedTimeout, with a text in its message."""
    plain = isinstance(found, FeedError) and not isinstance(found, FeedTimeout)
    return plain and text in str(found)


# 2.1 and 2.2: one request -------------------------------------------------------------------------


@pytest.mark.clause("2.1")
@pytest.mark.behaviour("asks-once")
@pytest.mark.ksb("S1", "S4", "S15", "K21", facet="http")
def test_one_request_with_the_token(candidate: Any) -> None:
    """A page is asked for once, with `Bearer` and the token in the header Authorization."""
    _, script, watch = asked(candidate, GOOD)
    assert [request.path for request in script.requests] == [PATH]
    headers = {name.lower(): value for name, value in script.requests[0].headers.items()}
    assert headers.get("authorization") == f"Bearer {TOKEN}"
    assert watch.waits == []


@pytest.mark.behaviour("asks-once")
def test_page_of_the_feed(candidate: Any) -> None:
    """With status 200, the page is read and returned, also one of many kilobytes."""
    many = [{**BUS, "id": f"NX-{number}"} for number in range(700)]
    found, _, _ = asked(candidate, page(*many, next="?page=2"))
    assert [train.id for train in found.trains] == [bus["id"] for bus in many]
    assert found.next == "?page=2"


@pytest.mark.behaviour("asks-once")
def test_page_at_another_path(candidate: Any) -> None:
    """The page is asked for at the URL that was given, with its query."""
    script = Script({"/v2/board?page=4&size=10": GOOD})
    url = candidate.service(script.handler()).url
    found = fetch_page(f"{url}/v2/board?page=4&size=10", TOKEN)
    assert is_good(found)


@pytest.mark.behaviour("asks-once")
def test_page_that_is_no_page(candidate: Any) -> None:
    """With status 200 and something else than a page, FeedError is raised after one request."""
    found, script, _ = asked(candidate, Answer(body=b"<html>Back at nine</html>"), END)
    assert is_error(found)
    assert len(script.requests) == 1


# 2.3 and 2.4: silence, and connections that end ----------------------------------------------------


def tried(candidate: Any, handler: Any, timeout: float = 5.0) -> Any:
    """Return what asking for a page ends in, whatever it is; for tests of one misconception."""
    url, watch = candidate.service(handler).url + PATH, Watch()
    try:
        return fetch_page(url, TOKEN, timeout=timeout, sleep=watch.sleep, clock=watch.clock)
    except NotImplementedError:
        raise
    except Exception as error:
        return error


@pytest.mark.behaviour("silent-feed")
@pytest.mark.feedback("loopback-json.1")
@pytest.mark.parametrize("sent", [0, 70], ids=["from the start", "in the middle"])
def test_silence_is_not_waited_out(candidate: Any, sent: int) -> None:
    """The client does not wait until a silent feed hangs up."""
    script = Script({PATH: Answer(body=GOOD.body, send=sent, then="hang")})
    tried(candidate, script.handler(), timeout=0.1)
    assert script.requests
    assert script.waited_out == 0


@pytest.mark.behaviour("silent-feed")
@pytest.mark.feedback("loopback-json.7")
def test_silence_in_the_middle_is_no_plain_error(candidate: Any) -> None:
    """A feed that falls silent in the middle of a page does not end in a plain TimeoutError."""
    script = Script({PATH: Answer(body=GOOD.body, send=70, then="hang")})
    found = tried(candidate, script.handler(), timeout=0.1)
    assert script.requests
    assert not isinstance(found, TimeoutError)


@pytest.mark.behaviour("silent-feed")
@pytest.mark.hint("A time-out before the first byte and one in the middle come as two errors.")
@pytest.mark.parametrize("sent", [0, 70], ids=["from the start", "in the middle"])
def test_silence(candidate: Any, sent: int) -> None:
    """A feed that says nothing for `timeout` seconds is a FeedTimeout, and is not asked again."""
    silent = Answer(body=GOOD.body, send=sent, then="hang")
    found, script, watch = asked(candidate, silent, GOOD, timeout=0.1)
    assert isinstance(found, FeedTimeout)
    assert (len(script.requests), watch.waits) == (1, [])


class HangsUp(socketserver.BaseRequestHandler):
    """Takes a request and hangs up without a word."""

    def handle(self) -> None:
        """Read, and say nothing."""
        self.request.recv(4096)


@pytest.mark.behaviour("broken-connection")
@pytest.mark.hint("Is everything that http.client raises a kind of OSError? See its documentation.")
def test_feed_breaks_off(candidate: Any) -> None:
    """A feed that hangs up in the middle of a page is a FeedError, and is not asked again."""
    found, script, watch = asked(candidate, Answer(body=GOOD.body, send=70), GOOD)
    assert is_error(found)
    assert (len(script.requests), watch.waits) == (1, [])


@pytest.mark.behaviour("broken-connection")
def test_feed_hangs_up(candidate: Any) -> None:
    """A feed that hangs up without a word is a FeedError."""
    watch = Watch()
    with pytest.raises(FeedError) as caught:
        fetch_page(candidate.service(HangsUp).url + PATH, TOKEN, sleep=watch.sleep)
    assert is_error(caught.value)
    assert watch.waits == []


@pytest.mark.behaviour("broken-connection")
def test_nobody_listens() -> None:
    """A server that takes no connections is a FeedError."""
    watch = Watch()
    with pytest.raises(FeedError) as caught:
        fetch_page(f"http://127.0.0.1:9{PATH}", TOKEN, sleep=watch.sleep, clock=watch.clock)
    assert is_error(caught.value)
    assert watch.waits == []


# 2.5 to 2.7: a busy feed --------------------------------------------------------------------------


def busy(retry_after: str | None = None) -> Answer:
    """Return a 503."""
    return no_page(503) if retry_after is None else no_page(503, Retry_After=retry_after)


@pytest.mark.clause("2.6")
@pytest.mark.behaviour("busy-feed")
@pytest.mark.feedback("loopback-json.8")
def test_wait_is_made_with_sleep(candidate: Any) -> None:
    """A client that asks a busy feed again has called `sleep` first."""
    _, script, watch = asked(candidate, busy("1"), GOOD)
    assert len(script.requests) < 2 or watch.waits != []


@pytest.mark.behaviour("busy-feed")
def test_seconds(candidate: Any) -> None:
    """After a 503 the client waits as many seconds as Retry-After says, then asks again."""
    for seconds in (2, 17, 60):
        found, script, watch = asked(candidate, busy(str(seconds)), GOOD)
        assert is_good(found)
        assert (watch.waits, len(script.requests)) == ([seconds], 2)


@pytest.mark.behaviour("busy-feed")
@pytest.mark.hint("What does email.utils.parsedate_to_datetime give? Has it a time zone?")
def test_date(candidate: Any) -> None:
    """Retry-After may be a date: the client waits from `clock()` until then."""
    found, _, watch = asked(candidate, busy("Sat, 24 Oct 2026 21:10:41 GMT"), GOOD)
    assert is_good(found)
    assert watch.waits == [41]


def wait_by(candidate: Any, hours: int) -> tuple[Any, list[float]]:
    """Ask a feed that is busy until 21:10:41 UTC, with a clock in another time zone."""
    script = Script({PATH: [busy("Sat, 24 Oct 2026 21:10:41 GMT"), GOOD]})
    waits: list[float] = []
    elsewhere = NOW.astimezone(timezone(timedelta(hours=hours)))
    url = candidate.service(script.handler()).url + PATH
    try:
        return fetch_page(url, TOKEN, sleep=waits.append, clock=lambda: elsewhere), waits
    except FeedError as error:
        return error, waits


@pytest.mark.behaviour("busy-feed")
@pytest.mark.feedback("loopback-json.5")
def test_date_is_not_hours_away(candidate: Any) -> None:
    """When the clock shows the time of another zone, a date is not taken for hours later."""
    at_home, waits = wait_by(candidate, 0)
    if is_good(at_home) and waits == [41]:
        found, waits = wait_by(candidate, -3)
        assert is_good(found)
        assert sum(waits) < 60


@pytest.mark.behaviour("busy-feed")
def test_date_by_a_clock_of_another_zone(candidate: Any) -> None:
    """The wait until a date is the same in whatever time zone the clock shows the time."""
    for hours in (1, -5):
        found, waits = wait_by(candidate, hours)
        assert is_good(found)
        assert waits == [41]


@pytest.mark.behaviour("busy-feed")
def test_each_date_counts_from_the_clock_of_then(candidate: Any) -> None:
    """The second of two dates is counted from the clock after the first wait."""
    first, second = "Sat, 24 Oct 2026 21:10:20 GMT", "Sat, 24 Oct 2026 21:10:50 GMT"
    found, _, watch = asked(candidate, busy(first), busy(second), GOOD)
    assert is_good(found)
    assert watch.waits == [20, 30]


@pytest.mark.behaviour("busy-feed")
def test_no_wait(candidate: Any) -> None:
    """A date that has passed, and 0 seconds, mean no wait."""
    for retry_after in ("Sat, 24 Oct 2026 21:09:00 GMT", "0"):
        found, script, watch = asked(candidate, busy(retry_after), GOOD)
        assert is_good(found)
        assert sum(watch.waits) == 0
        assert all(wait == 0 for wait in watch.waits)
        assert len(script.requests) == 2


@pytest.mark.behaviour("busy-feed")
def test_wait_of_a_second(candidate: Any) -> None:
    """Without Retry-After, or when it is no number and no date, the wait is 1 second."""
    for retry_after in (None, "soon", "-5", "in 30 seconds"):
        found, _, watch = asked(candidate, busy(retry_after), GOOD)
        assert is_good(found)
        assert watch.waits == [1]


@pytest.mark.behaviour("knows-when-to-stop")
def test_third_time_may_work(candidate: Any) -> None:
    """A page is asked for up to 3 times."""
    found, script, watch = asked(candidate, busy("2"), busy("3"), GOOD)
    assert is_good(found)
    assert (len(script.requests), watch.waits) == (3, [2, 3])


@pytest.mark.behaviour("knows-when-to-stop")
def test_third_503_is_the_last(candidate: Any) -> None:
    """After the third 503 there is a FeedError and no further wait."""
    found, script, watch = asked(candidate, *[busy("2")] * 3, GOOD)
    assert is_error(found, "503")
    assert (len(script.requests), watch.waits) == (3, [2, 2])


@pytest.mark.behaviour("knows-when-to-stop")
def test_long_wait_is_not_made(candidate: Any) -> None:
    """When the feed asks for more than 60 seconds, there is a FeedError at once."""
    for retry_after in ("61", "86400", "Sat, 24 Oct 2026 21:11:01 GMT"):
        found, script, watch = asked(candidate, busy(retry_after), GOOD)
        assert is_error(found, "503")
        assert (len(script.requests), watch.waits) == (1, [])


# 2.8: other statuses ------------------------------------------------------------------------------


@pytest.mark.behaviour("other-statuses")
@pytest.mark.feedback("loopback-json.2")
def test_other_status_is_not_tried_again(candidate: Any) -> None:
    """A status other than 503 is not tried again."""
    for status in (401, 404, 500):
        script = Script({PATH: [no_page(status), GOOD]})
        tried(candidate, script.handler())
        assert script.requests
        assert len(script.requests) == 1


@pytest.mark.behaviour("other-statuses")
@pytest.mark.hint("Not every status below 300 comes with a page.")
def test_other_status(candidate: Any) -> None:
    """Every status but 200 and 503 is a FeedError whose message has the number in it."""
    for status in (202, 204, 400, 401, 403, 404, 410, 429, 500, 502, 504):
        answer = Answer(status, GOOD.body, {"Retry-After": "3"}) if status != 204 else no_page(204)
        found, script, watch = asked(candidate, answer, GOOD)
        assert is_error(found, str(status))
        assert (len(script.requests), watch.waits) == (1, [])


# 4.2: redirects -----------------------------------------------------------------------------------


def has_token(script: Script) -> bool:
    """Tell whether a server was told the token, in a header or in the path."""
    return any(
        TOKEN in text
        for request in script.requests
        for text in (request.path, *request.headers.values())
    )


@pytest.mark.behaviour("redirects")
@pytest.mark.ksb("S4", "K21", facet="http")
@pytest.mark.must("no-token-leak")
@pytest.mark.feedback("loopback-json.6")
def test_redirect_does_not_take_the_token_along(candidate: Any) -> None:
    """A redirect to another server does not hand the token to that server."""
    for status in (301, 302, 303, 307, 308):
        stranger = Script({PATH: GOOD})
        elsewhere = candidate.service(stranger.handler()).url + PATH
        feed = Script({PATH: no_page(status, Location=elsewhere)})
        with contextlib.suppress(NotImplementedError):
            tried(candidate, feed.handler())
        if not has_token(feed):
            pytest.skip("the feed itself was not sent the token yet")
        assert not has_token(stranger)


@pytest.mark.behaviour("redirects")
def test_redirect_is_not_followed(candidate: Any) -> None:
    """A redirect is a FeedError with its number in the message; nobody is asked because of it."""
    for status in (300, 301, 302, 303, 307, 308):
        stranger = Script({PATH: GOOD})
        elsewhere = candidate.service(stranger.handler()).url + PATH
        found, feed, watch = asked(candidate, no_page(status, Location=elsewhere), GOOD)
        assert is_error(found, str(status))
        assert stranger.requests == []
        assert (len(feed.requests), watch.waits) == (1, [])


@pytest.mark.behaviour("redirects")
def test_redirect_on_the_same_server_is_not_followed(candidate: Any) -> None:
    """A redirect to another path of the feed's own server is not followed either."""
    script = Script({PATH: no_page(302, Location="/v2/status"), "/v2/status": GOOD})
    with pytest.raises(FeedError, match="302"):
        fetch_page(candidate.service(script.handler()).url + PATH, TOKEN, sleep=Watch().sleep)
    assert [request.path for request in script.requests] == [PATH]


# 4.4: the token is a secret -----------------------------------------------------------------------


def texts_of(error: BaseException | None) -> Iterator[str]:
    """Yield every text of an error, and of the errors behind it."""
    for _ in range(8):
        if error is None:
            return
        yield from (str(error), repr(error.args), *getattr(error, "__notes__", ()))
        error = error.__cause__ or error.__context__


TROUBLE = {
    "refused": no_page(401),
    "forbidden": no_page(403),
    "busy": busy("1"),
    "redirect": no_page(302, Location="/login"),
    "no page": Answer(body=b"<html>"),
    "wrong page": Answer(body=b"{}"),
    "breaks off": Answer(body=GOOD.body, send=70),
    "silent": Answer(body=GOOD.body, send=0, then="hang"),
}


@pytest.mark.behaviour("token-kept-secret")
@pytest.mark.feedback("loopback-json.9")
@pytest.mark.parametrize("trouble", [*TROUBLE])
def test_error_does_not_show_the_token(
    candidate: Any,
    caplog: pytest.LogCaptureFixture,
    capsys: pytest.CaptureFixture[str],
    trouble: str,
) -> None:
    """Whatever goes wrong, no message, log or output of the program shows the token."""
    caplog.set_level(logging.DEBUG)
    script = Script({PATH: TROUBLE[trouble]})
    found = None
    with contextlib.suppress(NotImplementedError):
        found = tried(candidate, script.handler(), timeout=0.1)
    if not has_token(script):
        pytest.skip("the feed was not sent the token yet")
    shown = [*texts_of(found)] if isinstance(found, BaseException) else []
    assert TOKEN not in "".join([*shown, caplog.text, *capsys.readouterr()])


@pytest.mark.behaviour("token-kept-secret")
@pytest.mark.feedback("loopback-json.9")
def test_token_is_in_no_url_and_no_output(
    candidate: Any, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    """When all goes well, the token is in no URL, no log and no output."""
    caplog.set_level(logging.DEBUG)
    script = Script({PATH: [busy("1"), GOOD]})
    with contextlib.suppress(NotImplementedError):
        tried(candidate, script.handler())
    if not has_token(script):
        pytest.skip("the feed was not sent the token yet")
    paths = [request.path for request in script.requests]
    assert TOKEN not in "".join([*paths, caplog.text, *capsys.readouterr()])
