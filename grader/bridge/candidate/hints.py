"""Type hints on the wire: `list[int]`, `int | None`, `Optional[str]`, by the names of their parts.

Theory of operation. What is read is built of classes that have crossed and of names that stand in
`typing` and `collections.abc` and hold nothing to call. No text is ever evaluated.
"""

from __future__ import annotations

import collections.abc
import functools
import operator
import types
import typing
from collections.abc import Callable
from typing import Any

from .codec import CodecError, Node

_SPECIAL = ("Any", "NoReturn", "Never", "Self", "LiteralString", "Hashable", "Sized", "Text")
_GENERIC = (
    "List Dict Set FrozenSet Tuple Type Deque DefaultDict OrderedDict Counter ChainMap Iterable "
    "Iterator Generator Sequence MutableSequence Mapping MutableMapping Collection Container "
    "Reversible Callable Awaitable Coroutine AsyncIterable AsyncIterator AsyncGenerator "
    "KeysView ValuesView ItemsView AbstractSet MutableSet ContextManager AsyncContextManager "
    "ClassVar Final Optional Union Literal Annotated Concatenate TypeGuard Pattern Match"
).split()
_WITH_TEXTS = {"Literal": 0, "Annotated": 1}  # texts that are values, from this part on
_ABSTRACT = tuple(collections.abc.__all__)


def node(value: Any, encode: Callable[[Any], Node]) -> Node:
    """A type hint as a node, or None when a value is no type hint."""
    if value is type(None):
        return ["hint", "none"]
    if isinstance(value, types.UnionType):
        return ["hint", "union", encode(value.__args__)]
    if type(value) is types.GenericAlias:
        if _holds_text(value.__args__):
            return None
        return ["hint", "of", encode(value.__origin__), encode(value.__args__)]
    if isinstance(value, type) and value.__module__ == "collections.abc":
        return ["hint", "abc", value.__name__] if value.__name__ in _ABSTRACT else None
    return _of_typing(value, encode) if type(value).__module__ == "typing" else None


def _of_typing(value: Any, encode: Callable[[Any], Node]) -> Node:
    """What stands in `typing`, with or without brackets."""
    origin = typing.get_origin(value)
    for form in ("Union", *_WITH_TEXTS):
        if origin is getattr(typing, form):
            return ["hint", "typing", form, encode(typing.get_args(value))]
    name = getattr(value, "_name", None)
    if value.__module__ != "typing" or (name not in _SPECIAL and name not in _GENERIC):
        return None
    if getattr(typing, name) is value:
        return ["hint", "typing", name, None]
    return ["hint", "typing", name, encode(typing.get_args(value))]


def value(found: Node, decode: Callable[[Node], Any]) -> Any:
    """The type hint that a node describes."""
    try:
        return _value(found, decode)
    except TypeError:  # parts that such a hint can't have
        raise CodecError("malformed type hint") from None


def _value(found: Node, decode: Callable[[Node], Any]) -> Any:
    kind, *rest = found[1:]
    if kind == "none" and not rest:
        return type(None)
    if kind == "union" and len(rest) == 1:
        return functools.reduce(operator.or_, _parts(decode(rest[0])))
    if kind == "of" and len(rest) == 2:
        origin = decode(rest[0])
        if not isinstance(origin, type):
            raise CodecError("a type hint of something that is no class")
        return types.GenericAlias(origin, _parts(decode(rest[1])))
    if kind == "abc" and len(rest) == 1 and rest[0] in _ABSTRACT:
        return getattr(collections.abc, rest[0])
    if kind == "typing" and len(rest) == 2 and rest[0] in (*_SPECIAL, *_GENERIC):
        made: Any = getattr(typing, rest[0])
        if rest[1] is None:
            return made
        parts = _parts(decode(rest[1]), _WITH_TEXTS.get(rest[0]))
        return made[parts if len(parts) != 1 else parts[0]]
    raise CodecError("malformed type hint")


def _parts(found: Any, texts_from: int | None = None) -> tuple[Any, ...]:
    """What stands in the brackets; from `texts_from` on there may be texts, which stay texts."""
    # Any other text would be kept to be evaluated later.
    if type(found) is not tuple or _holds_text(found[:texts_from]):
        raise CodecError("malformed type hint")
    return found


def _holds_text(parts: tuple[Any, ...]) -> bool:
    return any(isinstance(part, str) for part in parts)


def of(target: Any, extras: bool) -> dict[str, Any]:
    """What `typing.get_type_hints` says here, where the names in the hints are known."""
    return typing.get_type_hints(target, include_extras=extras)
