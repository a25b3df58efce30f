"""Feeds a program's standard input and reads its output, bounded in time and size."""

from __future__ import annotations

import os
import selectors
import time

MAX_OUTPUT = 1 << 20
_PIECE = 1 << 16


def converse(stdin: int, data: bytes, outputs: tuple[int, int], deadline: float) -> list[bytes]:
    """Write `data`, read both outputs to their end; takes over and closes all descriptors.

    Raises TimeoutError at `deadline` (monotonic seconds). Output beyond 1 MB is dropped.
    """
    kept: dict[int, bytearray] = {fd: bytearray() for fd in outputs}
    rest = memoryview(data)
    fed = False
    with selectors.DefaultSelector() as selector:
        os.set_blocking(stdin, False)
        selector.register(stdin, selectors.EVENT_WRITE)
        for fd in outputs:
            selector.register(fd, selectors.EVENT_READ)
        try:
            while any(fd in selector.get_map() for fd in outputs):
                ready = selector.select(max(0.0, deadline - time.monotonic()))
                if not ready and time.monotonic() >= deadline:
                    raise TimeoutError
                for key, _ in ready:
                    fd = int(key.fd)
                    if fd == stdin:
                        rest = _feed(fd, rest)
                        if not rest:
                            selector.unregister(fd)
                            os.close(fd)
                            fed = True
                    elif not _drain(fd, kept[fd]):
                        selector.unregister(fd)
        finally:
            for fd in outputs if fed else (stdin, *outputs):
                os.close(fd)
    return [bytes(kept[fd]) for fd in outputs]


def _feed(fd: int, rest: memoryview) -> memoryview:
    try:
        return rest[os.write(fd, rest[:_PIECE]) :] if rest else rest
    except BlockingIOError:
        return rest
    except BrokenPipeError:
        return rest[:0]


def _drain(fd: int, kept: bytearray) -> bool:
    piece = os.read(fd, _PIECE)
    kept += piece[: MAX_OUTPUT - len(kept)]
    return bool(piece)
