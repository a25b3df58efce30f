"""Looks at hostile text in a process of its own that may not use much and can't take us along.

Theory of operation. Parsing runs nobody's code, but a text can be made to exhaust the parser's
memory, time or stack. So the looking is done in a fork with limits; it ends with one answer or
with none. An error of our own is told apart from a text that was too much. Its time is that of
the processor, so that a busy machine changes no answer; the clock only ends what hangs.
"""

from __future__ import annotations

import contextlib
import os
import resource
import selectors
import signal
import sys
import time
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn, TypeVar

import msgspec

from grader.sandbox import lower

T = TypeVar("T", bound=msgspec.Struct)

_MB = 1 << 20
_MOST = 16 * _MB
_HANGS = 60.0  # seconds by the clock, beyond the processor's, after which it waits for nothing
_ANSWER, _FAULT = b"=", b"!"


class TooMuchError(Exception):
    """The text could not be looked at within the limits: too deep, too large or too slow."""


def limited(
    function: Callable[[], T], kind: type[T], *, seconds: int = 5, memory_mb: int = 512
) -> T:
    """Return what `function` returns in a short-lived fork with these limits beyond our own use.

    `seconds` are the processor's. Raises TooMuchError when it runs into a limit, RuntimeError
    when it fails in another way.
    """
    reader, writer = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(reader)
        _answer(function, writer, seconds, memory_mb)
    os.close(writer)
    said = _gather(reader, pid, time.monotonic() + seconds + _HANGS)
    if said[:1] == _FAULT:
        raise RuntimeError(said[1:].decode("utf-8", "replace"))
    if said[:1] != _ANSWER:
        raise TooMuchError
    return msgspec.json.decode(said[1:], type=kind)


def _answer(function: Callable[[], T], writer: int, seconds: int, memory_mb: int) -> NoReturn:
    said = b""
    try:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        _limit(seconds, memory_mb)
        warnings.simplefilter("ignore")  # what a text is warned of is not for our terminal
        said = _ANSWER + msgspec.json.encode(function())
    except (RecursionError, MemoryError):
        pass
    except BaseException as error:  # noqa: BLE001 - told to the worker, which raises it
        said = _FAULT + f"{type(error).__name__}: {error}"[:1000].encode("utf-8", "replace")
    finally:
        try:
            while said:
                said = said[os.write(writer, said) :]
        finally:
            os._exit(0)


def _limit(seconds: int, memory_mb: int) -> None:
    lower(resource.RLIMIT_CORE, 0)
    lower(resource.RLIMIT_CPU, seconds, seconds + 1)
    if sys.platform == "linux":
        with contextlib.suppress(PermissionError):  # in an examiner, which has its own limit
            lower(resource.RLIMIT_AS, address_space() + memory_mb * _MB)


def address_space() -> int:
    """Bytes of address space that this process has; Linux only."""
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[0])
    return pages * os.sysconf("SC_PAGE_SIZE")


def _gather(reader: int, pid: int, deadline: float) -> bytes:
    """What the fork said by its end or by the deadline; nothing when it said too much."""
    data = bytearray()
    try:
        with selectors.DefaultSelector() as selector:
            selector.register(reader, selectors.EVENT_READ)
            while selector.select(max(0.0, deadline - time.monotonic())):
                piece = os.read(reader, 1 << 18)
                data += piece
                if not piece:
                    return bytes(data)
                if len(data) > _MOST:
                    break
            return b""
    finally:
        os.close(reader)
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        os.waitpid(pid, 0)
