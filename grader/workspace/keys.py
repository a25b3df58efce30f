"""Single keys from a terminal, without Return, and the terminal put back whatever happens."""

from __future__ import annotations

import contextlib
import os
import re
import select
import signal
import termios
import time
import tty
from collections.abc import Iterator
from types import FrameType
from typing import Protocol

# What arrows and other keys send that are no letter (ECMA-48, 5.4).
_SEVERAL = re.compile(rb"\x1b(?:\[[0-?]*[ -/]*[@-~]|O.|.)?", re.DOTALL)

RESIZED = "resized"
CLOSED = "closed"


class Events(Protocol):
    """Where a watch waits: each key as one letter, RESIZED, CLOSED."""

    def wait(self, seconds: float) -> tuple[str, ...]:
        """Return what came within some seconds, as soon as something did."""


class NoKeys:
    """No terminal: only time passes."""

    def wait(self, seconds: float) -> tuple[str, ...]:
        """Sleep."""
        time.sleep(seconds)
        return ()


class Keys:
    """A terminal in which each key counts at once; made by `terminal_keys`."""

    def __init__(self, terminal: int, woken: int) -> None:
        self._terminal, self._woken = terminal, woken

    def wait(self, seconds: float) -> tuple[str, ...]:
        """Return the keys that were pressed, each once, and whether the window changed."""
        ready, _, _ = select.select([self._terminal, self._woken], [], [], seconds)
        found: list[str] = []
        if self._woken in ready:
            os.read(self._woken, 4096)
            found.append(RESIZED)
        if self._terminal in ready:
            found += self._read()
        return tuple(dict.fromkeys(found))

    def _read(self) -> list[str]:
        try:
            data = os.read(self._terminal, 256)
        except OSError:
            return [CLOSED]  # the window was closed
        if not data or data == b"\x04":
            return [CLOSED]
        return list(_SEVERAL.sub(b"", data).decode("ascii", "ignore").lower())


@contextlib.contextmanager
def terminal_keys(terminal: int) -> Iterator[Keys]:
    """Take single keys from a terminal as long as this lasts; Ctrl-C and Ctrl-Z work as ever."""
    before = termios.tcgetattr(terminal)
    reader, writer = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)

    def single() -> None:
        tty.setcbreak(terminal, termios.TCSADRAIN)

    def again(_number: int, _frame: FrameType | None) -> None:
        with contextlib.suppress(OSError, termios.error):
            single()  # a shell has put the terminal back while we were stopped

    handlers = {
        signal.SIGWINCH: signal.signal(signal.SIGWINCH, lambda *_: None),
        signal.SIGCONT: signal.signal(signal.SIGCONT, again),
    }
    woken = signal.set_wakeup_fd(writer, warn_on_full_buffer=False)
    try:
        single()
        yield Keys(terminal, reader)
    finally:
        signal.set_wakeup_fd(woken)
        for number, handler in handlers.items():
            signal.signal(number, handler)
        with contextlib.suppress(OSError, termios.error):
            termios.tcsetattr(terminal, termios.TCSADRAIN, before)
        os.close(reader)
        os.close(writer)
