"""Why a test ended before its own verdict. Raised inside tests, never caught by a suite."""

from __future__ import annotations

import enum
import errno


class Cause(enum.StrEnum):
    """What kind of thing went wrong; several tests with the same cause are told as one."""

    IMPORT = "import"
    MISSING = "missing"
    TIME = "time"
    STOPPED = "stopped"
    PROTOCOL = "protocol"
    WRONG_TYPE = "wrong-type"
    TOO_LARGE = "too-large"
    ERROR = "error"
    FILE = "file"


class Incident(BaseException):
    """The learner's program ended this test; `text` is a plain sentence the learner may read.

    `detail` is for the tutor: what a program does could choose it.
    Not an Exception, so that neither a suite's `except Exception` nor hypothesis swallows it.
    """

    def __init__(self, cause: Cause, text: str, detail: str = "") -> None:
        super().__init__(f"{text} ({detail})" if detail else text)
        self.cause = cause
        self.text = text


# What went wrong with a file or a process when it is this machine that has no more room: no
# program of a learner's is at fault for that by itself.
OURS = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EMFILE, errno.ENFILE, errno.ENOMEM, errno.EIO})


class GraderFault(BaseException):
    """We could not go on with this test, whoever is at fault; `text` tells the tutor."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text


class AuthorFault(BaseException):
    """The suite did something that can't work across the boundary; `text` tells the author."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text
