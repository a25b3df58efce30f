"""One processor for both ends of a conversation.

An examiner and its candidate take turns and never work at the same time. On two processors each
turn wakes up an idle one, which costs ten times as much as a switch on the same one (measured:
90 µs against 10 µs a round trip). The processor is the one the examiner happens to run on, so
that the system has already spread several workers.
"""

from __future__ import annotations

import ctypes
import os


def pin_here() -> int | None:
    """Keep this process on the processor it runs on; its number, or None where that can't be."""
    if not hasattr(os, "sched_setaffinity"):
        return None
    try:
        cpu = int(ctypes.CDLL(None).sched_getcpu())
        os.sched_setaffinity(0, {cpu})
    except (OSError, AttributeError, ValueError):
        return None
    return cpu
