"""Sends HTTP requests to the learner's server, from inside the sandbox."""

from __future__ import annotations

import http.client
import socket
import time
from typing import Any

from .codec import CodecError, Decoder, Encoder
from .frames import length, pack, unpack

MAX_BODY = 4 << 20
_PAUSE = 0.02  # seconds between attempts to reach a server that is still starting


def main(_arguments: Any, fds: list[int]) -> None:
    """Entry point in the sandbox: one question after the other on `fds[0]`, until it is closed.

    A question is `["request", port, method, path, body, headers, seconds, wait]`, an answer
    `["ok", [status, reason, headers, body]]` or `["error", class, text]`.
    """
    with socket.socket(fileno=fds[0]) as sock, sock.makefile("rb") as stream:
        while head := stream.read(4):
            _, *parts = Decoder(_refuse).value(["list", *unpack(stream.read(length(head)))])
            try:
                answer = ["ok", Encoder(_refuse).node(_request(*parts))]
            except (OSError, http.client.HTTPException, ValueError) as error:
                answer = ["error", type(error).__name__, str(error)[:300]]
            sock.sendall(pack(answer))


def _refuse(_value: Any) -> Any:
    raise CodecError("not a plain value")


def _request(
    port: int,
    method: str,
    path: str,
    body: bytes,
    headers: dict[str, str],
    seconds: float,
    wait: float,
) -> list[Any]:
    connection = _connected(port, seconds, time.monotonic() + wait)
    try:
        connection.request(method, path, body or None, headers)
        answer = connection.getresponse()
        found = answer.read(MAX_BODY + 1)
        if len(found) > MAX_BODY:
            raise ValueError(f"the answer is larger than {MAX_BODY >> 20} MB")
        return [answer.status, answer.reason, answer.getheaders(), found]
    finally:
        connection.close()


def _connected(port: int, seconds: float, end: float) -> http.client.HTTPConnection:
    while True:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=seconds)
        try:
            connection.connect()
        except ConnectionRefusedError:
            if time.monotonic() >= end:
                raise
            time.sleep(_PAUSE)
        else:
            return connection
