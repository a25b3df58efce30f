"""How things that are not values are named on the wire, and found again.

A key names an object: `[module, path]` for what a module of the learner's holds when it has been
imported (the same in every copy of the process), a number for what is made later.
"""

from __future__ import annotations

import builtins
import collections
import dataclasses
import enum
import inspect
import sys
import types
from typing import Any

from .codec import CodecError, Node, is_builtin

Key = Any
_SNAPSHOT_OF: tuple[type, ...] = (int, float, complex, str, bytes, tuple, frozenset)
_SNAPSHOT_OF_MUTABLE: tuple[type, ...] = (list, dict, set, bytearray)
_FIELD_SETTINGS = ("init", "repr", "hash", "compare", "kw_only")
PROTOCOL_METHODS = (
    "__bool__ __len__ __iter__ __next__ __contains__ __getitem__ __call__ __enter__ __aenter__ "
    "__eq__ __lt__ __hash__ __await__ __aiter__ __anext__ __reversed__"
).split()
LOOKING_UP = ("__getitem__", "__missing__", "get")
HOLDING = ("__contains__",)  # counts only where a class of the learner's has it
TEXT_METHODS = ("__repr__", "__str__", "__format__")


class LostError(CodecError):
    """The examiner names an object that this process does not have."""


class Callback:
    """A function that lives with the suite; calling it asks the examiner."""

    def __init__(self, server: Any, number: int, name: str) -> None:
        self._server = server
        self._number = number
        self.__name__ = self.__qualname__ = name

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Have the suite's function run by the examiner."""
        return self._server.call_back(self._number, "", args, kwargs)


class Function(Callback):
    """A plain function of the suite: put into a class, it is a method."""

    def __get__(self, instance: Any, owner: Any) -> Any:
        """Bind to an object, as a function does."""
        return self if instance is None else types.MethodType(self, instance)


class Capability:
    """An object of the suite of which only the named methods can be used."""

    def __init__(self, server: Any, number: int, names: tuple[str, ...]) -> None:
        self._server = server
        self._number = number
        for name in names:
            self.__dict__[name] = self._method(name)

    def _method(self, name: str) -> Any:
        def method(*args: Any, **kwargs: Any) -> Any:
            return self._server.call_back(self._number, name, args, kwargs)

        method.__name__ = name
        return method

    def __enter__(self) -> Any:
        return self

    def __exit__(self, *_exc: object) -> None:
        close = self.__dict__.get("close")
        if close is not None:
            close()


class RemoteIterator:
    """An iterator of the suite: asks the examiner for each item."""

    def __init__(self, server: Any, number: int) -> None:
        self._server = server
        self._number = number

    def __iter__(self) -> RemoteIterator:
        return self

    def __next__(self) -> Any:
        return self._server.call_back(self._number, "__next__", (), {})


class RemoteAwaitable:
    """A coroutine of the suite: the examiner runs it to its end when it is awaited."""

    def __init__(self, server: Any, number: int) -> None:
        self._server = server
        self._number = number

    def __await__(self) -> Any:
        return self._server.call_back(self._number, "__await__", (), {})
        yield  # makes this a generator, as Python wants it


class Objects:
    """The table of what the examiner may name."""

    def __init__(self) -> None:
        self._by_number: dict[int, Any] = {}
        self._globals: dict[tuple[str, str], Any] = {}
        self._keys: dict[int, Key] = {}
        self._next = 1

    def register_module(self, module: types.ModuleType, own: frozenset[str]) -> None:
        """Give lasting names to what a freshly imported module holds."""
        for name, value in list(vars(module).items()):
            if name.startswith("__"):
                continue
            self._register(module.__name__, name, value)
            if isinstance(value, type) and getattr(value, "__module__", "") in own:
                self._register_class(module.__name__, name, value)

    def _register_class(self, module: str, path: str, cls: type) -> None:
        members = dict(vars(cls))
        if isinstance(cls, enum.EnumMeta):
            members.update(cls.__members__)
        for name, value in members.items():
            if not name.startswith("__"):
                self._register(module, f"{path}.{name}", value)

    def _register(self, module: str, path: str, value: Any) -> None:
        self._globals[module, path] = value
        if id(value) not in self._keys and not _is_shared_value(value):
            self._keys[id(value)] = [module, path]

    def key_of(self, value: Any) -> Key:
        """The key of an object; a new number when it has none yet."""
        key = self._keys.get(id(value))
        if key is None:
            key = self._next
            self._next += 1
            self._by_number[key] = value
            self._keys[id(value)] = key
        return key

    def find(self, key: Key) -> Any:
        """The object behind a key; LostError when this process never gave it."""
        if isinstance(key, int):
            if key not in self._by_number:
                raise LostError("an object of another process")
            return self._by_number[key]
        module, path = key
        if (module, path) in self._globals:
            return self._globals[module, path]
        found: Any = sys.modules[module]
        for part in path.split(".") if path else ():
            found = getattr(found, part)
        return found

    def class_node(self, cls: type, own: frozenset[str]) -> Node:
        """How a class is named: a built-in, one of the standard library's, or a key."""
        if is_builtin(cls):
            return ["builtin", cls.__name__]
        module, name = _place(cls)
        if module not in own and getattr(sys.modules.get(module), name, None) is cls:
            return ["std", module, name]
        return ["class", self.key_of(cls)]

    def kind_node(self, cls: type, own: frozenset[str]) -> Node:
        """How the class of an object is named: a key, or what it is and can do."""
        node = self.class_node(cls, own)
        if node[0] == "class" and cls.__module__ != "builtins":
            return node
        return ["kind", *_place(cls), protocols(cls)]

    def describe(self, key: Key, own: frozenset[str]) -> Node:
        """Name, module, bases and protocols of a class, so that it can be mirrored."""
        cls = self.find(key)
        fields = getattr(cls, "_fields", None) if issubclass(cls, tuple) else None
        if not (isinstance(fields, tuple) and all(type(name) is str for name in fields)):
            fields = ()
        return [
            str(cls.__name__),
            str(cls.__module__),
            [self.class_node(base, own) for base in type.__getattribute__(cls, "__bases__")],
            list(fields),
            protocols(cls),
        ]


def protocols(cls: type) -> list[str]:
    """Which special methods a class defines beyond those of `object`.

    With a `+` before it: what a class derived from a built-in type looks things up with.
    """
    mro = type.__dict__["__mro__"].__get__(cls)
    defined = {name for base in mro[:-1] for name in vars(base)}
    own = {name for base in mro[:-1] if not is_builtin(base) for name in vars(base)}
    written = {name for base in mro[:-1] if not _is_of_library(base) for name in vars(base)}
    return [
        *(name for name in PROTOCOL_METHODS if name in defined),
        *(name for name in TEXT_METHODS if name in own),
        *(f"+{name}" for name in LOOKING_UP if name in own),
        *(f"+{name}" for name in HOLDING if name in written),
    ]


def _is_of_library(cls: type) -> bool:
    return str(_place(cls)[0]).partition(".")[0] in sys.stdlib_module_names


def _place(cls: type) -> tuple[str, str]:
    module, name = getattr(cls, "__module__", ""), getattr(cls, "__qualname__", "")
    return (module if type(module) is str else "", name if type(name) is str else "")


def _is_shared_value(value: Any) -> bool:
    """True for objects that many names share, so that identity says nothing."""
    return value is None or is_builtin(value) or type(value) in (bool, int, str, float, tuple)


def is_living(value: Any) -> bool:
    """Whether a value is a container that is seen where it is, as an attribute of something."""
    return type(value) in _SNAPSHOT_OF_MUTABLE


def signature_parts(function: Any) -> list[Any]:
    """What a function takes: name, kind and default of each parameter, and its annotation."""
    empty = inspect.Parameter.empty
    return [
        [
            *(part.name, part.kind.name),
            [] if part.default is empty else [part.default],
            [] if part.annotation is empty else [part.annotation],
        ]
        for part in inspect.signature(function).parameters.values()
    ]


_CODE = (
    "co_flags co_name co_qualname co_argcount co_posonlyargcount co_kwonlyargcount co_varnames "
    "co_names co_freevars co_nlocals"
).split()


def code_parts(function: Any) -> dict[str, Any]:
    """What `inspect` wants to know of the code of a function; AttributeError for what has none."""
    code = function.__code__
    return {name: getattr(code, name) for name in _CODE}


def dataclass_fields(cls: Any) -> list[Any]:
    """The fields of a dataclass, with what each was made with; AttributeError for others."""
    found = getattr(cls if isinstance(cls, type) else type(cls), "__dataclass_fields__")  # noqa: B009
    return [
        [
            *(field.name, field.type, field._field_type.name),
            {name: getattr(field, name) for name in _FIELD_SETTINGS},
            {
                name: getattr(field, name)
                for name in ("default", "default_factory")
                if getattr(field, name) is not dataclasses.MISSING
            },
        ]
        for field in found.values()
    ]


def contents(value: Any) -> Any:
    """The built-in value inside an instance of a subclass of a built-in, or None."""
    for base in _SNAPSHOT_OF + _SNAPSHOT_OF_MUTABLE:
        # By type(), since an object may say what it likes with a `__class__` property.
        if type(value) is base and base in _SNAPSHOT_OF_MUTABLE:
            return value
        if issubclass(type(value), base) and type(value) not in (base, bool):
            return _bare(base, value)
    return None


def _bare(base: type, value: Any) -> Any:
    if base is int:
        return int.__add__(value, 0)
    if base is float:
        return float.__add__(value, 0.0)
    if base is complex:
        return complex.__add__(value, 0j)
    if base is str:
        return "".join(str.__iter__(value))
    if isinstance(value, collections.OrderedDict):
        return dict(collections.OrderedDict.items(value))
    if base is dict:
        return {key: dict.__getitem__(value, key) for key in dict.__iter__(value)}
    return base(base.__iter__(value))  # type: ignore[attr-defined]


def std_exception(module: str, name: str) -> type[BaseException] | None:
    """A built-in exception class by name, for exceptions that come from the examiner."""
    found = getattr(builtins, name, None) if module == "builtins" else None
    if isinstance(found, type) and issubclass(found, BaseException):
        return found
    return None
