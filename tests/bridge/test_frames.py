"""Frames: any bytes are a message or a FrameError, and bombs are refused before they go off."""

from __future__ import annotations

import json
import time
import tracemalloc

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from grader.bridge.candidate import frames
from grader.bridge.candidate.frames import FrameError, length, pack, unpack


@settings(deadline=None, max_examples=300)
@given(st.binary(max_size=200))
@example(b"")
@example(b"[]")
@example(b"{}")
@example(b"1")
@example(b"[" * 5000)
@example(b"[" * 5000 + b"]" * 5000)
@example(b'["\\ud800"]')
@example(b"[\xff]")
@example(b"[NaN, Infinity, -Infinity]")
@example(b"[" + b"9" * 10_000 + b"]")
@example(b"[\x00")
@example(b"\x00[\x00]")
@example('["x"]'.encode("utf-16"))
@example(b"\xef\xbb\xbf[1]")
def test_any_bytes_are_a_message_or_refused(body: bytes) -> None:
    try:
        message = unpack(body)
    except FrameError:
        return
    assert type(message) is list
    assert message


@settings(deadline=None, max_examples=100)
@given(
    st.lists(
        st.none() | st.integers(-(1 << 62), 1 << 62) | st.floats(allow_nan=False) | st.text(),
        min_size=1,
    )
)
def test_a_message_comes_back(message: list[object]) -> None:
    data = pack(message)
    assert length(data[:4]) == len(data) - 4
    assert unpack(data[4:]) == message


@pytest.mark.parametrize("head", [b"\x00\x00\x00\x00", b"\xff\xff\xff\xff", b"\x01\x80\x00\x01"])
def test_an_impossible_length_is_refused_before_anything_is_read(head: bytes) -> None:
    with pytest.raises(FrameError, match="impossible length"):
        length(head)


def test_what_is_too_large_is_not_sent() -> None:
    with pytest.raises(FrameError, match="larger than 24 MB"):
        pack(["x" * (frames.MAX_FRAME + 1)])


def test_what_is_nested_without_end_is_not_sent() -> None:
    message: list[object] = []
    for _ in range(100_000):
        message = [message]
    with pytest.raises(FrameError):
        pack(message)


BOMBS = {
    "lists": b"[" + b"[]," * 1_000_000 + b"0]",
    "depth": b"[" * 1_000_000,
    "objects": b"[" + b"{}," * 1_000_000 + b"0]",
    "digits": b"[" + b"9" * 2_000_000 + b"]",
    "keys": b'[{"a":' * 100_000,
    "numbers": b"[" + b"1e9," * 3_000_000 + b"0]",
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_refused_at_once(name: str) -> None:
    tracemalloc.start()
    try:
        with pytest.raises(FrameError):
            unpack(BOMBS[name])
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert most < 8 << 20


@pytest.mark.parametrize("last", [b"", b"\\", b'"', b"]"])
def test_a_bomb_behind_a_text_without_end_takes_no_longer(last: bytes) -> None:
    """Each of its marks looks like the beginning of a text."""
    body = b"[" * 700_000 + b'"' + b'\\"' * 1_000_000 + last
    began = time.process_time()
    with pytest.raises(FrameError):
        unpack(body)
    assert time.process_time() - began < 30  # square time would be a day of the processor's


def test_brackets_and_commas_within_text_are_no_bomb() -> None:
    text = "[a, b], {c}, " * 20_000
    assert unpack(pack(["ok", text])[4:]) == ["ok", text]


def test_an_object_is_never_part_of_a_message() -> None:
    with pytest.raises(FrameError):
        unpack(json.dumps(["ok", {"a": 1}]).encode())
