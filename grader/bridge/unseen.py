"""Where two texts differ that look the same, or nearly so: by line, place and code point."""

from __future__ import annotations

import itertools
import unicodedata
from collections.abc import Iterator, Mapping, Sequence

MOST_COMPARED = 20_000  # characters, and items of what holds texts
_NAMES = {
    "\n": "a line end (LF)",
    "\r": "a carriage return (CR)",
    "\t": "a tab",
    " ": "a space",
    "\x00": "a null character",
    "\xa0": "a non-breaking space",
    "\ufeff": "a byte order mark",
}


def unseen_difference(expected: object, seen: object) -> str:
    """Say where two values differ in a way that is hard to see; "" when it is easy to see."""
    for place, wanted, given in itertools.islice(_texts(expected, seen, ""), MOST_COMPARED):
        if wanted != given and is_hard_to_see(wanted, given):
            return f"{place}{_where(wanted, given)}"
    return ""


def is_hard_to_see(one: str, other: str) -> bool:
    """Whether two different texts look alike when they are printed."""
    if max(len(one), len(other)) > MOST_COMPARED:
        return False
    return _look(one) == _look(other)


def _texts(expected: object, seen: object, place: str) -> Iterator[tuple[str, str, str]]:
    """The pairs of texts at the same places of two values."""
    if type(expected) is str and type(seen) is str:
        yield place, expected, seen
    elif type(expected) is type(seen) and type(expected) in (list, tuple):
        assert isinstance(expected, Sequence)
        assert isinstance(seen, Sequence)
        for number, (one, other) in enumerate(zip(expected, seen, strict=False)):
            yield from _texts(one, other, f"{place}at [{number}]: ")
    elif type(expected) is dict and type(seen) is dict:
        yield from _entries(expected, seen, place)


def _entries(
    expected: Mapping[object, object], seen: Mapping[object, object], place: str
) -> Iterator[tuple[str, str, str]]:
    for key, value in expected.items():
        if key in seen:
            yield from _texts(value, seen[key], f"{place}at {key!r:.60}: ")
    missing = [key for key in expected if type(key) is str and key not in seen]
    added = [key for key in seen if type(key) is str and key not in expected]
    for one in missing:
        for other in added:
            yield f"{place}a key: ", str(one), str(other)


def _look(text: str) -> str:
    """How a text looks: letters of one shape are one, and what can't be seen is left out."""
    folded = unicodedata.normalize("NFKC", text)
    shown = [
        _SHAPES.get(char, " " if char.isspace() else char)
        for char in folded
        if unicodedata.category(char) not in ("Cf", "Cc", "Mn") or char.isspace()
    ]
    return " ".join("".join(shown).split()) if _is_spaced(text) else "".join(shown)


def _is_spaced(text: str) -> bool:
    return any(char.isspace() for char in text)


def _where(expected: str, seen: str) -> str:
    at = next(
        (n for n, (one, other) in enumerate(zip(expected, seen, strict=False)) if one != other),
        min(len(expected), len(seen)),
    )
    line = expected.count("\n", 0, at) + 1
    column = at - (expected.rfind("\n", 0, at) + 1) + 1
    lines = f"line {line}, " if "\n" in expected else ""
    return (
        f"they look alike and differ at {lines}character {column}: expected "
        f"{_named(expected, at)}, your program gave {_named(seen, at)}"
    )


def _named(text: str, at: int) -> str:
    """The character at a place, by its code point and name, with the marks that belong to it."""
    if at >= len(text):
        return "nothing more"
    char = text[at]
    name = _NAMES.get(char) or unicodedata.name(char, "a character without a name")
    shown = f"{char} " if char.isprintable() and not char.isspace() and not _is_mark(char) else ""
    marks = itertools.takewhile(_is_mark, text[at + 1 : at + 4])
    more = "".join(f" and U+{ord(m):04X} ({unicodedata.name(m, 'a mark')})" for m in marks)
    return f"{shown}U+{ord(char):04X} ({name}){more}"


def _is_mark(char: str) -> bool:
    return unicodedata.combining(char) > 0


def _shapes() -> Mapping[str, str]:
    """Letters of Cyrillic and Greek, and signs, that look like ones of every keyboard."""
    pairs = {
        "АВЕКМНОРСТУХІЈЅаеорсухіјѕԁԛԝһ": "ABEKMHOPCTYXIJSaeopcyxijsdqwh",
        "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧονικ": "ABEZHIKMNOPTYXovik",
        "‘’‛′`´": "''''''",
        "“”„″": '""""',
        "‐‑‒–—―−": "-------",
        "∕⁄": "//",
        "×": "x",
        "∶": ":",
        "‚": ",",
    }
    return {
        one: other
        for many, others in pairs.items()
        for one, other in zip(many, others, strict=True)
    }


_SHAPES = _shapes()
