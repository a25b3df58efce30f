"""Brings a learner's Python text into one form: UTF-8, no byte order mark, "\\n" line ends.

Theory of operation. What is checked, shown and measured must be what runs. Python lets a comment
choose how the bytes of a file become text (PEP 263), and some encodings hide code in comments.
So only encodings in which text is what it looks like are taken, from a table and never by
looking a name up, and the file is handed on as UTF-8 that says nothing else about itself.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from typing import Literal

from grader.escaping import visible

# The expressions of PEP 263, as the language reference gives them (section 2.1.4).
_COOKIE = re.compile(rb"^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)")
_BLANK = re.compile(rb"^[ \t\f]*(?:#.*)?$")
_UTF8 = frozenset({"utf-8", "utf8", "utf-8-sig", "utf-8-unix", "utf-8-dos", "utf-8-mac"})
_ASCII = frozenset({"ascii", "us-ascii"})
_WESTERN = {
    **dict.fromkeys(
        ("latin-1", "latin1", "l1", "iso-8859-1", "iso8859-1", "iso-latin-1"), "latin-1"
    ),
    **dict.fromkeys(("cp1252", "windows-1252"), "cp1252"),
}
_TURNED_ROUND = re.compile("[\u202a-\u202e\u2066-\u2069]")
_SAVE = "save it with the encoding UTF-8 (in most editors: Save as, Encoding, UTF-8)"


@dataclass(frozen=True)
class Remark:
    """Something to say about a file; the text follows the file's name in a sentence."""

    level: Literal["note", "notice", "refused"]
    text: str


@dataclass(frozen=True)
class CleanSource:
    """The text as UTF-8, or None when it is refused; the refusal is the last remark."""

    text: bytes | None
    remarks: tuple[Remark, ...] = ()


def clean_source(data: bytes) -> CleanSource:
    """Return Python source in one form; the program it stands for stays the same."""
    if wide := _utf16_or_32(data):
        return _refused(f"is saved as {wide}, which Python can't read; {_SAVE}")
    marked = data.startswith(codecs.BOM_UTF8)
    if data.startswith(2 * codecs.BOM_UTF8):
        return _refused(f"begins with two byte order marks, which Python can't read; {_SAVE}")
    # Python itself takes "\r\n" and a lone "\r" for the end of a line, also after a "#".
    unix = data.removeprefix(codecs.BOM_UTF8).replace(b"\r\n", b"\n")
    lone = b"\r" in unix
    unix = unix.replace(b"\r", b"\n")
    if (zero := unix.find(b"\0")) >= 0:
        where = _line(unix, zero)
        return _refused(f"has a zero byte on line {where}, which isn't text; take it out")
    remarks: list[Remark] = []
    if marked:
        remarks.append(Remark("note", "began with a byte order mark, which was taken off"))
    if lone:
        text = "has line ends of an old kind (a lone carriage return); they were read as line ends"
        remarks.append(Remark("notice", text))
    decoded = _decoded(unix, marked)
    remarks += decoded.remarks
    if decoded.text is not None and (turned := _turned_round(decoded.text)):
        remarks.append(turned)
    return CleanSource(decoded.text, tuple(remarks))


def _decoded(unix: bytes, marked: bool) -> CleanSource:
    """Return the text as UTF-8, by what its first two lines say about its encoding."""
    cookie = _cookie(unix)
    name = cookie[0].lower().replace("_", "-") if cookie else "utf-8"
    shown = visible(name, 40)
    if cookie and marked and name not in _UTF8:
        return _refused(
            f"begins as UTF-8 but says `coding: {shown}` on line {cookie[1]}; delete that line"
        )
    encoding = "utf-8" if name in _UTF8 else "ascii" if name in _ASCII else _WESTERN.get(name)
    if encoding is None:
        where = cookie[1] if cookie else 1
        return _refused(
            f"asks for the encoding `{shown}` on line {where}; delete that comment and {_SAVE}"
        )
    try:
        text = unix.decode(encoding)
    except UnicodeDecodeError as error:
        where, byte = _line(unix, error.start), unix[error.start]
        first = f"delete the `coding` comment on line {cookie[1]} and " if cookie else ""
        return _refused(
            f"has a byte on line {where} (0x{byte:02X}) that isn't {shown}; {first}{_SAVE}"
        )
    clean = _with_utf8_cookie(text.encode("utf-8"))
    if encoding in _WESTERN.values():
        said = f"is saved as {shown}; it was read as that and turned into UTF-8"
        return CleanSource(clean, (Remark("notice", said),))
    return CleanSource(clean)


def _cookie(text: bytes) -> tuple[str, int] | None:
    """Return the encoding that line 1 or 2 names, and the line's number."""
    for number, line in enumerate(text.split(b"\n", 2)[:2], start=1):
        if found := _COOKIE.match(line):
            return found[1].decode("ascii"), number
        if not _BLANK.match(line):
            return None
    return None


def _with_utf8_cookie(text: bytes) -> bytes:
    """Replace the name in the coding comment, if there is one, by "utf-8"."""
    cookie = _cookie(text)
    if cookie is None:
        return text
    lines = text.split(b"\n", 2)
    line = lines[cookie[1] - 1]
    found = _COOKIE.match(line)
    if found is not None:
        lines[cookie[1] - 1] = line[: found.start(1)] + b"utf-8" + line[found.end(1) :]
    return b"\n".join(lines)


def _utf16_or_32(data: bytes) -> str:
    """Return the name of a wide encoding that the bytes are in, or ""."""
    if data.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        return "UTF-32"
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "UTF-16"
    # Without a mark: in English text every second byte is zero.
    start = data[:200]
    half = len(start) // 2
    zeros = max(start[0::2].count(0), start[1::2].count(0))
    return "UTF-16" if half >= 2 and zeros > half * 0.7 and start.count(0) <= half + 1 else ""


def _turned_round(text: bytes) -> Remark | None:
    """Point at characters that make a line read in another order than Python reads it."""
    decoded = text.decode("utf-8")
    found = _TURNED_ROUND.search(decoded)
    if found is None:
        return None
    where = decoded.count("\n", 0, found.start()) + 1
    said = f"has an invisible character on line {where} ({visible(found[0])})"
    return Remark("notice", f"{said} that changes the order in which the line is shown; delete it")


def _line(text: bytes, position: int) -> int:
    return text.count(b"\n", 0, position) + 1


def _refused(text: str) -> CleanSource:
    return CleanSource(None, (Remark("refused", text),))
