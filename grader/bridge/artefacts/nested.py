"""TOML and JSON: values in values, bounded in depth and number, and checked against a shape."""

from __future__ import annotations

import json
import math
import re
import tomllib
from collections import Counter
from typing import Any, TypeVar

import msgspec

from grader.bridge.artefacts.malformed import Malformed, quoted
from grader.bridge.artefacts.plain_text import decoded
from grader.escaping import visible
from grader.tables import build

MOST_BYTES = 1_000_000
MOST_VALUES = 100_000
DEEPEST = 40

Shape = TypeVar("Shape", bound=msgspec.Struct)

_PLACE = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")


def toml_of(data: bytes) -> dict[str, Any]:
    """Return the document; dates and times are those of `datetime`."""
    text = decoded(data, MOST_BYTES)
    try:
        found = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        said = str(error)
        place = _PLACE.search(said)
        line = int(place[1]) if place and place[1] else text.count("\n") + 1
        said = visible(_PLACE.sub("", said), 120)
        cure = "; text needs double quotes around it" if said == "Invalid value" else ""
        raise Malformed(f"this isn't TOML ({said}){cure}", line) from None
    except ValueError:  # a number or date that can't be
        raise Malformed("isn't valid TOML: it holds a number or date that can't be") from None
    _check(found)
    return found


def json_of(data: bytes) -> Any:
    """Return the value; a key that is there twice, NaN and Infinity are refused."""
    text = decoded(data, MOST_BYTES)
    try:
        found = json.loads(text, object_pairs_hook=_once, parse_constant=_no_constant)
    except json.JSONDecodeError as error:
        said = visible(error.msg, 120)
        raise Malformed(f"this isn't JSON ({said}, column {error.colno})", error.lineno) from None
    except ValueError:  # more digits than Python reads
        raise Malformed("holds a number that is too long; shorten it") from None
    _check(found)
    return found


def shaped(table: object, shape: type[Shape]) -> Shape:
    """Return `table` as the structure `shape`; Malformed with all that doesn't fit."""
    if not isinstance(table, dict):
        raise Malformed("must hold one table (`{…}`) with names and values")
    found, problems = build(table, shape)
    if found is None:
        more = f" (and {len(problems) - 3} more like this)" if len(problems) > 3 else ""
        raise Malformed(f"doesn't hold what is asked for: {'; '.join(problems[:3])}{more}")
    return found


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        times = Counter(key for key, _ in pairs)
        twice = times.most_common(1)[0][0]
        raise Malformed(f"holds the key {quoted(twice)} twice in one object; keep one of them")
    return found


def _no_constant(name: str) -> None:
    raise Malformed(f"holds {name}, which is no JSON; write a number or null")


def _check(found: object) -> None:
    """Refuse what is nested too deep, too much, or can't be written as text."""
    level: list[object] = [found]
    seen = 0
    for depth in range(DEEPEST + 2):
        seen += len(level)
        if seen > MOST_VALUES:
            raise Malformed(f"holds more than {MOST_VALUES:,} values; make it smaller")
        if depth > DEEPEST and level:
            raise Malformed(f"is nested more than {DEEPEST} levels deep; make it flatter")
        level = [inner for value in level for inner in _inside(value)]


def _inside(value: object) -> list[object]:
    if isinstance(value, dict):
        return [*value, *value.values()]
    if isinstance(value, list):
        return value
    if isinstance(value, str) and not value.isascii() and _has_half(value):
        raise Malformed(f"holds half a character in {quoted(value)}; write the whole one")
    if isinstance(value, float) and math.isinf(value):
        raise Malformed("holds a number that is too large; write a smaller one")
    return []


def _has_half(text: str) -> bool:
    return any("\ud800" <= character <= "\udfff" for character in text)
