"""Frames on a stream socket: four bytes of length, big-endian, then JSON.

Theory of operation. A frame is refused before it is read when it is longer than MAX_FRAME, and
before it is parsed when it opens more brackets than the codec allows nodes, so that neither the
bytes nor the objects of a hostile frame can exhaust the reader.
"""

from __future__ import annotations

import json
import struct
from typing import Any

MAX_FRAME = 16 << 20
MAX_BRACKETS = 600_000
_HEAD = struct.Struct(">I")
_encode = json.JSONEncoder(separators=(",", ":"), check_circular=False).encode


class FrameError(Exception):
    """Bytes that are no frame; the connection can't be trusted any more."""


def pack(message: list[Any]) -> bytes:
    """A message as bytes; FrameError when it is too large."""
    body = _encode(message).encode("ascii")
    if len(body) > MAX_FRAME:
        raise FrameError(f"larger than {MAX_FRAME >> 20} MB")
    return _HEAD.pack(len(body)) + body


def length(head: bytes) -> int:
    """Length of the body that follows a head of four bytes."""
    (size,) = _HEAD.unpack(head)
    if not 0 < size <= MAX_FRAME:
        raise FrameError("a frame of impossible length")
    return int(size)


def unpack(body: bytes | bytearray) -> list[Any]:
    """The message in a body; FrameError for anything but a JSON array."""
    if body.count(b"[") > MAX_BRACKETS:
        raise FrameError("a frame with too many parts")
    try:
        message = json.loads(body)
    except (ValueError, RecursionError):
        raise FrameError("a frame that is not JSON") from None
    if type(message) is not list or not message:
        raise FrameError("a frame that is not a message")
    return message
