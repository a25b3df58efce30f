"""Objects of given modules cross by value: both sides hold the same author's source.

Dataclasses go as their fields, enums as the name of the member, named tuples as their items,
exceptions as their arguments and fields. Only names that the author's module defines are looked up.
"""

from __future__ import annotations

import dataclasses
import enum
from collections.abc import Callable, Mapping
from types import ModuleType
from typing import Any

from .codec import CodecError, Node

_BRIDGES_OWN = frozenset({"_where", "_frames", "_origin"})  # noted on exceptions on their way


class Given:
    """The given modules of an exercise, by name."""

    def __init__(self, modules: Mapping[str, ModuleType]) -> None:
        self._names = {
            id(found): [name, path]
            for name, module in modules.items()
            for path, found in vars(module).items()
            if getattr(found, "__module__", None) == name and callable(found)
        }
        self._modules = dict(modules)

    def __contains__(self, module: object) -> bool:
        return module in self._modules

    def name_of(self, value: Any) -> Node:
        """`["given", module, name]` of a class or function of a given module, or None."""
        place = self._names.get(id(value))
        return ["given", *place] if place else None

    def node(self, value: Any, encode: Callable[[Any], Node]) -> Node:
        """An instance as a node, or None when it is not of a given module or has no value."""
        cls = type(value)
        place = self._names.get(id(cls))
        if place is None:
            return None
        if isinstance(value, enum.Enum):
            return ["given-enum", *place, value.name]
        if isinstance(value, tuple) and hasattr(cls, "_fields"):
            return ["given-tuple", *place, encode([*value])]
        if dataclasses.is_dataclass(value):
            fields = {f.name: getattr(value, f.name) for f in dataclasses.fields(value)}
            return ["given-fields", *place, encode(fields)]
        if isinstance(value, BaseException):
            fields = {n: v for n, v in vars(value).items() if n not in _BRIDGES_OWN}
            return ["given-error", *place, encode([list(value.args), fields])]
        return None

    # -- dataclasses, which both sides keep in step

    def has_fields(self, value: Any) -> bool:
        """Whether a value is an object of a dataclass of a given module."""
        return id(type(value)) in self._names and self.fields_of(value) is not None

    def fields_of(self, value: Any) -> list[Any] | None:
        """What the fields of such an object hold; None for any other value."""
        if id(type(value)) not in self._names or not dataclasses.is_dataclass(value):
            return None
        if isinstance(value, enum.Enum | tuple | BaseException):
            return None
        return [getattr(value, field.name, None) for field in dataclasses.fields(value)]

    def empty(self, node: Node) -> Any:
        """An object without contents yet, for a node of a dataclass."""
        cls: Any = self.named(node)
        if node[0] != "given-fields" or not dataclasses.is_dataclass(cls):
            raise CodecError("not a dataclass")
        made: Any = object.__new__(cls)  # type: ignore[arg-type]
        return made

    def fill(self, value: Any, node: Node, decode: Callable[[Node], Any]) -> None:
        """Give an object the contents that a node describes."""
        if len(node) != 4 or self.named(node) is not type(value):
            raise CodecError("contents of another class")
        _set_fields(value, decode(node[3]))

    def named(self, node: Node) -> Any:
        """The class or function that `["given", module, name]` names."""
        _, module, path = node[:3]
        found = getattr(self._modules.get(module), path, None) if type(path) is str else None
        if found is None or id(found) not in self._names:
            raise CodecError("unknown name of a given module")
        return found

    def value(self, node: Node, decode: Callable[[Node], Any]) -> Any:
        """The instance that a node of `node()` describes."""
        cls = self.named(node)
        tag, content = node[0], node[3]
        if tag == "given-enum" and issubclass(cls, enum.Enum):
            return cls[content]
        inner = decode(content)
        if tag == "given-tuple" and issubclass(cls, tuple):
            return tuple.__new__(cls, inner)
        if tag == "given-fields" and dataclasses.is_dataclass(cls):
            return _with_fields(cls, inner)
        if tag == "given-error" and issubclass(cls, BaseException):
            return _with_arguments(cls, *inner)
        raise CodecError("not a value of a given module")


def _with_arguments(cls: Any, args: list[Any], fields: dict[str, Any]) -> Any:
    made = cls.__new__(cls, *args)
    made.args = tuple(args)
    for name in fields:
        if type(name) is not str or name in _BRIDGES_OWN or name.startswith("__"):
            raise CodecError("fields of another class")
    made.__dict__.update(fields)
    return made


def _with_fields(cls: Any, fields: dict[str, Any]) -> Any:
    made = object.__new__(cls)
    _set_fields(made, fields)
    return made


def _set_fields(made: Any, fields: dict[str, Any]) -> None:
    names = {field.name for field in dataclasses.fields(made)}
    if type(fields) is not dict or set(fields) != names:
        raise CodecError("fields of another class")
    for name, content in fields.items():
        object.__setattr__(made, name, content)
