"""Text as every other reader gets it: UTF-8, bounded, lines numbered from 1."""

from __future__ import annotations

from grader.bridge.artefacts.malformed import Malformed

MOST_BYTES = 2_000_000
MOST_LINES = 100_000
LONGEST_LINE = 20_000  # characters

_BOM = "\ufeff"
_OTHERS = {b"\xff\xfe": "UTF-16", b"\xfe\xff": "UTF-16", b"PK\x03\x04": "", b"%PDF": ""}


def decoded(data: bytes, most: int = MOST_BYTES) -> str:
    """Return the text of a file, without a byte order mark, line ends as they are."""
    if len(data) > most:
        raise Malformed(f"is {len(data):,} bytes long and at most {most:,} are read; shorten it")
    for start, kind in _OTHERS.items():
        if data.startswith(start):
            raise Malformed(_other(kind))
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        text = "holds a byte that isn't UTF-8; save the file with the encoding UTF-8"
        raise Malformed(f"the line {text}", line) from None
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise Malformed("the line holds a NUL character; save the file as plain text", line)
    return text.removeprefix(_BOM)


def text_of(data: bytes) -> str:
    """Return the text with "\\n" line ends; raises Malformed when it isn't ordinary text."""
    text = decoded(data).replace("\r\n", "\n").replace("\r", "\n")
    lines = text.split("\n")
    if len(lines) > MOST_LINES:
        raise Malformed(f"has {len(lines):,} lines and at most {MOST_LINES:,} are read; shorten it")
    for number, line in enumerate(lines, start=1):
        if len(line) > LONGEST_LINE:
            raise Malformed(
                f"the line is {len(line):,} characters long and at most {LONGEST_LINE:,} are "
                "read; break it up",
                number,
            )
    return text


def _other(kind: str) -> str:
    if kind:
        return f"is saved as {kind}; save it with the encoding UTF-8"
    return "isn't a text file; save your work as plain text under this name"
