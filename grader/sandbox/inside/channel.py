"""Frames between worker, zygote and supervisor: a length, a JSON object, maybe descriptors.

Theory of operation. None of the three runs a learner's program, but all of them are near one,
so a frame is bounded, must be an object, and each wait has an end. Descriptors travel with the
first byte of a frame. A stream socket is used because every POSIX system has it.
"""

from __future__ import annotations

import contextlib
import json
import os
import socket
import time
from collections.abc import Mapping, Sequence

LIMIT = 4 << 20  # bytes in one frame
MOST_DESCRIPTORS = 32  # in one frame

_CLOEXEC = getattr(socket, "MSG_CMSG_CLOEXEC", 0)


class ChannelClosedError(Exception):
    """The other end is gone."""


class ChannelFaultError(Exception):
    """What arrived is not a frame of ours, or what is to be sent is too large."""


class Channel:
    """One end of a two-way channel. Waits raise `TimeoutError`; see also the errors above."""

    def __init__(self, end: socket.socket) -> None:
        self._end = end

    def fileno(self) -> int:
        """Return the descriptor, for polling."""
        return self._end.fileno()

    def close(self) -> None:
        """Close this end; the other one is told even if a fork of ours has a copy."""
        with contextlib.suppress(OSError):
            self._end.shutdown(socket.SHUT_RDWR)
        self._end.close()

    def release(self) -> None:
        """Close this copy of the end only."""
        self._end.close()

    def send(
        self, message: Mapping[str, object], fds: Sequence[int] = (), *, timeout: float
    ) -> None:
        """Send one object, with copies of `fds`."""
        body = json.dumps(message, separators=(",", ":")).encode()
        if len(body) > LIMIT or len(fds) > MOST_DESCRIPTORS:
            raise ChannelFaultError("the message is too large to send")
        frame = len(body).to_bytes(4, "big") + body
        self._end.settimeout(timeout)
        try:
            if fds:
                frame = frame[socket.send_fds(self._end, [frame], list(fds)) :]
            self._end.sendall(frame)
        except (BrokenPipeError, ConnectionResetError) as error:
            raise ChannelClosedError from error

    def receive(self, *, timeout: float, fds: int = 0) -> tuple[dict[str, object], list[int]]:
        """Return the next object and up to `fds` descriptors that came with it.

        Descriptors that nobody asked for are dropped by the kernel.
        """
        deadline = time.monotonic() + timeout
        received: list[int] = []
        try:
            head = self._take(4, deadline, received, fds)
            size = int.from_bytes(head, "big")
            if size > LIMIT:
                raise ChannelFaultError(f"a frame of {size} bytes was announced")
            return _decode(self._take(size, deadline, received, 0)), received
        except BaseException:
            for fd in received:
                os.close(fd)
            raise

    def _take(self, size: int, deadline: float, received: list[int], fds: int) -> bytes:
        parts = bytearray()
        while len(parts) < size:
            left = deadline - time.monotonic()
            if left <= 0:
                raise TimeoutError
            self._end.settimeout(left)
            try:
                if fds and not parts:
                    data, got, _, _ = socket.recv_fds(self._end, size, fds, _CLOEXEC)
                    received += got
                else:
                    data = self._end.recv(size - len(parts))
            except ConnectionResetError as error:
                raise ChannelClosedError from error
            if not data:
                raise ChannelClosedError
            parts += data
        return bytes(parts)


def _decode(body: bytes) -> dict[str, object]:
    try:
        message = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise ChannelFaultError("a frame is not JSON") from error
    if not isinstance(message, dict):
        raise ChannelFaultError("a frame is not a JSON object")
    return message
