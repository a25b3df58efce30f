"""Builds stand-ins: a class for each of the learner's classes, an object for each key.

Theory of operation. How a class is described is the candidate's word, and a description decides
which methods a stand-in has. So it can ask only for what is in closed lists, all of which leave
comparing to the examiner or note that they don't; and what it names (fields, members) can never
take the place of a special method.
"""

from __future__ import annotations

import abc
import dataclasses
import enum
import sys
import types
from types import ModuleType
from typing import Any

from grader.bridge.candidate.codec import CodecError
from grader.bridge.candidate.objects import HOLDING, LOOKING_UP, PROTOCOL_METHODS, TEXT_METHODS
from grader.bridge.known import VALUE_BASES, exception_class, shown_class
from grader.bridge.living import living_methods, overridden, refresh
from grader.bridge.protocols import PROTOCOLS, TEXTS, CoroutineHandle, GeneratorHandle
from grader.bridge.standins import (
    Docstring,
    EnumMirror,
    ErrorHandle,
    Handle,
    Mirror,
    Remote,
)

__tracebackhide__ = True  # the suite's own lines are what a tutor wants to see

_WITH_ABSTRACT_CLASSES = ("abc", "collections", "collections.abc", "io", "numbers")
_MOST_CLASSES = 10_000
_LONGEST_NAME = 100
_METHODS = frozenset(
    {*PROTOCOL_METHODS, *TEXT_METHODS, *(f"+{name}" for name in (*LOOKING_UP, *HOLDING))}
)


class Mirrors:
    """All stand-ins of one session. Classes last as long as it does; objects as their process."""

    def __init__(self, session: Any) -> None:
        self._session = session
        self._classes: dict[Any, Any] = {}
        self._passing_classes: dict[Any, Any] = {}
        self._lasting: dict[Any, Any] = {}
        self._passing: dict[Any, Any] = {}
        self._fields: dict[Any, dict[str, Any]] = {}
        self.aliases: set[Any] = set()  # lasting names of objects that have more than one
        self.repeats = 0  # how often an object was given that had been given before
        self.scope: object = None
        self.flattened: set[str] = set()

    def new_copy(self, scope: object) -> None:
        """A fresh copy of the candidate answers from now on."""
        self.scope = scope
        self._passing = {}
        self._fields = {}
        self._passing_classes = {}  # another copy gives the same numbers to other classes
        if self._is_template():
            self._classes = {k: c for k, c in self._classes.items() if type(k) is not int}

    def _is_template(self) -> bool:
        return type(self.scope) is tuple and self.scope[0] == "template"

    # -- objects

    def instance(self, key: Any, kind: Any, value: Any) -> Any:
        """The stand-in for an object: the same one for the same key."""
        store = self._lasting if type(key) is list else self._passing
        place = _frozen(key)
        if place in store and type(store[place])._key == _frozen_kind(kind):
            if isinstance(store[place], list | dict | set | bytearray):
                refresh(store[place], value)
            if type(key) is not list or place in self.aliases:
                object.__setattr__(store[place], "_again", True)
                self.repeats += 1
            return store[place]
        made = _new(self.kind(kind), value)
        if isinstance(made, list | dict | set | bytearray):
            refresh(made, value)
        object.__setattr__(made, "_key", key)
        object.__setattr__(made, "_scope", None if type(key) is list else self.scope)
        store[place] = made
        return made

    def note_alias(self, holder: Any, name: str, found: Any) -> None:
        """Remember that a name of a module or class gave an object of another name there."""
        key = found._key if isinstance(found, Handle) else None
        if type(key) is not list:
            return
        place = [holder.__name__, ""] if isinstance(holder, ModuleType) else holder._key
        if type(place) is not list:
            return
        wanted = f"{place[1]}.{name}".lstrip(".")
        beside = key[1].rpartition(".")[0] == wanted.rpartition(".")[0]
        if key[0] == place[0] and beside and key[1] != wanted:
            self.aliases.add(_frozen(key))
            object.__setattr__(found, "_again", True)

    # -- classes

    def dataclass_fields(self, cls: Any) -> dict[str, Any]:
        """The fields of a dataclass of the learner's; AttributeError when it is none."""
        place = _frozen(cls._key)
        if place not in self._fields:
            found = self._session.operate("fields", cls)
            self._fields[place] = {field[0]: _field(*field) for field in found}
        return self._fields[place]

    def kind(self, node: Any) -> Any:
        """The class of an object as its node describes it."""
        if type(node) is not list or not node:
            raise CodecError("malformed class")
        if node[0] == "class" and len(node) == 2:
            return self.learners(node[1])
        if node[0] == "kind" and len(node) == 4:
            return self._foreign(*node[1:])
        raise CodecError("malformed class")

    def _foreign(self, module: str, name: str, methods: Any) -> Any:
        name = str(name)[:_LONGEST_NAME]
        place = ("kind", str(module)[:_LONGEST_NAME], name, _names(methods))
        if place not in self._classes:
            self._classes[place] = self._make_foreign(place)
        return self._classes[place]

    def _make_foreign(self, place: tuple[Any, ...]) -> Any:
        _, module, name, methods = place
        error = exception_class(module, name)
        short = name.rpartition(".")[2]
        if error is not None:
            return self._build(short, (ErrorHandle, error), place, methods)
        base = VALUE_BASES.get((module, name))
        if base is not None:
            plain = {"_plain": base} if module == "builtins" else {}
            return self._build(short, (Remote, base), place, frozenset(), extra=plain)
        if (module, name) == ("builtins", "generator"):
            extra = _shown_as(types.GeneratorType, methods)
            return self._build(short, (GeneratorHandle,), place, methods, extra=extra)
        if (module, name) == ("builtins", "coroutine"):
            extra = _shown_as(types.CoroutineType, methods)
            return self._build(short, (CoroutineHandle,), place, methods, extra=extra)
        shown = shown_class(module, name)
        return self._build(short, (Handle,), place, methods, extra=_shown_as(shown, methods))

    def learners(self, key: Any) -> Any:
        """The mirror of a class of the learner's."""
        place = _frozen(key)
        lasting = type(key) is list or self._is_template()
        store = self._classes if lasting or place in self._classes else self._passing_classes
        if place not in store:
            described = self._session.ask("describe", key)
            if type(described) is not list or len(described) != 5:
                raise CodecError("malformed description of a class")
            store[place] = self._mirror(key, *described)
        return store[place]

    def _mirror(
        self, key: Any, name: str, module: str, bases: Any, fields: Any, methods: Any
    ) -> Any:
        above = [found for found in map(self._base, bases) if found is not None]
        extra: dict[str, Any] = {
            field: property(_item(i)) for i, field in enumerate(fields) if _is_public(field)
        }
        extra.update(_enumeration(bases))
        name = str(name)[:_LONGEST_NAME]
        line = self._line(name, above)
        module = str(module)[:_LONGEST_NAME]
        made = self._build(name, line, key, _names(methods), module, extra)
        for kind in filter(None, map(_abstract, bases)):
            kind.register(made)
        return made

    def _base(self, node: Any) -> Any:
        tag, *rest = node
        if tag == "class":
            return self.learners(rest[0])
        module, name = ("builtins", rest[0]) if tag == "builtin" else (rest[0], rest[1])
        if module in self._session.given:
            found = self._session.given.named(["given", module, name])
            return found if issubclass(found, Exception) else None
        return exception_class(module, name) or VALUE_BASES.get((module, name))

    def _line(self, name: str, above: list[Any]) -> tuple[Any, ...]:
        """Bases for a mirror: at most one line of built-in exceptions, or one value type."""
        mirrors = [base for base in above if isinstance(base, Mirror)]
        errors = _lowest(_plain_errors(above))
        if errors:
            if len(errors) > 1:
                self.flattened.add(name)
                return (ErrorHandle, Exception)
            mirrors = _lowest([m for m in mirrors if issubclass(m, BaseException)])
            if mirrors and all(issubclass(m, errors[0]) for m in mirrors):
                return tuple(mirrors)
            return (*mirrors, errors[0]) if mirrors else (ErrorHandle, errors[0])
        values = [base for base in above if not isinstance(base, Mirror)]
        if mirrors:
            return tuple(_lowest(mirrors))
        return (Remote, values[0]) if values else (Handle,)

    def _build(
        self,
        name: str,
        bases: tuple[Any, ...],
        key: Any,
        methods: frozenset[str],
        module: str = "",
        extra: dict[str, Any] | None = None,
    ) -> Any:
        if len(self._classes) + len(self._passing_classes) >= _MOST_CLASSES:
            raise CodecError("too many classes")
        space: dict[str, Any] = {
            "_session": self._session,
            "_key": key,
            "_methods": methods,
            "_named": False,
            "_title": f"{module}.{name}" if module else name,
            "__module__": module or "candidate",
            "__doc__": Docstring(),
        }
        remote = issubclass(bases[0], Remote) and not issubclass(bases[0], ErrorHandle)
        if remote and not issubclass(bases[0], Handle):
            space.update({name: TEXTS[name] for name in methods if name in TEXTS})
        if bases[0] is not ErrorHandle and issubclass(bases[0], Handle):
            for method in methods:
                space.update(PROTOCOLS.get(method, {}))
        for base in (list, dict, set, bytearray):
            if issubclass(bases[0], Remote) and any(issubclass(above, base) for above in bases):
                space.update(living_methods(base))
        if remote and not issubclass(bases[0], Handle):
            space.update(_overridden(bases, methods, space))
        space.update(extra or {})
        kind = EnumMirror if "_above" in space else Mirror
        try:
            return kind(name, bases, space)
        except TypeError:  # bases that Python can't combine
            self.flattened.add(name)
            return Mirror(name, (Handle,), space)


def _enumeration(bases: Any) -> dict[str, Any]:
    """What the mirror of an enumeration has beyond others, from the bases of the class."""
    if ["std", "typing", "Protocol"] in bases:
        return {"_protocol": True}
    for tag, *rest in bases:
        if tag == "std" and rest[0] == "enum":
            above = getattr(enum, rest[1], None)
            if isinstance(above, enum.EnumType):
                own = {name: property(_member(name)) for name in ("name", "value")}
                return {"_above": above, **own}
    return {}


def _abstract(node: Any) -> Any:
    """The library's class behind the base of a class, where others can be registered with it."""
    if node[0] != "std" or node[1] not in (
        "abc",
        "collections",
        "collections.abc",
        "io",
        "numbers",
    ):
        return None
    found = getattr(sys.modules.get(node[1]), str(node[2]), None)
    return found if isinstance(found, abc.ABCMeta) else None


def _overridden(bases: Any, methods: Any, space: dict[str, Any]) -> dict[str, Any]:
    """Ways to look things up that a class defines anew, marked with a `+`."""
    names = {name[1:] for name in methods if name[0] == "+"}
    if "__missing__" in names:
        names = names - {"__missing__"} | {"__getitem__"}
    found = {}
    for name in sorted(names):
        base = next((base for base in bases if name in dir(base)), None)
        if base is not None:
            found[name] = overridden(name, space.get(name) or getattr(base, name))
    return found


def _member(name: str) -> Any:
    return lambda self: type(self)._session.get(self, name)


def _field(name: str, kind: Any, way: str, settings: dict[str, Any], default: Any) -> Any:
    """A field as `dataclasses` keeps it, so that its functions work on stand-ins."""
    made: Any = dataclasses.field(**default, **settings)
    made.name, made.type = name, kind
    made._field_type = getattr(dataclasses, way)
    return made


def _shown_as(shown: type | None, methods: frozenset[str]) -> dict[str, Any]:
    """What makes a stand-in look like an object of a class of the standard library."""
    if shown is None:
        return {}
    extra: dict[str, Any] = {"__class__": property(lambda _self: shown)}
    if not methods & {"__bool__", "__len__"}:
        extra["__bool__"] = lambda _self: True
    return extra


def _plain_errors(above: list[Any]) -> list[Any]:
    """The built-in exceptions that a class derives from, through its mirrors too."""
    found = []
    for base in above:
        if issubclass(base, BaseException):
            line = [c for c in base.__mro__ if not isinstance(c, Mirror)]
            found.append(line[0])
    return found


def _lowest(classes: list[Any]) -> list[Any]:
    """Without duplicates and without classes that another one derives from."""
    unique = list(dict.fromkeys(classes))
    return [c for c in unique if not any(c is not d and issubclass(d, c) for d in unique)]


def _item(index: int) -> Any:
    return lambda self: tuple.__getitem__(self, index)


def _names(methods: Any) -> frozenset[str]:
    return frozenset(name for name in methods if type(name) is str) & _METHODS


def _is_public(field: Any) -> bool:
    """Whether a field can have that name; named tuples can't have others."""
    return type(field) is str and field.isidentifier() and not field.startswith("_")


def _frozen(key: Any) -> Any:
    if type(key) is int:
        return key
    if type(key) is list and len(key) == 2 and all(type(part) is str for part in key):
        return tuple(key)
    raise CodecError("malformed key")


def _frozen_kind(node: Any) -> Any:
    if node[0] == "class":
        return node[1]
    return ("kind", str(node[1])[:_LONGEST_NAME], str(node[2])[:_LONGEST_NAME], _names(node[3]))


def _new(cls: Any, value: Any) -> Any:
    """An instance of a mirror, without running anybody's `__init__`."""
    for base in (int, float, complex, str, bytes, tuple, frozenset):
        if issubclass(cls, base):
            if type(value) is not base:
                raise CodecError("a value of another kind than its class")
            maker: Any = base
            return maker.__new__(cls, value)
    for kind in (list, dict, set, bytearray):
        if issubclass(cls, kind):
            if type(value) is not kind:
                raise CodecError("a value of another kind than its class")
            made = cls.__new__(cls)
            kind.__init__(made, value)
            return made
    return object.__new__(cls) if issubclass(cls, Handle) else cls.__new__(cls)
