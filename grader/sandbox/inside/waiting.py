"""Waits for descriptors with an end, however high their numbers are."""

from __future__ import annotations

import select
from collections.abc import Iterable


def readable(fds: Iterable[int], seconds: float | None) -> set[int]:
    """Return which of `fds` can be read from or have ended; none after `seconds` (`None`: wait)."""
    poll = select.poll()
    for fd in fds:
        if fd >= 0:
            poll.register(fd, select.POLLIN)
    return {fd for fd, _ in poll.poll(None if seconds is None else max(seconds, 0.0) * 1000)}
