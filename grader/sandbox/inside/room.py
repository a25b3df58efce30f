"""Finds out by doing whether enough processes may be started here.

Theory of operation. A limit on processes that is reached halfway looks like a program that ends
by itself. So a sandbox starts only where there is room for what it will need. No figure that can
be read tells that: the limit counts for a user in a namespace, and a container may have its own.
"""

from __future__ import annotations

import _thread
import errno
import os

# A supervisor, a template, its copy and two that start them; as many in the second cell of a
# learner's own tests; the examiner; and a few of the program's own.
NEEDED = 16
_STACK = 1 << 16  # bytes


def require() -> None:
    """Raise BlockingIOError when fewer than `NEEDED` processes can be started.

    Tried with threads, which count alike, in a fork that takes all of it away again.
    """
    pid = os.fork()
    if pid == 0:
        os._exit(_try())
    if os.waitpid(pid, 0)[1] != 0:
        raise BlockingIOError(errno.EAGAIN, os.strerror(errno.EAGAIN))


def _try() -> int:
    try:
        _thread.stack_size(_STACK)
        held = _thread.allocate_lock()
        held.acquire()
        for _ in range(NEEDED - 1):  # the fork itself is one
            _thread.start_new_thread(held.acquire, ())
    except BaseException:  # noqa: BLE001 - a fork must not return into its parent's code
        return 1
    return 0
