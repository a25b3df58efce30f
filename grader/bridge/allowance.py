"""How much is taken in of what the learner's program says, in one test and in all of them.

Theory of operation. Each message is bounded by the channel, and this bounds their sum: a test may
keep every value it was given, and pytest keeps output, log records and warnings of all tests.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import dataclass

from grader.bridge.candidate.codec import CodecError
from grader.bridge.candidate.files import MAX_FILES, MAX_TOTAL
from grader.bridge.incidents import Cause, Incident

MAX_RECEIVED = 64 << 20  # bytes in one test
MAX_PRINTED = 4 << 20  # characters in one test
MAX_PRINTED_IN_ALL = 32 << 20
MAX_NOTICES = 5_000  # log records and warnings in one test
MAX_NOTICED_IN_ALL = 32 << 20  # bytes of such
CUT = "\n[output cut here]\n"
_RECEIVED = "your program gave back more, in all of its answers together, than is read"
_NOTICED = "your program logged or warned more than is read"
_WRITTEN = "your program wrote more or larger files than are read back"


@dataclass
class Allowance:
    """What a run of a suite has taken in until now."""

    received: int = 0
    printed: int = 0
    notices: int = 0
    printed_in_all: int = 0
    noticed_in_all: int = 0

    def begin(self) -> None:
        """A test begins."""
        self.received = self.printed = self.notices = 0

    def receive(self, size: int) -> None:
        """Count a message of so many bytes; Incident when all of them are too much."""
        self.received += size
        if self.received > MAX_RECEIVED:
            raise Incident(Cause.TOO_LARGE, _RECEIVED)

    def echo(self, out: object, err: object) -> None:
        """What the program printed appears as if it had been printed here, up to a size."""
        if type(out) is not str or type(err) is not str:
            raise CodecError("malformed output")
        for text, stream in ((out, sys.stdout), (err, sys.stderr)):
            room = min(MAX_PRINTED - self.printed, MAX_PRINTED_IN_ALL - self.printed_in_all)
            if text and room > 0:
                self.printed += len(text)
                self.printed_in_all += len(text)
                stream.write(text[:room].encode("utf-8", "replace").decode())
                stream.write(CUT if len(text) > room else "")

    def notice(self, size: int) -> None:
        """Count a log record or warning for which so many bytes came; Incident if too many."""
        self.notices += 1
        self.noticed_in_all += size
        if self.notices > MAX_NOTICES or self.noticed_in_all > MAX_NOTICED_IN_ALL:
            raise Incident(Cause.TOO_LARGE, _NOTICED)


def check_files(names: Iterable[str], contents: Iterable[bytes]) -> None:
    """Raise an Incident when a folder holds more than is copied out of it."""
    if len(list(names)) > MAX_FILES or sum(map(len, contents)) > MAX_TOTAL:
        raise Incident(Cause.TOO_LARGE, _WRITTEN)
