"""How much one test takes in of what the learner's program says beside its answers.

Theory of operation. Output, log records, warnings and files are kept by the trusted side until the
test is over. Each message is bounded by the channel; this bounds their sum.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import dataclass

from grader.bridge.candidate.codec import CodecError
from grader.bridge.candidate.files import MAX_FILES, MAX_TOTAL
from grader.bridge.incidents import Cause, Incident

MAX_PRINTED = 4 << 20  # characters
MAX_NOTICES = 10_000
MAX_NOTICED = 4 << 20  # bytes of log records and warnings
CUT = "\n[output cut here]\n"
_NOTICED = "your program logged or warned more than is read"
_WRITTEN = "your program wrote more or larger files than are read back"


@dataclass
class Allowance:
    """What one test has taken in until now."""

    printed: int = 0
    notices: int = 0
    noticed: int = 0

    def echo(self, out: object, err: object) -> None:
        """What the program printed appears as if it had been printed here, up to a size."""
        if type(out) is not str or type(err) is not str:
            raise CodecError("malformed output")
        for text, stream in ((out, sys.stdout), (err, sys.stderr)):
            room = MAX_PRINTED - self.printed
            if text and room > 0:
                self.printed += len(text)
                stream.write(text[:room].encode("utf-8", "replace").decode())
                stream.write(CUT if len(text) > room else "")

    def notice(self, size: int) -> None:
        """Count a log record or warning of so many bytes; Incident when they are too many."""
        self.notices += 1
        self.noticed += size
        if self.notices > MAX_NOTICES or self.noticed > MAX_NOTICED:
            raise Incident(Cause.TOO_LARGE, _NOTICED)


def check_files(names: Iterable[str], contents: Iterable[bytes]) -> None:
    """Raise an Incident when a folder holds more than is copied out of it."""
    if len(list(names)) > MAX_FILES or sum(map(len, contents)) > MAX_TOTAL:
        raise Incident(Cause.TOO_LARGE, _WRITTEN)
