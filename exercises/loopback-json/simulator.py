"""A train-status feed on this machine, well-behaved or not. Given: run it, read it, test with it.

    python simulator.py            a feed without faults, on http://127.0.0.1:8040
    python simulator.py hangs      the same feed with one misbehaviour

In a test, say what the feed answers, path by path:

    with Simulator({"/v1/status": page()}) as feed:
        board = fetch_status(feed.url, "test-token")
    assert len(feed.requests) == 1
"""

from __future__ import annotations

import json
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

PATH = "/v1/status"
SILENCE = 1.5  # seconds of a feed that hangs; then it hangs up
TRAINS = (
    {"id": "HD-1042", "to": "Saltby Quay", "state": "late", "minutes_late": 7},
    {"id": "HD-1050", "to": "Northmoor", "state": "on time", "minutes_late": 0},
)


@dataclass(frozen=True)
class Answer:
    """One answer of the feed.

    send: how many bytes of the body are really sent; None for all of them
    then: "close" when that is done, or "hang": the feed falls silent, and hangs up in the end.
        If it has sent no byte of the body by then, it has sent nothing at all.
    """

    status: int = 200
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    send: int | None = None
    then: str = "close"


@dataclass(frozen=True)
class Request:
    """What a client asked: the path with its query, and the headers by their names."""

    path: str
    headers: Mapping[str, str]


def page(
    *trains: Mapping[str, Any], at: str = "2026-03-14T07:58:30Z", next: str | None = None
) -> Answer:
    """Return a page as a feed without faults gives it; with the two TRAINS if none are named."""
    content = {"generated_at": at, "trains": [*trains] or [*TRAINS], "next": next}
    return Answer(body=json.dumps(content).encode())


def no_page(status: int, **headers: str) -> Answer:
    """Return a status without a page: no_page(503, Retry_After="30")."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Answer(status=status, headers=named)


class Script:
    """What the feed answers to each path, in turn; the last answer is given again and again."""

    def __init__(
        self, answers: Mapping[str, Answer | Sequence[Answer]], silence: float = SILENCE
    ) -> None:
        self.silence = silence
        self.answers = {
            path: [answer] if isinstance(answer, Answer) else [*answer]
            for path, answer in answers.items()
        }
        self.requests: list[Request] = []
        self.waited_out = 0  # how often a client has waited until the feed hung up

    def answer(self, request: Request) -> Answer:
        """Return the answer to a request, and remember that it came."""
        before = sum(earlier.path == request.path for earlier in self.requests)
        self.requests.append(request)
        found = self.answers.get(request.path, [no_page(404)])
        return found[min(before, len(found) - 1)]

    def handler(self) -> type[BaseHTTPRequestHandler]:
        """Return the class that an HTTP server needs to act this script out."""
        script = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                answer = script.answer(Request(self.path, dict(self.headers.items())))
                try:
                    _send(self, answer, script.silence)
                except TimeoutError:
                    script.waited_out += 1
                except OSError:
                    pass  # the client has hung up
                self.close_connection = True

            def log_message(self, *_words: object) -> None:
                """Say nothing: the requests are remembered."""

        return Handler


def _send(handler: BaseHTTPRequestHandler, answer: Answer, silence: float) -> None:
    body = answer.body if answer.send is None else answer.body[: answer.send]
    handler.send_response(answer.status)
    handler.send_header("Content-Type", "application/json")
    handler.send_header("Content-Length", str(len(answer.body)))
    for name, value in answer.headers.items():
        handler.send_header(name, value)
    if answer.then != "hang" or body:
        handler.end_headers()
        handler.wfile.write(body)
        handler.wfile.flush()
    if answer.then == "hang":
        handler.connection.settimeout(silence)
        handler.connection.recv(1)  # comes back sooner when the client hangs up


class Simulator:
    """A feed on a free port of this machine: `with Simulator({...}) as feed: feed.url`."""

    def __init__(
        self,
        answers: Mapping[str, Answer | Sequence[Answer]],
        port: int = 0,
        silence: float = SILENCE,
    ) -> None:
        self.script = Script(answers, silence)
        self._server = ThreadingHTTPServer(("127.0.0.1", port), self.script.handler())
        self._server.daemon_threads = True
        self.port: int = self._server.server_address[1]
        self.url = f"http://127.0.0.1:{self.port}"

    @property
    def requests(self) -> list[Request]:
        """Every request so far, in the order in which they came."""
        return self.script.requests

    def __enter__(self) -> Simulator:
        threading.Thread(target=self._server.serve_forever, args=(0.005,), daemon=True).start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._server.shutdown()
        self._server.server_close()


def _misbehaviours(now: datetime) -> dict[str, dict[str, Any]]:
    """What the feed answers under each name of the command line."""

    def of(*trains: Any, old: int = 0, next: str | None = None) -> Answer:
        at = (now - timedelta(seconds=old)).isoformat(timespec="seconds")
        return page(*trains, at=at, next=next)

    second = {"id": "HD-1066", "to": "Fell End", "state": "cancelled", "minutes_late": 0}
    without = {name: value for name, value in TRAINS[0].items() if name != "minutes_late"}
    good = of(next=f"{PATH}?page=2")
    more = {f"{PATH}?page=2": of(second)}
    elsewhere = no_page(302, Location="http://127.0.0.1:8041/v1/status")
    return {
        "none": {PATH: good, **more},
        "html": {PATH: Answer(body=b"<html><h1>We are back at nine</h1></html>")},
        "missing": {PATH: of(TRAINS[1], without)},
        "wrong-type": {PATH: of(TRAINS[1], {**TRAINS[0], "minutes_late": "7"})},
        "hangs": {PATH: Answer(body=good.body, send=40, then="hang")},
        "busy": {PATH: [no_page(503, Retry_After="2"), good], **more},
        "redirects": {PATH: elsewhere},
        "loops": {PATH: good, f"{PATH}?page=2": of(second, next=PATH)},
        "old": {PATH: of(old=900)},
    }


def _watch(feed: Simulator, seen: int) -> int:
    """Print the requests that are new, and return how many there are."""
    for request in feed.requests[seen:]:
        token = request.headers.get("Authorization", "none")
        print(f"port {feed.port}: GET {request.path}, Authorization: {token}")
    return len(feed.requests)


def main(words: Sequence[str]) -> None:
    """Run a feed, and a server of somebody else's, until Ctrl-C; print who is asked for what."""
    known = _misbehaviours(datetime.now(UTC))
    name = words[0] if words else "none"
    if name not in known:
        sys.exit(f"There is no misbehaviour called {name}. Choose from: {', '.join(known)}")
    try:
        _run(known[name], name)
    except OSError as error:
        sys.exit(f"Ports 8040 and 8041 must be free, is another simulator running? {error}")


def _run(answers: Mapping[str, Answer | Sequence[Answer]], name: str) -> None:
    with (
        Simulator(answers, 8040, silence=60) as feed,
        Simulator({PATH: page()}, 8041) as stranger,
    ):
        print(f"The feed is at {feed.url}, misbehaviour: {name}.")
        print(f"Somebody else's server is at {stranger.url}. Ctrl-C ends both.")
        seen = [0, 0]
        try:
            while True:
                seen = [_watch(feed, seen[0]), _watch(stranger, seen[1])]
                sys.stdout.flush()
                time.sleep(0.2)
        except KeyboardInterrupt:
            print("Both have ended.")


if __name__ == "__main__":
    main(sys.argv[1:])
