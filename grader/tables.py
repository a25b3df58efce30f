"""Reads a TOML table into typed values, and reports every fault of the table at once.

A fault is one plain line: where, what was expected, what was found. The types are those of a
msgspec Struct, whose fields may be named in kebab case by `rename="kebab"`.
"""

from __future__ import annotations

import collections.abc
import datetime
import difflib
import enum
import tomllib
import types
import typing
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Literal, TypeVar

import msgspec

from grader.escaping import visible

Table = Mapping[str, object]
Kind = TypeVar("Kind", bound=msgspec.Struct)

MOST_BYTES = 2_000_000
MOST_DOTS = 200
_LISTS = (list, tuple, set, frozenset, collections.abc.Sequence, collections.abc.Set)
_TABLES = (dict, collections.abc.Mapping)


def load_toml(path: Path) -> tuple[dict[str, Any], list[str]]:
    """Return the document and its problems; the document is empty when there is a problem."""
    try:
        data = path.read_bytes()
        if len(data) > MOST_BYTES:
            return {}, [f"is {len(data):,} bytes long and at most {MOST_BYTES:,} are read"]
        # utf-8-sig: Windows editors write a byte order mark, which TOML doesn't allow.
        text = data.decode("utf-8-sig")
        if line := line_of_many_dots(text):
            return {}, [f"has more than {MOST_DOTS} dots on line {line}; split the line"]
        return tomllib.loads(text), []
    except UnicodeDecodeError:
        return {}, ["isn't text in UTF-8; save it with the encoding UTF-8"]
    except tomllib.TOMLDecodeError as error:
        return {}, [f"isn't valid TOML: {visible(str(error))}"]
    except ValueError:  # of int(), which reads only so many digits
        return {}, ["isn't valid TOML: a number has too many digits"]
    except RecursionError:
        return {}, ["isn't valid TOML: lists or tables are nested too deep"]
    except OSError as error:
        return {}, [f"can't be read: {error.strerror}"]


def line_of_many_dots(text: str) -> int:
    """Return the first line with more dots than a key may have, or 0.

    The time that tomllib takes for `a.a.a = 1` grows with the square of its length and more.
    """
    if text.count(".") > MOST_DOTS:
        for number, line in enumerate(text.split("\n"), start=1):
            if line.count(".") > MOST_DOTS:
                return number
    return 0


def split_format(table: Table, newest: int) -> tuple[dict[str, object], list[str], bool]:
    """Return the table without `format`, the problem with it if any, and whether to read on.

    Of a format that is newer than this grader nothing else is worth reporting.
    """
    rest = {key: value for key, value in table.items() if key != "format"}
    found = table.get("format")
    if type(found) is int and found > newest:
        return {}, [f"`format` is {found} but this grader reads {newest}: update the grader"], False
    if type(found) is int and found >= 1:
        return rest, [], True
    if "format" not in table:
        return rest, [f"key `format` is missing: write `format = {newest}`"], True
    return rest, [f"`format`: expected {newest}, found {describe_found(found)}"], True


def did_you_mean(wrong: str, known: Iterable[str]) -> str:
    """Return "; did you mean `x`?", or "" when nothing known is close to it."""
    choices = list(known)
    same = [one for one in choices if one.casefold() == wrong.strip().casefold()]
    close = same or difflib.get_close_matches(wrong, choices, n=1)
    return f"; did you mean `{visible(close[0])}`?" if close else ""


def listed(names: Iterable[str]) -> str:
    """Return names as "`a`, `b` and `c`"; "none" when there are none."""
    quoted = [f"`{visible(name, 60)}`" for name in names]
    if len(quoted) < 2:
        return quoted[0] if quoted else "none"
    return f"{', '.join(quoted[:-1])} and {quoted[-1]}"


def unknown_keys(table: Table, known: Collection[str], place: str = "") -> list[str]:
    """Return one problem for each key of `table` that isn't known."""
    return [
        f"{place}key `{visible(key, 60)}` is unknown"
        + (did_you_mean(key, known) or f"; known here: {listed(known)}")
        for key in table
        if key not in known
    ]


def read_table(
    table: Table, kind: type[msgspec.Struct], place: str = "", *, skip: Collection[str] = ()
) -> tuple[dict[str, Any], list[str]]:
    """Return the sound values of `table` by field name, and all its problems.

    `place` is what each problem starts with ("[sandbox] "), `skip` names fields that no file
    sets. A field that the table leaves out is absent from the values.
    """
    values: dict[str, Any] = {}
    fields = [field for field in msgspec.structs.fields(kind) if field.name not in skip]
    problems = unknown_keys(table, [field.encode_name for field in fields], place)
    for field in fields:
        key = field.encode_name
        if key not in table:
            if field.required:
                wanted = describe_type(field.type)
                problems.append(f"{place}key `{key}` is missing: expected {wanted}")
            continue
        faults = value_problems(table[key], field.type, _place_of(place, key, field.type))
        problems += faults
        if not faults:
            values[field.name] = msgspec.convert(table[key], field.type)
    return values, problems


def build(
    table: Table, kind: type[Kind], place: str = "", *, skip: Collection[str] = ()
) -> tuple[Kind | None, list[str]]:
    """Return the structure that `table` describes, or None, and the table's problems."""
    values, problems = read_table(table, kind, place, skip=skip)
    if problems:
        return None, problems
    try:
        return kind(**values), []
    except (TypeError, ValueError) as error:  # raised by the structure's own __post_init__
        return None, [f"{place}{visible(str(error))}"]


def value_problems(value: object, expected: Any, place: str) -> list[str]:
    """Return what is wrong with one value; `place` names it. Lists and tables are looked into."""
    inner = _plain(expected)
    origin = typing.get_origin(inner) or inner
    if isinstance(value, dict) and _is_struct(inner):
        return build(value, inner, f"{place} " if place.endswith("]") else f"{place}: ")[1]
    faults: list[str] = []
    if isinstance(value, list) and origin in _LISTS:
        members = [(f"{place}, number {number}", one) for number, one in enumerate(value, start=1)]
        faults = _faults_within(members, inner)
    elif isinstance(value, dict) and origin in _TABLES:
        members = [(f"{place}, `{visible(key, 60)}`", one) for key, one in value.items()]
        faults = _faults_within(members, inner)
    return faults or _conversion_problems(value, expected, place)


def describe_found(value: object) -> str:
    """Say what a TOML value is, for a person who typed it."""
    match value:
        case bool():
            return f"`{str(value).lower()}`"
        case int():
            return f"the whole number {visible(str(value), 30)}"
        case float():
            return f"the number {value}"
        case str():
            return f'the text "{visible(value, 60)}"'
        case list():
            return f"a list of {len(value)}"
        case dict():
            return "a table"
        case datetime.date() | datetime.time():
            return f"the date or time {value}"
    return f"a value of type {type(value).__name__}"


def describe_type(expected: Any) -> str:
    """Say what a field takes; the description of an outer `Meta` wins."""
    for meta in _metas(expected):
        if meta.description:
            return meta.description
    inner = _plain(expected)
    origin = typing.get_origin(inner) or inner
    if origin is Literal:
        return "one of " + ", ".join(f'"{one}"' for one in typing.get_args(inner))
    if isinstance(inner, type) and issubclass(inner, enum.Enum):
        return "one of " + ", ".join(f'"{one.value}"' for one in inner)
    if origin in _LISTS:
        return _describe_list(inner)
    if origin in _TABLES or _is_struct(inner):
        return "a table"
    names: dict[Any, str] = {bool: "true or false", int: "a whole number", float: "a number"}
    names |= {str: "text"}
    return names.get(inner, "another kind of value") + _describe_bounds(_metas(expected))


def _describe_list(inner: Any) -> str:
    items = [one for one in typing.get_args(inner) if one is not Ellipsis]
    each = describe_type(items[0]) if items else ""
    plurals = {"text": "texts", "a whole number": "whole numbers", "a number": "numbers"}
    plurals |= {"a table": "tables", "": "values"}
    return f"a list of {plurals[each]}" if each in plurals else f"a list, each of it {each}"


def _describe_bounds(metas: Iterable[msgspec.Meta]) -> str:
    words = {"ge": "{} or more", "gt": "more than {}", "le": "{} or less", "lt": "less than {}"}
    words |= {"min_length": "at least {} long", "max_length": "at most {} long"}
    said = [
        text.format(bound)
        for meta in metas
        for name, text in words.items()
        if (bound := getattr(meta, name)) is not None
    ]
    return ", " + " and ".join(said) if said else ""


def _plain(expected: Any) -> Any:
    """Return the type without `Annotated` and without `| None`, which TOML can't write."""
    while typing.get_origin(expected) is typing.Annotated:
        expected = typing.get_args(expected)[0]
    if typing.get_origin(expected) in (typing.Union, types.UnionType):
        members = [one for one in typing.get_args(expected) if one is not type(None)]
        return _plain(members[0]) if len(members) == 1 else expected
    return expected


def _metas(expected: Any) -> Iterator[msgspec.Meta]:
    if typing.get_origin(expected) is typing.Annotated:
        first, *extras = typing.get_args(expected)
        yield from (one for one in extras if isinstance(one, msgspec.Meta))
        yield from _metas(first)
    elif typing.get_origin(expected) in (typing.Union, types.UnionType):
        for member in typing.get_args(expected):
            yield from _metas(member)


def _is_struct(inner: Any) -> bool:
    return isinstance(inner, type) and issubclass(inner, msgspec.Struct)


def _place_of(place: str, key: str, expected: Any) -> str:
    return f"[{key}]" if not place and _is_struct(_plain(expected)) else f"{place}`{key}`"


def _faults_within(members: list[tuple[str, object]], inner: Any) -> list[str]:
    """Look at each member of a list or table by the type of its items."""
    items = [one for one in typing.get_args(inner) if one is not Ellipsis]
    if not items:
        return []
    return [fault for place, one in members for fault in value_problems(one, items[-1], place)]


def _conversion_problems(value: object, expected: Any, place: str) -> list[str]:
    try:
        msgspec.convert(value, expected)
    except msgspec.ValidationError:
        hint = ""
        if isinstance(value, str) and typing.get_origin(_plain(expected)) is Literal:
            hint = did_you_mean(value, map(str, typing.get_args(_plain(expected))))
        found = describe_found(value)
        return [f"{place}: expected {describe_type(expected)}, found {found}{hint}"]
    return []
