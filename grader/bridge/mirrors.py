"""Builds stand-ins: a class for each of the learner's classes, an object for each key."""

from __future__ import annotations

from typing import Any

from grader.bridge.candidate.codec import CodecError
from grader.bridge.known import VALUE_BASES, exception_class
from grader.bridge.living import living_methods
from grader.bridge.standins import (
    PROTOCOLS,
    ErrorHandle,
    GeneratorHandle,
    Handle,
    Mirror,
    Remote,
)

__tracebackhide__ = True  # the suite's own lines are what a tutor wants to see

_MOST_CLASSES = 10_000


class Mirrors:
    """All stand-ins of one session. Classes last as long as it does; objects as their process."""

    def __init__(self, session: Any) -> None:
        self._session = session
        self._classes: dict[Any, Any] = {}
        self._passing_classes: dict[Any, Any] = {}
        self._lasting: dict[Any, Any] = {}
        self._passing: dict[Any, Any] = {}
        self.scope: object = None
        self.flattened: set[str] = set()

    def new_copy(self, scope: object) -> None:
        """A fresh copy of the candidate answers from now on."""
        self.scope = scope
        self._passing = {}
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
            return store[place]
        made = _new(self.kind(kind), value)
        object.__setattr__(made, "_key", key)
        object.__setattr__(made, "_scope", None if type(key) is list else self.scope)
        store[place] = made
        return made

    # -- classes

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
        place = ("kind", str(module), str(name), _names(methods))
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
            return self._build(short, (Remote, base), place, frozenset())
        if (module, name) == ("builtins", "generator"):
            return self._build(short, (GeneratorHandle,), place, methods)
        return self._build(short, (Handle,), place, methods)

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
        extra = {field: property(_item(i)) for i, field in enumerate(fields)}
        return self._build(
            str(name), self._line(str(name), above), key, _names(methods), str(module), extra
        )

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
            if mirrors and all(issubclass(m, errors[0]) for m in mirrors):
                return tuple(_lowest(mirrors))
            return (
                (*_lowest([m for m in mirrors if issubclass(m, Exception)]), ErrorHandle, errors[0])
                if not mirrors
                else (ErrorHandle, errors[0])
            )
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
            "__doc__": None,
        }
        if bases[0] is not ErrorHandle and issubclass(bases[0], Handle):
            for method in methods:
                space.update(PROTOCOLS.get(method, {}))
        for base in (list, dict, set, bytearray):
            if issubclass(bases[0], Remote) and any(issubclass(above, base) for above in bases):
                space.update(living_methods(base))
        space.update(extra or {})
        try:
            return Mirror(name, bases, space)
        except TypeError:  # bases that Python can't combine
            self.flattened.add(name)
            return Mirror(name, (Handle,), space)


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
    return frozenset(name for name in methods if type(name) is str)


def _frozen(key: Any) -> Any:
    if type(key) is int:
        return key
    if type(key) is list and len(key) == 2 and all(type(part) is str for part in key):
        return tuple(key)
    raise CodecError("malformed key")


def _frozen_kind(node: Any) -> Any:
    return node[1] if node[0] == "class" else ("kind", str(node[1]), str(node[2]), _names(node[3]))


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
    return cls.__new__(cls)
