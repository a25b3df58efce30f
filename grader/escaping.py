"""Makes text of unknown origin safe to show on one line: what can't be seen is written out."""

from __future__ import annotations

import unicodedata

# Controls, format characters (bidi and zero-width ones, tags), lone surrogates, what is no
# character or anybody's own, and the two separators that some terminals and editors take for a new
# line (Unicode general categories).
_UNSEEN = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"})
# Shown as nothing although Unicode counts them as letters or marks: joiner and Hangul fillers.
_BLANK = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0")
_SHORT = {"\n": r"\n", "\r": r"\r", "\t": r"\t"}


def visible(text: str, limit: int = 200) -> str:
    r"""Return `text` with everything unseen or misleading written out, at most `limit` characters.

    Controls become `\x1b`, bidi and zero-width characters `\u202e`, new lines `\n`. Text that is
    too long ends in "…". The result can be encoded as UTF-8 and holds no line break.
    It is not escaped for HTML, Markdown, CSV or rich markup: the reports do that.
    """
    # Each character gives at least one: no more than limit + 1 of them matter.
    pieces = [_written_out(character) for character in text[: limit + 1]]
    if sum(map(len, pieces)) <= limit:
        return "".join(pieces)
    return _cut(pieces, limit)


def _written_out(character: str) -> str:
    if character in _SHORT:
        return _SHORT[character]
    if character not in _BLANK and unicodedata.category(character) not in _UNSEEN:
        return character
    number = ord(character)
    if number <= 0xFF:
        return f"\\x{number:02x}"
    return f"\\u{number:04x}" if number <= 0xFFFF else f"\\U{number:08x}"


def _cut(pieces: list[str], limit: int) -> str:
    """Join whole pieces as far as they fit before the "…"."""
    kept: list[str] = []
    room = limit - 1
    for piece in pieces:
        room -= len(piece)
        if room < 0:
            break
        kept.append(piece)
    return "".join(kept) + "…"
