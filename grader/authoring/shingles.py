"""Shingles: runs of lines by which a text is recognised in another, however it is indented."""

from __future__ import annotations

import hashlib
import re

LINES = 3
LEAST = 45  # letters and digits in a run: fewer could be anybody's
_ANYBODYS = re.compile(r"(from [\w.]+ )?import [\w., ()]+|[\W_]*|[#]! ?/.*")


def shingles_of(text: bytes) -> dict[bytes, int]:
    """A digest of each run of three telling lines, with the number of its first line.

    Imports and lines of punctuation only tell nothing and are passed over.
    """
    lines = [
        (number, normal)
        for number, line in enumerate(text.splitlines(), 1)
        if not _ANYBODYS.fullmatch(normal := _normal(line))
    ]
    found: dict[bytes, int] = {}
    for start in range(len(lines) - LINES + 1):
        run = lines[start : start + LINES]
        joined = "\n".join(line for _, line in run)
        if sum(map(str.isalnum, joined)) >= LEAST:
            digest = hashlib.blake2b(joined.encode(), digest_size=16).digest()
            found.setdefault(digest, run[0][0])
    return found


def _normal(line: bytes) -> str:
    return " ".join(line.decode("utf-8", "replace").split())
