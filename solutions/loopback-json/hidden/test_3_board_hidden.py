"""Hidden suite for `fetch_status`: section 3 of feed-api.md, and 4.1 and 4.3.

Pages that would lead round for ever end with a 404 after a few rounds.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from feed import Board, FeedError, FeedTimeout
from simulator import PATH, Answer, Script, Simulator, no_page, page
from status_client import fetch_status

TOKEN = "k7-SEESAW-93x"
NOW = datetime(2026, 10, 24, 21, 10, 0, tzinfo=UTC)
AT = "2026-10-24T21:09:30Z"
TWO, THREE = f"{PATH}?page=2", f"{PATH}?page=3"


def train(number: int) -> dict[str, Any]:
    """Return a train."""
    return {"id": f"NX-{number}", "to": "Cawl Bridge", "state": "late", "minutes_late": number}


def numbered(*numbers: int, next: str | None = None, at: str = AT) -> Answer:
    """Return a page with trains of these numbers."""
    return page(*map(train, numbers), next=next, at=at)


def rounds(answer: Answer) -> list[Answer]:
    """Return the same answer for six requests, and then a 404."""
    return [answer] * 6 + [no_page(404)]


class Watch:
    """A clock that only `sleep` moves on, and the waits so far."""

    def __init__(self, now: datetime = NOW) -> None:
        self.now = now
        self.waits: list[float] = []

    def sleep(self, seconds: float) -> None:
        """Wait in no time."""
        self.waits.append(seconds)
        self.now += timedelta(seconds=seconds)

    def clock(self) -> datetime:
        """Give the time now."""
        return self.now


def asked(candidate: Any, answers: dict[str, Any], now: datetime = NOW) -> tuple[Any, Script]:
    """Ask a feed that gives these answers for its board; return the board or the FeedError."""
    script = Script(answers)
    watch = Watch(now)
    url = candidate.service(script.handler()).url
    try:
        return fetch_status(url, TOKEN, sleep=watch.sleep, clock=watch.clock), script
    except FeedError as error:
        return error, script


def tried(url: str) -> None:
    """Ask for a board, whatever it ends in; for tests of one misconception."""
    try:
        fetch_status(url, TOKEN, sleep=Watch().sleep, clock=Watch().clock)
    except NotImplementedError:
        raise
    except Exception:
        return


def ids(board: Any) -> list[Any]:
    """Return the numbers of the trains on a board."""
    assert isinstance(board, Board)
    return [found.minutes_late for found in board.trains]


def paths(script: Script) -> list[str]:
    """Return what a server was asked for."""
    return [request.path for request in script.requests]


# 3.1, 3.2 and 3.4: the whole board ----------------------------------------------------------------


@pytest.mark.clause("3.1")
@pytest.mark.behaviour("whole-board")
def test_one_page(candidate: Any) -> None:
    """A board of one page has its trains, its time and no mark."""
    board, script = asked(candidate, {PATH: numbered(4, 2, 9)})
    assert ids(board) == [4, 2, 9]
    assert board.generated_at == NOW - timedelta(seconds=30)
    assert board.stale is False
    assert paths(script) == [PATH]


@pytest.mark.clause("3.2")
@pytest.mark.behaviour("whole-board")
@pytest.mark.parametrize(
    ("links", "expected"),
    [
        ((TWO, THREE), [PATH, TWO, THREE]),
        (("?page=2", "?page=3"), [PATH, TWO, THREE]),
        (("status/b", "c"), [PATH, "/v1/status/b", "/v1/status/c"]),
        (("../v2/b", "/c?x=1"), [PATH, "/v2/b", "/c?x=1"]),
    ],
    ids=["from the root", "queries", "from the page", "up and over"],
)
def test_links_lead_on(candidate: Any, links: tuple[str, str], expected: list[str]) -> None:
    """A link leads on from the page it stands on, as in a web page."""
    first, second = links
    _, two, three = expected
    answers = {PATH: numbered(1, next=first), two: numbered(2, next=second), three: numbered(3)}
    board, script = asked(candidate, answers)
    assert ids(board) == [1, 2, 3]
    assert paths(script) == expected


@pytest.mark.clause("3.2")
@pytest.mark.behaviour("whole-board")
def test_whole_links(candidate: Any) -> None:
    """A link may be whole, with the feed's server in it."""
    script = Script({})
    url = candidate.service(script.handler()).url
    script.answers |= {PATH: [numbered(1, next=url + TWO)], TWO: [numbered(2)]}
    assert ids(fetch_status(url, TOKEN)) == [1, 2]
    assert paths(script) == [PATH, TWO]


@pytest.mark.clause("3.1")
@pytest.mark.behaviour("whole-board")
def test_each_page_has_what_section_2_says(candidate: Any) -> None:
    """Every page is asked for with the token, and may be busy, or silent, like the first."""
    script = Script({PATH: numbered(1, next=TWO), TWO: [*[no_page(503)] * 2, numbered(2)]})
    watch = Watch()
    url = candidate.service(script.handler()).url
    assert ids(fetch_status(url, TOKEN, sleep=watch.sleep, clock=watch.clock)) == [1, 2]
    assert watch.waits == [1, 1]
    assert paths(script) == [PATH, TWO, TWO, TWO]
    assert [request.headers["Authorization"] for request in script.requests] == [
        f"Bearer {TOKEN}"
    ] * 4


@pytest.mark.clause("3.4")
@pytest.mark.behaviour("whole-board")
@pytest.mark.parametrize(
    ("second", "error", "text"),
    [
        (no_page(500), FeedError, "500"),
        (Answer(body=b'{"generated_at": "2026'), FeedError, ""),
        (Answer(body=numbered(2).body, send=40, then="hang"), FeedTimeout, ""),
    ],
    ids=["status", "half a page", "silence"],
)
def test_page_that_cannot_be_had(
    candidate: Any, second: Answer, error: type[FeedError], text: str
) -> None:
    """When one page can't be had, its error is raised, and there is no half board."""
    script = Script({PATH: numbered(1, next=TWO), TWO: second})
    url = candidate.service(script.handler()).url
    with pytest.raises(error) as caught:
        fetch_status(url, TOKEN, timeout=0.1, sleep=Watch().sleep)
    assert text in str(caught.value)
    assert isinstance(caught.value, FeedTimeout) == (error is FeedTimeout)


# 3.3: pages in circles ----------------------------------------------------------------------------


@pytest.mark.behaviour("pages-in-circles")
@pytest.mark.feedback("loopback-json.10")
def test_circle_has_an_end(candidate: Any) -> None:
    """A page that leads back to an earlier one is not followed round and round."""
    for last in (PATH, TWO):
        pages = {PATH: numbered(1, next=TWO), TWO: numbered(2, next=last)}
        script = Script({path: rounds(answer) for path, answer in pages.items()})
        tried(candidate.service(script.handler()).url)
        assert script.requests
        assert len(script.requests) < 6


@pytest.mark.behaviour("pages-in-circles")
@pytest.mark.hint("Can you tell that a link leads to a page you have when it is written differently?")
@pytest.mark.parametrize(
    ("links", "trains"),
    [
        ((PATH,), [1]),
        (("",), [1]),
        ((TWO, TWO), [1, 2]),
        (("?page=2", THREE, "?page=2"), [1, 2, 3]),
        ((TWO, THREE, PATH), [1, 2, 3]),
    ],
    ids=["to itself", "to nothing else", "second to itself", "back to the second", "to the first"],
)
def test_circle(candidate: Any, links: tuple[str, ...], trains: list[int]) -> None:
    """The board ends where a link leads to a page that it has; each page is on it once."""
    pages = zip((PATH, TWO, THREE), links, strict=False)
    answers = {path: rounds(numbered(n, next=link)) for n, (path, link) in enumerate(pages, 1)}
    board, script = asked(candidate, answers)
    assert ids(board) == trains
    assert paths(script) == [PATH, TWO, THREE][: len(trains)]


@pytest.mark.behaviour("pages-in-circles")
def test_pages_that_say_the_same(candidate: Any) -> None:
    """Two pages may have the same trains: it is the link that tells pages apart."""
    answers = {PATH: numbered(5, 5, next=TWO), TWO: numbered(5, next=THREE), THREE: numbered(7)}
    board, script = asked(candidate, answers)
    assert ids(board) == [5, 5, 5, 7]
    assert paths(script) == [PATH, TWO, THREE]


@pytest.mark.clause("3.1")
@pytest.mark.behaviour("whole-board")
def test_second_board_is_asked_for_anew(candidate: Any) -> None:
    """A second board is asked for from the first page on, and has nothing of the first board."""
    script = Script({PATH: [numbered(1, next=TWO), numbered(3, next=TWO)], TWO: numbered(2)})
    url = candidate.service(script.handler()).url
    assert ids(fetch_status(url, TOKEN)) == [1, 2]
    assert ids(fetch_status(url, TOKEN)) == [3, 2]
    assert paths(script) == [PATH, TWO] * 2


# 3.5 and 3.6: old news ----------------------------------------------------------------------------


@pytest.mark.clause("3.5")
@pytest.mark.behaviour("old-news")
@pytest.mark.parametrize("oldest", [0, 1, 2])
def test_oldest_page_counts(candidate: Any, oldest: int) -> None:
    """The board is as old as its oldest page, wherever that stands."""
    times = ["2026-10-24T21:09:10Z", "2026-10-24T21:09:20Z", "2026-10-24T21:09:30Z"]
    times[oldest] = "2026-10-24T22:07:00+01:00"
    links = (TWO, THREE, None)
    pages = [numbered(n, next=links[n], at=times[n]) for n in range(3)]
    board, _ = asked(candidate, dict(zip((PATH, TWO, THREE), pages, strict=True)))
    assert board.generated_at == NOW - timedelta(minutes=3)
    assert board.stale is True
    assert ids(board) == [0, 1, 2]


@pytest.mark.behaviour("old-news")
@pytest.mark.hint("Is a board stale after exactly 120 seconds? And has a day more than 86,399 of them?")
@pytest.mark.parametrize(
    ("seconds", "stale"),
    [(0, False), (119, False), (120, False), (121, True), (3600, True), (86_400, True)],
)
def test_stale(candidate: Any, seconds: int, stale: bool) -> None:
    """A board is stale when it is more than 120 seconds old; its trains are all there."""
    at = (NOW - timedelta(seconds=seconds)).strftime("%Y-%m-%dT%H:%M:%SZ")
    board, _ = asked(candidate, {PATH: numbered(1, 2, at=at)})
    assert board.stale is stale
    assert ids(board) == [1, 2]


@pytest.mark.behaviour("old-news")
def test_board_of_the_future(candidate: Any) -> None:
    """A feed whose clock is ahead of ours sends news that is not stale."""
    board, _ = asked(candidate, {PATH: numbered(1, at="2026-10-24T21:40:00Z")})
    assert board.stale is False


@pytest.mark.behaviour("old-news")
@pytest.mark.feedback("loopback-json.5")
def test_board_is_not_hours_old(candidate: Any) -> None:
    """A board half a minute old is not stale when the clock shows the time of another zone."""
    marks = []
    for hours in (0, 1, 8):
        elsewhere = NOW.astimezone(timezone(timedelta(hours=hours)))
        board, _ = asked(candidate, {PATH: numbered(1)}, elsewhere)
        marks.append(getattr(board, "stale", None))
    assert marks[0] is not False or marks == [False] * 3


@pytest.mark.behaviour("old-news")
def test_stale_by_a_clock_of_another_zone(candidate: Any) -> None:
    """A board of three minutes ago is stale, in whatever time zone the clock shows the time."""
    for hours in (1, -5):
        elsewhere = NOW.astimezone(timezone(timedelta(hours=hours)))
        board, _ = asked(candidate, {PATH: numbered(1, at="2026-10-24T21:07:00Z")}, elsewhere)
        assert board.stale is True


@pytest.mark.behaviour("old-news")
@pytest.mark.hint("When does your program ask the clock: before it waits for a page, or after?")
def test_clock_is_asked_in_the_end(candidate: Any) -> None:
    """What counts is the clock once the last page has come, after every wait."""
    at = "2026-10-24T21:08:30Z"  # 90 seconds before
    busy = no_page(503, Retry_After="50")
    answers = {PATH: numbered(1, next=TWO, at=at), TWO: [busy, numbered(2)]}
    board, _ = asked(candidate, answers)
    assert board.stale is True


# 4.1 and 4.3: links to other servers --------------------------------------------------------------


def has_token(script: Script) -> bool:
    """Tell whether a server was told the token, in a header or in the path."""
    return any(
        TOKEN in text
        for request in script.requests
        for text in (request.path, *request.headers.values())
    )


@pytest.mark.clause("4.1")
@pytest.mark.behaviour("links-to-strangers")
@pytest.mark.ksb("S4", "K21", facet="http")
@pytest.mark.must("no-token-leak")
@pytest.mark.feedback("loopback-json.6")
@pytest.mark.parametrize("form", ["{}", "//{}"], ids=["whole link", "link without a scheme"])
def test_link_does_not_take_the_token_along(candidate: Any, form: str) -> None:
    """A link to another server does not hand the token to that server."""
    stranger = Script({PATH: numbered(8)})
    elsewhere = candidate.service(stranger.handler()).url + PATH
    link = form.format(elsewhere if form == "{}" else elsewhere.partition("//")[2])
    feed = Script({PATH: rounds(numbered(1, next=link))})
    with contextlib.suppress(NotImplementedError):
        tried(candidate.service(feed.handler()).url)
    if not has_token(feed):
        pytest.skip("the feed itself was not sent the token yet")
    assert not has_token(stranger)


@pytest.mark.behaviour("links-to-strangers")
@pytest.mark.parametrize("page_with_link", [1, 2])
def test_link_to_another_server(candidate: Any, page_with_link: int) -> None:
    """A link to another server is a FeedError, and that server is asked for nothing."""
    stranger = Script({PATH: numbered(8)})
    link = candidate.service(stranger.handler()).url + PATH
    pages = {PATH: numbered(1, next=link)}
    if page_with_link == 2:
        pages = {PATH: numbered(1, next=TWO), TWO: numbered(2, next=link)}
    found, feed = asked(candidate, pages)
    assert type(found) is not Board
    assert isinstance(found, FeedError)
    assert stranger.requests == []
    assert len(feed.requests) == page_with_link


def neighbours() -> Iterator[tuple[Simulator, Simulator]]:
    """Yield two servers, the port of the second beginning with the digits of the first's."""
    for port in range(2100, 6500):
        with contextlib.suppress(OSError), contextlib.ExitStack() as running:
            feed = running.enter_context(Simulator({}, port))
            yield feed, running.enter_context(Simulator({PATH: numbered(8)}, 10 * port + 7))


@pytest.mark.behaviour("links-to-strangers")
@pytest.mark.hint("Is the port 80 the port 8040 because both begin with 80? Compare whole parts.")
def test_link_to_a_server_with_a_like_name(candidate: Any) -> None:
    """A server whose address begins with the same letters and digits is another server."""
    with contextlib.closing(neighbours()) as found:
        feed, stranger = next(found)
        url, elsewhere = (candidate.service(server.port).url for server in (feed, stranger))
        if elsewhere != f"{url}7":
            return  # at a low isolation the program has no network of its own, and other ports
        feed.script.answers[PATH] = [numbered(1, next=elsewhere + PATH)]
        with pytest.raises(FeedError):
            fetch_status(url, TOKEN)
        assert (paths(stranger.script), paths(feed.script)) == ([], [PATH])


@pytest.mark.behaviour("links-to-strangers")
@pytest.mark.hint("Compare scheme, host and port.")
def test_link_with_another_scheme_or_host(candidate: Any) -> None:
    """The same port with another scheme, or at another host, is another server."""
    script = Script({})
    url = candidate.service(script.handler()).url
    port = url.rpartition(":")[2]
    for link in (f"https://127.0.0.1:{port}{PATH}", f"http://localhost:{port}{TWO}"):
        script.answers = {PATH: [numbered(1, next=link)], TWO: [numbered(2)]}
        before = len(script.requests)
        with pytest.raises(FeedError):
            fetch_status(url, TOKEN, timeout=0.5)
        assert len(script.requests) == before + 1
