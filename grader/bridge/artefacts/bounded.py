"""Ends the reading of a file that was made to take long: parsers in Python can be interrupted."""

from __future__ import annotations

import functools
import signal
import threading
from collections.abc import Callable
from types import FrameType
from typing import ParamSpec, TypeVar

from grader.bridge.artefacts.malformed import Malformed

SECONDS = 5.0  # of processor time; honest files take a hundredth of it

P = ParamSpec("P")
T = TypeVar("T")


def in_bounded_time(reader: Callable[P, T]) -> Callable[P, T]:
    """Let `reader` raise Malformed when it runs for longer than SECONDS."""

    @functools.wraps(reader)
    def bounded(*args: P.args, **kwargs: P.kwargs) -> T:
        if threading.current_thread() is not threading.main_thread():
            return reader(*args, **kwargs)  # no other thread can be interrupted
        before = signal.signal(signal.SIGVTALRM, _give_up)
        signal.setitimer(signal.ITIMER_VIRTUAL, SECONDS)
        try:
            return reader(*args, **kwargs)
        finally:
            signal.setitimer(signal.ITIMER_VIRTUAL, 0)
            signal.signal(signal.SIGVTALRM, before)

    return bounded


def _give_up(_number: int, _frame: FrameType | None) -> None:
    raise Malformed("takes too long to read; make it shorter and simpler")
