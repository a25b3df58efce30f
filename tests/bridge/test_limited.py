"""Looking at hostile text in a fork with limits."""

from __future__ import annotations

import ast
import os
import resource
import signal
import time
import warnings

import msgspec
import pytest

from grader.bridge.limited import TooMuchError, limited

pytestmark = pytest.mark.interpreter


class Number(msgspec.Struct, frozen=True):
    value: int


def test_the_answer_comes_back_from_another_process() -> None:
    assert limited(lambda: Number(os.getpid()), Number).value != os.getpid()
    assert limited(lambda: Number(resource.getrlimit(resource.RLIMIT_CORE)[0]), Number).value == 0


def test_a_text_that_is_too_deep_is_too_much() -> None:
    def parse() -> Number:
        return Number(len(ast.dump(ast.parse("-" * 100_000 + "1"))))

    with pytest.raises(TooMuchError):
        limited(parse, Number)


def test_memory_time_and_size_have_an_end() -> None:
    with pytest.raises(TooMuchError):
        limited(lambda: Number(len(bytearray(1 << 30))), Number, memory_mb=256)
    with pytest.raises(TooMuchError):
        limited(lambda: Number(_spin()), Number, seconds=1)


class Hurried:
    """A clock by which ten seconds go by between any two looks."""

    def __init__(self) -> None:
        self._now = 0.0

    def monotonic(self) -> float:
        self._now += 10
        return self._now


def test_a_busy_machine_makes_no_text_too_much(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("grader.bridge.limited.time", Hurried())

    def late() -> Number:
        time.sleep(0.1)  # uses nothing of the processor
        return Number(7)

    assert limited(late, Number, seconds=1).value == 7


def test_what_waits_for_nothing_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("grader.bridge.limited._HANGS", 0.0)
    with pytest.raises(TooMuchError):
        limited(lambda: Number(signal.pause() or 0), Number, seconds=1)


def _spin() -> int:
    number = 0
    while True:
        number += 1


class Text(msgspec.Struct, frozen=True):
    value: str


def test_an_answer_that_is_too_long_is_too_much() -> None:
    with pytest.raises(TooMuchError):
        limited(lambda: Text("x" * (17 << 20)), Text)


def test_a_crash_is_too_much_and_leaves_no_child(monkeypatch: pytest.MonkeyPatch) -> None:
    forked: list[int] = []
    fork = os.fork

    def remembering() -> int:
        pid = fork()
        forked.append(pid)
        return pid

    monkeypatch.setattr(os, "fork", remembering)
    with pytest.raises(TooMuchError):
        limited(lambda: os._exit(3), Number)
    (pid,) = forked
    with pytest.raises(ChildProcessError):
        os.waitpid(pid, os.WNOHANG)


def test_an_error_of_our_own_is_told_apart() -> None:
    def fail() -> Number:
        raise KeyError("gone")

    with pytest.raises(RuntimeError, match="KeyError: 'gone'"):
        limited(fail, Number)


def test_warnings_of_the_text_are_nobodys() -> None:
    def warn() -> Number:
        warnings.warn("invalid escape", SyntaxWarning, stacklevel=1)
        return Number(1)

    assert limited(warn, Number) == Number(1)
