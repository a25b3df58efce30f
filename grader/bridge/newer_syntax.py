"""Which Python a line of a program needs, when it is one newer than the Python that reads it."""

from __future__ import annotations

import platform
import re
import sys
from typing import NamedTuple

_NAMED = r"^\s*(?:(?:async\s+)?def|class|type)\s+\w+\s*\["


class _Feature(NamedTuple):
    since: tuple[int, int]
    what: str
    line: re.Pattern[str]
    message: str = ""


# As "What's New in Python" 3.12, 3.13 and 3.14 list them.
_FEATURES = (
    _Feature((3, 13), "a default for a type parameter", re.compile(_NAMED + r"[^\]\n]*=")),
    _Feature((3, 12), "a type parameter in square brackets", re.compile(_NAMED)),
    _Feature((3, 12), "the statement `type`", re.compile(r"^\s*type\s+\w+\s*=[^=]")),
    _Feature(
        (3, 12),
        "the same quotes inside the brackets of an f-string",
        re.compile(r"""\b[rR]?[fF][rR]?(["'])(?:(?!\1).)*\{[^{}"']*\1[^{}"']*\1"""),
    ),
    _Feature(
        (3, 12), "a backslash inside the brackets of an f-string", re.compile(""), "a backslash"
    ),
    _Feature((3, 12), "a comment inside an f-string", re.compile(""), "cannot include '#'"),
    _Feature(
        (3, 14),
        "several exceptions after `except` without brackets",
        re.compile(r"^\s*except\*?\s+[\w.]+\s*,\s*[\w.]+(?:\s*,\s*[\w.]+)*\s*:"),
    ),
    _Feature((3, 14), "a t-string", re.compile(r"""(?<![\w"'])[rR]?[tT][rR]?["']""")),
)


def newer_syntax(
    source: bytes, number: int, message: str = "", python: tuple[int, int] = sys.version_info[:2]
) -> str:
    """Say since which Python the line where reading stopped is allowed; "" when none is known.

    `message` is what the older `python` says of it.
    """
    lines = source.decode("utf-8", "replace").splitlines()
    line = lines[number - 1][:1_000] if 0 < number <= len(lines) else ""
    for feature in _FEATURES:
        if feature.since <= python:
            continue
        if feature.message in message if feature.message else feature.line.search(line):
            since = ".".join(map(str, feature.since))
            return (
                f"Python {platform.python_version()} graded this, and {feature.what} is allowed "
                f"only since Python {since}: write it in the older way"
            )
    return ""
