"""Values to JSON nodes and back: closed, typed, bounded.

Theory of operation. Both sides of the trust boundary use this file, and the trusted side must
survive any bytes that the other side sends. A frame is JSON. Scalars of JSON stand for
themselves; everything else is an array whose first item is a tag from a closed table. Nothing is
ever unpickled, evaluated or looked up by a name that came over the wire, except in `builtins`
and only for types and functions. Sizes are bounded three times: bytes of a frame (frames.py),
numbers of nodes and of parts, depth. Keys are counted by hash before a dict or set is built from
them, since colliding keys would cost the trusted side quadratic time.

What is not a value (an object of a class of the learner's) is left to the two hooks: `refer`
makes a node of it, `resolve` makes an object of a node with an unknown tag.
"""

from __future__ import annotations

import builtins
import collections
import datetime
import decimal
import fractions
import functools
import pathlib
import types
import uuid
import zoneinfo
from collections.abc import Callable, Mapping
from typing import Any

Node = Any
MAX_DEPTH = 100
MAX_NODES = 500_000  # values that are not plain
MAX_PARTS = 2_000_000  # plain values count here only
MAX_COLLISIONS = 64
# Small to send and endless to compute with: no deadline reaches a loop written in C.
MAX_RANGE = 10**6
MAX_EXPONENT = 10_000
MAX_INT_DIGITS = 250_000  # hexadecimal: a million bits
MAX_FRACTION_BITS = 20_000  # of either part: reducing takes time with the square of it
_SMALL = 1 << 63
_PLAIN = frozenset({type(None), bool, str, float})
_SCALARS = _PLAIN | {int}
# Functions that look at their arguments and at nothing else. The others stay where they are: run
# on the trusted side, `eval` or `getattr` of the sender's choosing would reach too far.
_FUNCTIONS = frozenset(
    "abs all any ascii bin callable chr divmod format hash hex isinstance issubclass iter len max "
    "min next oct ord pow print repr round sorted sum".split()
)
_MALFORMED = (
    ValueError,
    TypeError,
    ArithmeticError,
    LookupError,
    AttributeError,
    RecursionError,
)


class CodecError(Exception):
    """A value that can't be sent, or a node that no honest sender would have made."""


class LimitError(CodecError):
    """A value that could be sent if there were less of it."""


def _builtin(name: str) -> Any:
    found: Any = builtins.__dict__.get(name)
    if not is_builtin(found) or found.__name__ != name:
        raise CodecError("not a built-in")
    return found


def is_builtin(value: object) -> bool:
    """True for types and harmless functions that `builtins` holds under their own name."""
    kind = type(value)  # not isinstance(): an object may be shown as one of another class
    if not issubclass(kind, type) and kind is not types.BuiltinFunctionType:
        return False
    name = getattr(value, "__name__", "")
    if type(name) is not str or builtins.__dict__.get(name) is not value:
        return False
    return issubclass(kind, type) or name in _FUNCTIONS


def _encode_datetime(value: datetime.datetime) -> list[Node]:
    zone = value.tzinfo
    bare = value.replace(tzinfo=None, fold=0).isoformat()
    return ["datetime", bare, value.fold, _encode_zone(zone)]


def _encode_time(value: datetime.time) -> list[Node]:
    bare = value.replace(tzinfo=None, fold=0).isoformat()
    return ["time", bare, value.fold, _encode_zone(value.tzinfo)]


def _encode_zone(zone: datetime.tzinfo | None) -> Node:
    if zone is None:
        return None
    if type(zone) is datetime.timezone:
        offset = zone.utcoffset(None)
        return ["offset", offset.days, offset.seconds, offset.microseconds]
    if type(zone) is zoneinfo.ZoneInfo and zone.key:
        return ["zone", zone.key]
    raise CodecError("a time zone of this kind cannot be sent")


def _decode_zone(node: Node) -> datetime.tzinfo | None:
    if node is None:
        return None
    if type(node) is not list or not node:
        raise CodecError("malformed time zone")
    if node[0] == "offset":
        _, days, seconds, micro = node
        offset = datetime.timedelta(_int(days), _int(seconds), _int(micro))
        return datetime.timezone(offset)
    if node[0] == "zone" and _str(node[1]) in _zones():
        return zoneinfo.ZoneInfo(node[1])
    raise CodecError("unknown time zone")


@functools.cache  # each look at the system's list of zones opens hundreds of files
def _zones() -> set[str]:
    return zoneinfo.available_timezones()


def _str(node: Node) -> str:
    if type(node) is not str:
        raise CodecError("text expected")
    return node


def _int(node: Node) -> int:
    if type(node) is int:
        return node
    if type(node) is list and len(node) == 2 and node[0] == "int":
        return _big(node[1])
    raise CodecError("whole number expected")


def _big(node: Node) -> int:
    if len(_str(node)) > MAX_INT_DIGITS:
        raise CodecError("a number of this size cannot be sent")
    return int(node, 16)


def _float(node: Node) -> float:
    if type(node) is not float:
        raise CodecError("number expected")
    return node


def _bytes(node: Node) -> bytes:
    return _str(node).encode("latin-1")


# Leaves: type -> how it is sent; tag -> how it is read. Each reader checks its parts by type.
_LEAF_WRITERS: dict[type, Callable[[Any], list[Node]]] = {
    bytes: lambda v: ["bytes", v.decode("latin-1")],
    complex: lambda v: ["complex", v.real, v.imag],
    range: lambda v: ["range", *map(_whole, _short_range(v))],
    type(...): lambda _v: ["ellipsis"],
    type(NotImplemented): lambda _v: ["notimplemented"],
    datetime.date: lambda v: ["date", v.isoformat()],
    datetime.datetime: _encode_datetime,
    datetime.time: _encode_time,
    datetime.timedelta: lambda v: ["timedelta", v.days, v.seconds, v.microseconds],
    datetime.timezone: lambda v: ["timezone", _encode_zone(v)],
    zoneinfo.ZoneInfo: lambda v: ["timezone", _encode_zone(v)],
    decimal.Decimal: lambda v: ["decimal", str(_small_decimal(v))],
    fractions.Fraction: lambda v: ["fraction", *map(_whole, _short_parts(*v.as_integer_ratio()))],
    uuid.UUID: lambda v: ["uuid", v.hex],
    pathlib.PosixPath: lambda v: ["path", str(v)],
    pathlib.PurePosixPath: lambda v: ["purepath", str(v)],
}

_LEAF_READERS: dict[str, Callable[..., Any]] = {
    "int": _big,
    "bytes": _bytes,
    "complex": lambda re, im: complex(_float(re), _float(im)),
    "range": lambda a, b, c: _range(_int(a), _int(b), _int(c)),
    "ellipsis": lambda: ...,
    "notimplemented": lambda: NotImplemented,
    "date": lambda t: datetime.date.fromisoformat(_str(t)),
    "datetime": lambda t, fold, zone: datetime.datetime.fromisoformat(_str(t)).replace(
        fold=1 if fold == 1 else 0, tzinfo=_decode_zone(zone)
    ),
    "time": lambda t, fold, zone: datetime.time.fromisoformat(_str(t)).replace(
        fold=1 if fold == 1 else 0, tzinfo=_decode_zone(zone)
    ),
    "timedelta": lambda d, s, us: datetime.timedelta(_int(d), _int(s), _int(us)),
    "timezone": _decode_zone,
    "decimal": lambda t: _decimal(_str(t)),
    "fraction": lambda n, d: fractions.Fraction(*_short_parts(_int(n), _int(d))),
    "uuid": lambda t: uuid.UUID(_str(t)),
    "path": lambda t: pathlib.Path(_str(t)),
    "purepath": lambda t: pathlib.PurePosixPath(_str(t)),
    "builtin": lambda name: _builtin(_str(name)),
}


def _range(start: int, stop: int, step: int) -> range:
    _short_range(made := range(start, stop, step))
    return made


def _short_range(value: range) -> tuple[int, int, int]:
    if value and abs(value[-1] - value[0]) // abs(value.step) > MAX_RANGE:
        raise LimitError("a range of this length cannot be sent")
    return value.start, value.stop, value.step


def _short_parts(numerator: int, denominator: int) -> tuple[int, int]:
    if max(numerator.bit_length(), denominator.bit_length()) > MAX_FRACTION_BITS:
        raise CodecError("a Fraction of this size cannot be sent")
    return numerator, denominator


def _small_decimal(value: decimal.Decimal) -> decimal.Decimal:
    if value.is_finite() and value and abs(value.adjusted()) > MAX_EXPONENT:
        raise LimitError("a Decimal of this size cannot be sent")
    return value


def _decimal(text: str) -> decimal.Decimal:
    if len(text) > 20_000:
        raise CodecError("a Decimal of this length cannot be sent")
    return _small_decimal(decimal.Decimal(text))


def _whole(value: int) -> Node:
    if value.bit_length() > 4 * MAX_INT_DIGITS:
        raise LimitError("a number of this size cannot be sent")
    return value if -_SMALL < value < _SMALL else ["int", format(value, "x")]


_SEQUENCES: dict[type, str] = {
    list: "list",
    tuple: "tuple",
    set: "set",
    frozenset: "frozenset",
}
_MAPPINGS: dict[type, str] = {
    dict: "dict",
    collections.OrderedDict: "ordereddict",
    collections.Counter: "counter",
}


_VIEWS: dict[type, str] = {
    type({}.keys()): "dictkeys",
    type({}.values()): "dictvalues",
    type({}.items()): "dictitems",
}


class Encoder:
    """Turns one message's values into nodes; one instance a message, so the budget is shared.

    `shared` maps id() of containers that both sides hold to their number: they are sent as
    `["@", number]` and never copied.
    """

    def __init__(self, refer: Callable[[Any], Node], shared: dict[int, int] | None = None) -> None:
        self._refer = refer
        self._shared = {} if shared is None else shared
        self._left = MAX_NODES
        self._parts_left = MAX_PARTS

    def node(self, value: Any, depth: int = 0) -> Node:
        """One value as a node; CodecError when it is too deep, too large or can't be sent."""
        kind = type(value)
        if kind in _PLAIN:
            return value
        if kind is int:
            return _whole(value)
        number = self._shared.get(id(value))
        if number is not None:
            return ["@", number]
        return self.body(value, depth)

    def body(self, value: Any, depth: int = 0) -> Node:
        """The contents of a value, even of a shared container."""
        kind = type(value)
        self._left -= 1
        if depth > MAX_DEPTH:
            raise LimitError(f"it is nested more than {MAX_DEPTH} levels deep")
        if self._left < 0:
            raise LimitError(f"it holds more than {MAX_NODES:,} objects")
        if kind in _SEQUENCES:
            return [_SEQUENCES[kind], *self._all(value, depth)]
        if kind in _MAPPINGS:
            return [_MAPPINGS[kind], *self._pairs(value, depth)]
        writer = _LEAF_WRITERS.get(kind)
        if writer is not None:
            return writer(value)
        return self._rarer(value, kind, depth)

    def _rarer(self, value: Any, kind: type, depth: int) -> Node:
        if kind is bytearray:
            return ["bytearray", value.decode("latin-1")]
        if kind is slice:
            return ["slice", *self._all((value.start, value.stop, value.step), depth)]
        if kind is collections.deque:
            return ["deque", value.maxlen, *self._all(value, depth)]
        if kind is collections.defaultdict:
            factory = self.node(value.default_factory, depth + 1)
            return ["defaultdict", factory, *self._pairs(value, depth)]
        if is_builtin(value):
            return ["builtin", value.__name__]
        if kind in _VIEWS:
            return [_VIEWS[kind], *self._all(value, depth)]
        return self._refer(value)

    def _all(self, values: Any, depth: int) -> list[Node]:
        self._parts_left -= len(values)
        if self._parts_left < 0:
            raise LimitError(f"it holds more than {MAX_PARTS:,} values")
        kinds = set(map(type, values))
        if kinds <= _PLAIN or (kinds == {int} and -_SMALL < min(values) <= max(values) < _SMALL):
            return list(values)
        return [self.node(value, depth + 1) for value in values]

    def _pairs(self, mapping: dict[Any, Any], depth: int) -> list[Node]:
        kind = type(mapping) if type(mapping) in _MAPPINGS else dict
        flat: list[Node] = [None] * (2 * len(mapping))
        # An OrderedDict keeps an order of its own.
        pairs = list(kind.items(mapping))
        flat[::2] = self._all([key for key, _ in pairs], depth)
        flat[1::2] = self._all([value for _, value in pairs], depth)
        return flat


class Decoder:
    """Turns nodes into values; one instance a message. Raises CodecError and nothing else."""

    def __init__(
        self, resolve: Callable[[list[Node]], Any], shared: Mapping[int, Any] | None = None
    ) -> None:
        self._resolve = resolve
        self._shared = {} if shared is None else shared
        self._left = MAX_NODES
        self._parts_left = MAX_PARTS

    def value(self, node: Node) -> Any:
        """The value of a node."""
        try:
            return self._value(node, 0)
        except CodecError:
            raise
        except _MALFORMED as error:
            raise CodecError(f"malformed value: {type(error).__name__}") from None

    def _value(self, node: Node, depth: int) -> Any:
        kind = type(node)
        if kind in _PLAIN or kind is int:
            return node
        if kind is not list or not node:
            raise CodecError("malformed node")
        self._left -= 1
        if self._left < 0 or depth > MAX_DEPTH + 2:
            raise CodecError("a value that is too large or too deep")
        tag = _str(node[0])
        reader = _CONTAINER_READERS.get(tag)
        if reader is not None:
            return reader(self, node, depth)
        leaf = _LEAF_READERS.get(tag)
        if leaf is not None:
            return leaf(*node[1:])
        return self._resolve(node)

    def _shared_value(self, node: list[Node], _depth: int) -> Any:
        number = node[1]
        if type(number) is not int or number not in self._shared:
            raise CodecError("unknown container")
        return self._shared[number]

    def items(self, nodes: list[Node], depth: int) -> list[Any]:
        """The values of several nodes."""
        self._parts_left -= len(nodes)
        if self._parts_left < 0:
            raise CodecError("a value with too many parts")
        if set(map(type, nodes)) <= _SCALARS:
            return list(nodes)
        return [self._value(node, depth + 1) for node in nodes]

    def keys(self, nodes: list[Node], depth: int) -> list[Any]:
        """Values to be used as keys: refused when too many share one hash."""
        found = self.items(nodes, depth)
        self.check_keys(found)
        return found

    @staticmethod
    def check_keys(found: list[Any]) -> None:
        """Refuse too many keys with one hash."""
        if len(found) > MAX_COLLISIONS:
            distinct = len({hash(key) for key in found})
            if len(found) - distinct > MAX_COLLISIONS:
                raise CodecError("too many keys with the same hash")

    def pairs(self, nodes: list[Node], depth: int) -> list[tuple[Any, Any]]:
        """Alternating keys and values."""
        if len(nodes) % 2:
            raise CodecError("a key without a value")
        return list(zip(self.keys(nodes[::2], depth), self.items(nodes[1::2], depth), strict=True))

    def _factory(self, node: Node) -> Any:
        """What a defaultdict makes its values with."""
        found = None if node is None else self._value(node, 1)
        if found is not None and not callable(found):
            raise CodecError("a defaultdict of something that cannot be called")
        return found

    def fill(self, container: Any, node: Node) -> None:
        """Replace the contents of a shared container by those of a node of the same kind."""
        try:
            self._fill(container, node)
        except CodecError:
            raise
        except _MALFORMED as error:
            raise CodecError(f"malformed contents: {type(error).__name__}") from None

    def _fill(self, container: Any, node: Node) -> None:
        if type(node) is not list or not node or node[0] != _TRACKED.get(type(container)):
            raise CodecError("contents of another kind")
        self._left -= 1
        if self._left < 0:
            raise CodecError("a value that is too large")
        if type(container) is list:
            container[:] = self.items(node[1:], 0)
        elif type(container) is bytearray:
            container[:] = _bytes(node[1])
        elif type(container) is collections.deque:
            items = self.items(node[2:], 0)
            container.clear()
            container.extend(items)
        elif isinstance(container, dict):
            if type(container) is collections.defaultdict:
                container.default_factory = self._factory(node[1])
                pairs = self.pairs(node[2:], 0)
            else:
                pairs = self.pairs(node[1:], 0)
            container.clear()
            dict.update(container, pairs)
        else:
            found = self.keys(node[1:], 0)
            container.clear()
            container.update(found)


def _defaultdict(decoder: Decoder, node: list[Node], depth: int) -> Any:
    return collections.defaultdict(decoder._factory(node[1]), decoder.pairs(node[2:], depth))


def _deque(decoder: Decoder, node: list[Node], depth: int) -> Any:
    longest = None if node[1] is None else _int(node[1])
    return collections.deque(decoder.items(node[2:], depth), longest)


def _dict_of_pairs(decoder: Decoder, node: list[Node], depth: int) -> dict[Any, Any]:
    pairs = decoder.items(node[1:], depth)
    if not all(type(pair) is tuple and len(pair) == 2 for pair in pairs):
        raise CodecError("items that are no pairs")
    decoder.check_keys([key for key, _ in pairs])
    return dict(pairs)


_CONTAINER_READERS: dict[str, Callable[[Decoder, list[Node], int], Any]] = {
    "@": Decoder._shared_value,
    "list": lambda d, n, depth: d.items(n[1:], depth),
    "tuple": lambda d, n, depth: tuple(d.items(n[1:], depth)),
    "set": lambda d, n, depth: set(d.keys(n[1:], depth)),
    "frozenset": lambda d, n, depth: frozenset(d.keys(n[1:], depth)),
    "dict": lambda d, n, depth: dict(d.pairs(n[1:], depth)),
    "ordereddict": lambda d, n, depth: collections.OrderedDict(d.pairs(n[1:], depth)),
    "counter": lambda d, n, depth: collections.Counter(dict(d.pairs(n[1:], depth))),
    "defaultdict": _defaultdict,
    "deque": _deque,
    "dictkeys": lambda d, n, depth: dict.fromkeys(d.keys(n[1:], depth)).keys(),
    "dictvalues": lambda d, n, depth: dict(enumerate(d.items(n[1:], depth))).values(),
    "dictitems": lambda d, n, depth: _dict_of_pairs(d, n, depth).items(),
    "bytearray": lambda _d, n, _depth: bytearray(_bytes(n[1])),
    "slice": lambda d, n, depth: slice(*d.items(n[1:4], depth)),
}

# Containers that both sides keep in step while both hold them, and their tags.
_TRACKED: dict[type, str] = {
    list: "list",
    dict: "dict",
    set: "set",
    bytearray: "bytearray",
    collections.deque: "deque",
    collections.OrderedDict: "ordereddict",
    collections.Counter: "counter",
    collections.defaultdict: "defaultdict",
}


def is_tracked(value: object) -> bool:
    """Whether a value is a container that can be changed after it has crossed."""
    return type(value) in _TRACKED


def empty_like(node: Node) -> Any:
    """An empty container for the contents in `node`."""
    if type(node) is not list or not node or node[0] not in _TRACKED.values():
        raise CodecError("not a container")
    if node[0] == "deque":
        return collections.deque(maxlen=_length(node[1:2]))
    return next(kind for kind, tag in _TRACKED.items() if tag == node[0])()


def _length(node: list[Node]) -> int | None:
    """The longest that a deque may get, from the part of its node that says so."""
    if not node or (node[0] is not None and (type(node[0]) is not int or node[0] < 0)):
        raise CodecError("malformed deque")
    return node[0]
