"""The network between a suite and the learner's program: the sandbox's own loopback.

Theory of operation. A service of the suite runs in threads of the examiner and listens nowhere.
`candidate/forwarder.py` listens inside the sandbox and asks for a socket for each connection; it
gets one end of a fresh pair, and the suite's request handler serves the other. So all that comes
out of the sandbox are bytes on sockets that the examiner made, bounded in number, size and time.
The other way round, `candidate/web.py` asks the learner's server from inside the sandbox.
"""

from __future__ import annotations

import contextlib
import functools
import http.client
import json
import socket
import socketserver
import struct
import sys
import threading
import time
from dataclasses import dataclass
from typing import Any

from grader.bridge.candidate import frames
from grader.bridge.candidate.codec import CodecError, Decoder, Encoder
from grader.bridge.channel import GARBLED, Channel
from grader.bridge.incidents import AuthorFault, Cause, Incident
from grader.bridge.session import Session

MAX_CONNECTIONS = 500  # of one service, in one test
MAX_AT_ONCE = 16
MAX_RECEIVED = 16 << 20  # bytes on one connection
PATIENCE = 10.0  # seconds without a byte
NEEDS_LOOPBACK = "{} needs the loopback: write loopback = true under [sandbox] in exercise.toml"
_PIECE = 1 << 16


class _Bounded(socket.socket):
    """A socket that gives up after MAX_RECEIVED bytes."""

    _left = MAX_RECEIVED

    def _counted(self, size: int) -> int:
        self._left -= size
        if self._left < 0:
            raise ConnectionAbortedError("the program sent more than is read")
        return size

    def recv(self, *args: Any) -> bytes:
        """As in `socket`."""
        piece = super().recv(*args)
        self._counted(len(piece))
        return piece

    def recv_into(self, *args: Any, **kwargs: Any) -> int:
        """As in `socket`."""
        return self._counted(super().recv_into(*args, **kwargs))


class _Server(socketserver.ThreadingMixIn, socketserver.BaseServer):
    """Runs a request handler on sockets that are handed in."""

    daemon_threads = True
    block_on_close = False

    def __init__(self, port: int, handler: Any) -> None:
        super().__init__(("127.0.0.1", port), handler)
        self.server_name, self.server_port = "127.0.0.1", port  # as an HTTPServer has them
        self.free = threading.Semaphore(MAX_AT_ONCE)

    def shutdown_request(self, request: Any) -> None:
        """The handler is done with a connection."""
        with contextlib.suppress(OSError):
            request.shutdown(socket.SHUT_WR)
        request.close()
        self.free.release()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Connections that broke are the program's affair, everything else is shown."""
        if not isinstance(sys.exc_info()[1], OSError):
            super().handle_error(request, client_address)


class Service:
    """A service of the suite's, as the learner's program can reach it."""

    def __init__(self, session: Session, handler: Any, port: int) -> None:
        self._session = session
        self._control, theirs = socket.socketpair()
        with theirs:
            arguments = {"port": port}
            self._pid = session.spawn_program(arguments, (theirs.fileno(),), "forwarder:main")
        self.port = self._learn_port()
        self._server = _Server(self.port, handler)
        threading.Thread(target=self._serve, daemon=True).start()

    @property
    def url(self) -> str:
        """Where the program finds it, such as `http://127.0.0.1:40001`."""
        return f"http://127.0.0.1:{self.port}"

    def close(self) -> None:
        """Nobody can connect any more."""
        with contextlib.suppress(OSError):
            self._control.shutdown(socket.SHUT_RDWR)
        self._session.kill_program(self._pid)

    def _learn_port(self) -> int:
        self._control.settimeout(self._session.deadlines.start)
        try:
            said = self._control.recv(2, socket.MSG_WAITALL)
        except OSError:
            said = b""
        if len(said) != 2:
            text = "the service that your program should talk to could not be started"
            raise self._session.stop(Incident(Cause.STOPPED, text))
        self._control.settimeout(None)
        return int(struct.unpack(">H", said)[0])

    def _serve(self) -> None:
        with self._control, contextlib.suppress(OSError):
            for number in range(1, MAX_CONNECTIONS + 1):
                if not self._control.recv(1):
                    break
                self._server.free.acquire()
                near, far = socket.socketpair()
                with far:
                    socket.send_fds(self._control, [b"c"], [far.fileno()])
                bounded = _Bounded(fileno=near.detach())
                bounded.settimeout(PATIENCE)
                self._server.process_request(bounded, ("127.0.0.1", number))


class _Relay(socketserver.BaseRequestHandler):
    """Passes a connection on to a server that the suite runs itself."""

    def __init__(self, port: int, request: Any, address: Any, server: Any) -> None:
        self._port = port
        super().__init__(request, address, server)

    def handle(self) -> None:
        """Both directions, until both have ended."""
        with socket.create_connection(("127.0.0.1", self._port), PATIENCE) as beyond:
            back = threading.Thread(target=_pump, args=(beyond, self.request), daemon=True)
            back.start()
            _pump(self.request, beyond)
            back.join()


def _pump(source: socket.socket, target: socket.socket) -> None:
    with contextlib.suppress(OSError):
        while piece := source.recv(_PIECE):
            target.sendall(piece)
    with contextlib.suppress(OSError):
        target.shutdown(socket.SHUT_WR)


def open_service(session: Session, handler: Any) -> Service:
    """See `Candidate.service`."""
    if not session.loopback:
        raise AuthorFault(NEEDS_LOOPBACK.format("candidate.service"))
    if isinstance(handler, type) and issubclass(handler, socketserver.BaseRequestHandler):
        made: Any = handler
        port = 0
    elif type(handler) is int and 0 < handler < 1 << 16:
        made, port = functools.partial(_Relay, handler), handler
    else:
        raise AuthorFault(
            "candidate.service takes a class derived from http.server.BaseHTTPRequestHandler, or "
            "the port of a server that the suite runs on 127.0.0.1"
        )
    session.settle()
    return Service(session, made, port)


# -- asking the learner's server


@dataclass(frozen=True)
class Response:
    """What the learner's server answered."""

    status: int
    reason: str
    headers: http.client.HTTPMessage
    body: bytes

    @property
    def text(self) -> str:
        """The body as UTF-8."""
        return self.body.decode("utf-8", "replace")

    def json(self) -> Any:
        """The body read as JSON; ValueError when it isn't, or has too many parts."""
        if frames.has_too_many_parts(self.body):
            raise ValueError("the answer's JSON has too many parts")
        return json.loads(self.body)


class Web:
    """Asks the learner's server, from a process inside the sandbox."""

    def __init__(self, session: Session) -> None:
        if not session.loopback:
            raise AuthorFault(NEEDS_LOOPBACK.format("candidate.request"))
        self._session = session
        session.settle()
        ours, theirs = socket.socketpair()
        with theirs:
            self._pid = session.spawn_program({}, (theirs.fileno(),), "web:main")
        self._channel = Channel(ours)
        if session.shared_folder is not None:
            self._channel.outward = session.shared_folder.translation

    def close(self) -> None:
        """End the process."""
        self._channel.close()
        self._session.kill_program(self._pid)

    def request(
        self,
        port: int,
        method: str,
        path: str,
        body: bytes,
        headers: dict[str, str],
        *,
        starting: bool,
    ) -> Response:
        """One request; an OSError when there is no answer.

        When nothing listens, tries again for a while, for longer if the server is `starting`.
        """
        seconds = self._session.deadlines.call
        wait = seconds if starting else min(0.3, seconds)
        try:
            parts = Encoder(_refuse).node([port, method, path, body, headers, seconds, wait])[1:]
        except CodecError:
            raise AuthorFault(
                "candidate.request takes a port, a method, a path, a body of bytes or text, and "
                "headers as a dict of texts"
            ) from None
        end = time.monotonic() + 2 * seconds
        try:
            self._channel.send(["request", *parts], end)
            message = self._channel.receive(end)
            self._session.heard.append(self._channel.body)
            return _response(message)
        except CodecError:
            raise self._session.stop(Incident(Cause.PROTOCOL, GARBLED)) from None
        except Incident as incident:
            late = f"your server did not answer {method} {path} in time"
            text = late if incident.cause is Cause.TIME else incident.text
            raise self._session.stop(Incident(incident.cause, text)) from None


def _refuse(_value: Any) -> Any:
    raise CodecError("not a plain value")


def _response(message: list[Any]) -> Response:
    if message[0] == "error" and len(message) == 3:
        known = {"ConnectionRefusedError": ConnectionRefusedError, "TimeoutError": TimeoutError}
        raise known.get(str(message[1]), ConnectionError)(str(message[2]))
    if message[0] != "ok" or len(message) != 2:
        raise CodecError("unknown answer")
    found = Decoder(_refuse).value(message[1])
    shapes = (int, str, list, bytes)
    if type(found) is not list or [type(part) for part in found] != [*shapes]:
        raise CodecError("malformed answer")
    headers = http.client.HTTPMessage()
    for pair in found[2]:
        if type(pair) is not tuple or [type(part) for part in pair] != [str, str]:
            raise CodecError("malformed header")
        headers[pair[0]] = pair[1]
    return Response(found[0], found[1], headers, found[3])
