"""Frames on a stream socket: four bytes of length, big-endian, then JSON.

Theory of operation. A frame is refused before it is read when it is longer than MAX_FRAME, and
before it is parsed when it opens more brackets than the codec allows nodes, or has more parts
than such nodes can have, so that neither the bytes nor the objects of a hostile frame can exhaust
the reader. JSON objects are no part of any message and are refused at the first one.
"""

from __future__ import annotations

import json
import re
import struct
from typing import Any

MAX_FRAME = 24 << 20
MAX_BRACKETS = 600_000
MAX_COMMAS = 2_200_000
_HEAD = struct.Struct(">I")
# Matches at every quotation mark, a text that has no end too, and gives nothing back: one that
# fails at the end of a long text is tried again from each mark inside of it.
_TEXT = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+(?:"|\\?\Z)', re.DOTALL)
# Not as ASCII: two lone surrogates in a row would come back as one character.
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False).encode


class FrameError(Exception):
    """Bytes that are no frame; the connection can't be trusted any more."""


def pack(message: list[Any]) -> bytes:
    """A message as bytes; FrameError when it is too large."""
    try:
        body = _encode(message).encode("utf-8", "surrogatepass")
    except RecursionError:
        raise FrameError("nested too deeply") from None
    if len(body) > MAX_FRAME:
        raise FrameError(f"larger than {MAX_FRAME >> 20} MB")
    return _HEAD.pack(len(body)) + body


GREETING = pack(["here"])  # what a copy says before anything is asked of it


def length(head: bytes) -> int:
    """Length of the body that follows a head of four bytes."""
    (size,) = _HEAD.unpack(head)
    if not 0 < size <= MAX_FRAME:
        raise FrameError("a message of impossible length")
    return int(size)


def has_too_many_parts(body: bytes | bytearray) -> bool:
    """Whether JSON would become more objects than there may be; what stands in texts is none."""
    return _is_too_much(body) and _is_too_much(_TEXT.sub(b"", body))


def _is_too_much(body: bytes | bytearray) -> bool:
    opened = body.count(b"[") + body.count(b"{")
    return opened > MAX_BRACKETS or body.count(b",") > MAX_COMMAS


def _refuse_object(_pairs: list[tuple[str, Any]]) -> Any:
    raise ValueError("no message holds an object")


_decode = json.JSONDecoder(object_pairs_hook=_refuse_object).decode


def unpack(body: bytes | bytearray) -> list[Any]:
    """The message in a body; FrameError for anything but a JSON array."""
    if has_too_many_parts(body):
        raise FrameError("a message with too many parts")
    try:
        message = _decode(body.decode("utf-8", "surrogatepass"))
    except (ValueError, RecursionError):
        raise FrameError("a message that is not JSON") from None
    if type(message) is not list or not message:
        raise FrameError("something else than a message")
    return message
