"""The examiner's end of a conversation with a candidate.

Theory of operation. The other end is hostile. A channel sends one question at a time and accepts
one answer to it, within a deadline that starts before the first byte, so that bytes dribbled one
by one gain nothing. A deadline is a moment of the clock, or a `Patience`, which goes by CPU time.
Bytes that arrive while no question is open, a frame of impossible length, a message of the wrong
shape or an early end all raise an Incident, after which the session kills the candidate. Paths of
the examiner's `tmp_path` are written as the candidate's folder on the way out and back on the way
in.
"""

from __future__ import annotations

import select
import socket
import struct
import time
from typing import Any

from grader.bridge.candidate import frames
from grader.bridge.incidents import AuthorFault, Cause, Incident
from grader.bridge.patience import Patience, Peer, until

__tracebackhide__ = True  # the suite's own lines are what a tutor wants to see

STOPPED = "your program stopped by itself"
GARBLED = "your program sent something that is not an answer"
_UNSEEN = (
    "the suite passes the path of a folder that was made outside this test (by tmp_path_factory, "
    "setUpClass or another test), which the learner's program can't see: make it in the test, "
    "with tmp_path or tempfile"
)


class Channel:
    """One socket to one candidate process; with `greeted`, its first message says that it is there.

    That message is for the kernel to say by it which process this is, before there are answers.
    """

    def __init__(self, sock: socket.socket, *, greeted: bool = False) -> None:
        self._sock = sock
        self._peer = Peer(sock)
        self._greeted = greeted
        self._buffer = bytearray()
        self._patience = 0.0
        self._sent = self._received = 0
        self.body = b""  # the last message received, as the examiner reads it
        self.outward: tuple[bytes, bytes] | None = None
        self.unseen: bytes | None = None  # how paths begin that the candidate must not be given

    @property
    def sizes(self) -> tuple[int, int]:
        """Bytes of the last message sent and of the last one received."""
        return self._sent, self._received

    def used(self) -> float | None:
        """CPU time that the process has used, in seconds; None when that isn't known."""
        return self._peer.used()

    def close(self) -> None:
        """Hang up; the candidate ends by itself."""
        self._sock.close()

    def check_quiet(self) -> None:
        """Raise when the candidate has said something that nobody asked for."""
        if self._buffer or select.select([self._sock], [], [], 0)[0]:
            if not self._buffer and not self._peek():
                raise Incident(Cause.STOPPED, STOPPED)
            raise Incident(Cause.PROTOCOL, GARBLED)

    def _peek(self) -> bytes:
        try:
            return self._sock.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT)
        except OSError:
            return b""

    def send(
        self, message: list[Any], deadline: float | Patience, fds: tuple[int, ...] = ()
    ) -> None:
        """Send one message, with descriptors if any, before `deadline` (monotonic seconds)."""
        data = frames.pack(message)
        if self.outward is not None:
            data = _replaced(data, *self.outward)
        if self.unseen is not None and self.unseen in data:
            raise AuthorFault(_UNSEEN)
        self.send_frame(data, deadline, fds)

    def send_frame(
        self, data: bytes, deadline: float | Patience, fds: tuple[int, ...] = ()
    ) -> None:
        """Send the bytes of one frame as they are."""
        self._sent = len(data)
        end = deadline.end if isinstance(deadline, Patience) else deadline
        self._wait_for(end - time.monotonic())
        try:
            if fds:
                socket.send_fds(self._sock, [data[:4]], fds)
                data = data[4:]
            self._sock.sendall(data)
        except BlockingIOError:
            raise Incident(Cause.TIME, "") from None
        except OSError:
            raise Incident(Cause.STOPPED, STOPPED) from None

    def _wait_for(self, seconds: float) -> None:
        """Let the kernel end a wait after about so long; set only when it differs much.

        A socket option, and no timeout of Python's, which costs two system calls a question.
        """
        seconds = max(0.002, seconds)
        if not 0.8 * self._patience < seconds < 1.2 * self._patience:
            whole, rest = divmod(seconds, 1)
            value = struct.pack("@ll", int(whole), int(rest * 1e6))
            for option in (socket.SO_RCVTIMEO, socket.SO_SNDTIMEO):
                self._sock.setsockopt(socket.SOL_SOCKET, option, value)
            self._patience = seconds

    def receive(self, deadline: float | Patience) -> list[Any]:
        """Wait for one message until `deadline` (monotonic seconds)."""
        return self.receive_frame(deadline)[0]

    def receive_frame(self, deadline: float | Patience) -> tuple[list[Any], bytes]:
        """Wait for one message, and give it with the bytes of its frame, to be passed on."""
        patience = deadline if isinstance(deadline, Patience) else until(deadline)
        try:
            if self._greeted:
                self._greeted = False
                if self._exactly(len(frames.GREETING), patience) != frames.GREETING:
                    raise Incident(Cause.PROTOCOL, GARBLED)
            size = frames.length(self._exactly(4, patience))
            body = self._exactly(size, patience)
            self._received = size
            if self.outward is not None:
                body = body.replace(self.outward[1], self.outward[0])
            self.body = body
            return frames.unpack(body), len(body).to_bytes(4, "big") + body
        except (TimeoutError, BlockingIOError):
            raise Incident(Cause.TIME, "") from None
        except frames.FrameError as error:
            raise Incident(Cause.PROTOCOL, GARBLED, str(error)) from None
        except OSError:
            raise Incident(Cause.STOPPED, STOPPED) from None

    def _exactly(self, size: int, patience: Patience) -> bytes:
        while len(self._buffer) < size:
            self._wait_for(patience.seconds)
            try:
                piece = self._peer.receive(1 << 18)
            except (TimeoutError, BlockingIOError):
                if patience.over():
                    raise
                continue
            if not piece:
                raise Incident(Cause.STOPPED, STOPPED)
            self._buffer += piece
            if patience.over():
                raise TimeoutError
        taken = bytes(self._buffer[:size])
        del self._buffer[:size]
        return taken


def _replaced(data: bytes, old: bytes, new: bytes) -> bytes:
    body = data[4:].replace(old, new)
    return len(body).to_bytes(4, "big") + body
