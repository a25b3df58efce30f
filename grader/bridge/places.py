"""Places and names in the learner's own files, as far as they may be told.

Theory of operation. Where something happened is the candidate's word, and a program that knows
hidden inputs could put them into it: `compile` takes any line number. So of hidden tests no line
is told at all (reasons.py). For the rest only lines that a file has are told, and only names that
stand in the learner's own files.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

_MOST_LINES = 2_000
_MOST_NAMES = 5_000
_NAME = re.compile(rb"[A-Za-z_][A-Za-z_0-9]*")


def place(frame: object, files: Mapping[str, bytes]) -> str:
    """`fares.py, line 12` from `[file, line, …]` as the candidate sent it; "" if it can't be."""
    if type(frame) is not list or len(frame) < 2:
        return ""
    name, line = frame[:2]
    if type(name) is not str or type(line) is not int or name not in files:
        return ""
    lines = len(files[name].splitlines())
    return f"{name}, line {line}" if 0 < line <= min(lines, _MOST_LINES) else ""


def stands_in(name: str, files: Mapping[str, bytes]) -> bool:
    """Whether a name is one of the words in the learner's Python files."""
    wanted = name.encode("utf-8", "replace")
    words: set[bytes] = set()
    for file, data in files.items():
        if file.endswith(".py"):
            words.update(_NAME.findall(data))
    return wanted in words and len(words) <= _MOST_NAMES
