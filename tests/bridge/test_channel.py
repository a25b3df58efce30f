"""The examiner's end of a conversation, with a hostile peer at the other."""

from __future__ import annotations

import socket
import struct
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, cast

import pytest

from grader.bridge.candidate import frames
from grader.bridge.channel import Channel
from grader.bridge.incidents import Cause, Incident
from grader.bridge.patience import Patience
from grader.bridge.session import Session
from grader.bridge.shared_folder import SharedFolder


@pytest.fixture
def pair() -> Iterator[tuple[Channel, socket.socket]]:
    ours, theirs = socket.socketpair()
    channel = Channel(ours)
    yield channel, theirs
    channel.close()
    theirs.close()


def soon(seconds: float = 0.2) -> float:
    return time.monotonic() + seconds


def cause_of(action: Callable[[], Any]) -> Cause:
    with pytest.raises(Incident) as caught:
        action()
    return caught.value.cause


def test_an_answer_arrives(pair: Any) -> None:
    channel, peer = pair
    peer.sendall(frames.pack(["ok", 1]))
    assert channel.receive(soon()) == ["ok", 1]
    channel.check_quiet()


def test_an_answer_in_small_pieces_arrives(pair: Any) -> None:
    channel, peer = pair
    data = frames.pack(["ok", "x" * 50])

    def dribble() -> None:
        for byte in data:
            peer.sendall(bytes([byte]))

    thread = threading.Thread(target=dribble)
    thread.start()
    assert channel.receive(soon(3)) == ["ok", "x" * 50]
    thread.join()


def test_silence_ends_at_the_deadline(pair: Any) -> None:
    channel, _ = pair
    assert cause_of(lambda: channel.receive(soon(0.1))) is Cause.TIME


def test_dribbled_bytes_do_not_move_the_deadline(pair: Any) -> None:
    channel, peer = pair
    peer.sendall(frames.pack(["x" * 10_000])[:100])
    done = threading.Event()

    def dribble() -> None:
        while not done.wait(0.02):
            try:
                peer.send(b"x")
            except OSError:
                return

    thread = threading.Thread(target=dribble)
    thread.start()
    assert cause_of(lambda: channel.receive(soon(0.15))) is Cause.TIME
    done.set()
    thread.join()


class Clocked:
    """A socket and its clock: each piece comes after its wait, then there is only silence."""

    def __init__(self, *pieces: tuple[float, bytes]) -> None:
        self.now = 100.0
        self.waits: list[float] = []
        self._pieces = list(pieces)
        self._patience = 0.0

    def monotonic(self) -> float:
        return self.now

    def setsockopt(self, _level: int, option: int, value: bytes) -> None:
        if option == getattr(socket, "SO_PASSCRED", None):
            raise OSError  # a kernel that doesn't say who has sent what
        if option == socket.SO_RCVTIMEO:
            whole, millionths = struct.unpack("@ll", value)
            self._patience = whole + millionths / 1e6

    def recv(self, _size: int) -> bytes:
        self.waits.append(self._patience)
        after, piece = self._pieces.pop(0) if self._pieces else (self._patience, b"")
        if after >= self._patience:
            self.now += self._patience + 0.001  # a kernel waits a little longer, never shorter
            raise BlockingIOError
        self.now += after
        return piece


@pytest.mark.parametrize(
    ("pieces", "within", "waits"),
    [
        ([], 0.4, [0.4]),
        ([(0.35, b"\x00")], 0.4, [0.4, 0.05]),
        ([(0.1, b"\x00"), (0.1, b"\x00"), (0.1, b"\x00")], 0.4, [0.4, 0.3, 0.2, 0.1]),
        ([], -5, [0.002]),
    ],
    ids=["silence", "just-before", "dribbled", "passed"],
)
def test_a_byte_gains_nothing(
    pieces: list[tuple[float, bytes]],
    within: float,
    waits: list[float],
) -> None:
    """The kernel is told to wait for what is left to the deadline, and for no more."""
    clocked: Any = Clocked(*pieces)
    channel = Channel(clocked)
    patience = Patience(within, clocked.now + within, now=clocked.monotonic)
    assert cause_of(lambda: channel.receive(patience)) is Cause.TIME
    assert clocked.waits == pytest.approx(waits, abs=1e-5)


@pytest.mark.parametrize("sent", [b"", b"\x00", b"\x00\x00\x00\x09[1"])
def test_an_early_end_is_a_program_that_stopped(pair: Any, sent: bytes) -> None:
    channel, peer = pair
    peer.sendall(sent)
    peer.close()
    assert cause_of(lambda: channel.receive(soon())) is Cause.STOPPED


@pytest.mark.parametrize(
    "sent",
    [
        b"\xff\xff\xff\xff",
        b"\x00\x00\x00\x00",
        b"\x00\x00\x00\x02{}",
        b"\x00\x00\x00\x02[]",
        b"\x00\x00\x00\x01\xff",
        b"GET / HTTP/1.0\r\n\r\n",
    ],
)
def test_what_is_no_message_is_refused(pair: Any, sent: bytes) -> None:
    channel, peer = pair
    peer.sendall(sent)
    assert cause_of(lambda: channel.receive(soon())) is Cause.PROTOCOL


def test_more_than_one_answer_is_noticed(pair: Any) -> None:
    channel, peer = pair
    peer.sendall(frames.pack(["ok", 1]) + frames.pack(["ok", 2]))
    assert channel.receive(soon()) == ["ok", 1]
    assert cause_of(channel.check_quiet) is Cause.PROTOCOL


def test_words_that_nobody_asked_for_are_noticed(pair: Any) -> None:
    channel, peer = pair
    channel.check_quiet()
    peer.sendall(b"\x00")
    assert cause_of(channel.check_quiet) is Cause.PROTOCOL


def test_a_hang_up_is_not_taken_for_words(pair: Any) -> None:
    channel, peer = pair
    peer.close()
    assert cause_of(channel.check_quiet) is Cause.STOPPED


def test_a_peer_that_does_not_read_runs_out_of_time(pair: Any) -> None:
    channel, _ = pair
    assert cause_of(lambda: channel.send(["x" * 8_000_000], soon())) is Cause.TIME


def test_a_peer_that_is_gone_has_stopped(pair: Any) -> None:
    channel, peer = pair
    peer.close()
    assert cause_of(lambda: channel.send(["op", 1], soon())) is Cause.STOPPED


def test_a_reset_connection_has_stopped(pair: Any) -> None:
    channel, peer = pair
    channel.send(["op", 1], soon())
    peer.close()  # with our question unread
    assert cause_of(lambda: channel.receive(soon())) is Cause.STOPPED


def test_a_descriptor_goes_with_a_message(pair: Any) -> None:
    channel, peer = pair
    one, other = socket.socketpair()
    with one, other:
        channel.send(["fork", 1], soon(), (other.fileno(),))
        head, passed, _, _ = socket.recv_fds(peer, 4, 1)
        body = peer.recv(frames.length(head))
        assert frames.unpack(body) == ["fork", 1]
        with socket.socket(fileno=passed[0]) as copy:
            copy.send(b"hi")
        assert one.recv(2) == b"hi"


def test_paths_are_translated_both_ways(pair: Any) -> None:
    channel, peer = pair
    channel.outward = (b"/tmp/ours-and-long", b"/work")
    channel.send(["call", "/tmp/ours-and-long/a.csv"], soon())
    assert frames.unpack(peer.recv(1000)[4:]) == ["call", "/work/a.csv"]
    peer.sendall(frames.pack(["ok", "/work/a.csv"]))
    assert channel.receive(soon()) == ["ok", "/tmp/ours-and-long/a.csv"]


def test_paths_with_odd_characters_are_translated(pair: Any, tmp_path: Path) -> None:
    channel, peer = pair
    folder = tmp_path / 'naïve "folder"'
    shared = SharedFolder(cast("Session", None), folder, "/work")
    channel.outward = shared.translation
    channel.send(["call", str(folder / "a.csv")], soon())
    assert frames.unpack(peer.recv(1000)[4:]) == ["call", "/work/a.csv"]
    peer.sendall(frames.pack(["ok", "/work/a.csv"]))
    assert channel.receive(soon()) == ["ok", str(folder / "a.csv")]
