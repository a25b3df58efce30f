"""Tries a reader out where it can do no harm before it is used here.

Theory of operation. A reader is a function from bytes to plain objects that raises Malformed.
Its parsers run nobody's code, but a file can be made to exhaust their memory, time or stack. So
each reader runs first in a fork with limits, and again here only when it came back there: the
same function on the same bytes does the same. A parser that blows up in the fork, in whatever
way, is told as the learner's file being too much; the tutor reads which error it was.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import msgspec

from grader.bridge.artefacts.malformed import Malformed
from grader.bridge.limited import TooMuchError, limited

T = TypeVar("T")

TOO_MUCH = "is too large or too deeply nested to be read; make it smaller and simpler"
UNREADABLE = "can't be read; open it in an editor and check that it is what it should be"
_SECONDS = 3
_MEMORY_MB = 256


class _Verdict(msgspec.Struct, frozen=True):
    problem: str = ""
    line: int = 0


def read(
    parse: Callable[[bytes], T], data: bytes, note: Callable[[str], None] = lambda _: None
) -> T:
    """Return what `parse` makes of `data`; raises nothing but Malformed.

    `note` is told of errors that no reader should raise, for the tutor.
    """

    def attempt() -> _Verdict:
        try:
            parse(data)
        except Malformed as problem:
            return _Verdict(problem.text, problem.line)
        return _Verdict()

    try:
        verdict = limited(attempt, _Verdict, seconds=_SECONDS, memory_mb=_MEMORY_MB)
    except TooMuchError:
        raise Malformed(TOO_MUCH) from None
    except RuntimeError as error:  # a parser gave up on hostile bytes
        note(str(error)[:300])
        raise Malformed(UNREADABLE) from None
    if verdict.problem:
        raise Malformed(verdict.problem, verdict.line)
    return _again(parse, data, note)


def _again(parse: Callable[[bytes], T], data: bytes, note: Callable[[str], None]) -> T:
    """What came back from the fork comes back here; if not, it is told in the same way."""
    try:
        return parse(data)
    except (MemoryError, RecursionError):
        raise Malformed(TOO_MUCH) from None
    except Malformed:
        raise
    except Exception as error:  # noqa: BLE001 - nothing of a parser's reaches a learner
        note(f"{type(error).__name__}: {error}"[:300])
        raise Malformed(UNREADABLE) from None
