"""Objects of the suite's that are passed to the learner's code: what it can do with them.

Theory of operation. An object of a class that the author wrote, a mock or a file stays here and is
lent: the candidate asks for its public attributes and for the special methods that its class has.
Nothing else of the examiner can be reached by them: names with an underscore are refused, methods
that a class has from elsewhere count only if they come from one of a few classes that are known to
be harmless, and a value that can't cross, such as a module, is an attribute that isn't there. What
steers a mock can't be used from there.
"""

from __future__ import annotations

import contextlib
import io
import site
import sys
import types
from pathlib import Path
from typing import Any
from unittest import mock

from grader.bridge.candidate.lent import SPECIAL

_OURS = str(Path(__file__).parents[1])
_HARMLESS_MODULES = frozenset(
    "abc builtins collections collections.abc contextlib dataclasses enum functools numbers typing "
    "_io io _collections_abc".split()
)
_LENT_CLASSES: tuple[type, ...] = (
    io.IOBase,
    mock.NonCallableMock,
    types.SimpleNamespace,
    contextlib._GeneratorContextManager,
    contextlib._AsyncGeneratorContextManager,
)
_OPAQUE: tuple[type, ...] = (object, type(mock.sentinel.name))
_STEERING = frozenset(
    "called call_count call_args call_args_list mock_calls method_calls attach_mock "
    "configure_mock mock_add_spec reset_mock".split()
)


def can_be_lent(value: object) -> bool:
    """Whether the learner's code may use an object by its public attributes and protocols."""
    kind = type(value)
    if kind in _OPAQUE or isinstance(value, _LENT_CLASSES):
        return True
    return not issubclass(kind, type) and is_authors(kind)


def is_authors(kind: type) -> bool:
    """Whether a class is written in a suite or a given module."""
    module = kind.__module__
    if module.partition(".")[0] in sys.stdlib_module_names:
        return False
    file = getattr(sys.modules.get(module), "__file__", None) or ""
    return not file.startswith((_OURS, *_INSTALLED))


_INSTALLED = tuple(site.getsitepackages())


def special_methods(value: object) -> list[str]:
    """The special methods that the class of a lent object has."""
    above = [kind for kind in type(value).__mro__ if kind is not object]
    return [name for name in SPECIAL if any(vars(kind).get(name) is not None for kind in above)]


def method(target: Any, name: object) -> Any:
    """What runs when the candidate asks for a special method, or to get or set an attribute."""
    if name == ".get":
        return lambda wanted: _get(target, wanted)
    if name == ".set":
        return lambda wanted, value: setattr(target, _public(target, wanted), value)
    if name == ".del":
        return lambda wanted: delattr(target, _public(target, wanted))
    if type(name) is not str or name not in special_methods(target):
        return None
    found = next(vars(kind)[name] for kind in type(target).__mro__ if name in vars(kind))
    bind = getattr(type(found), "__get__", None)
    return bind(found, target, type(target)) if bind else found


def _get(target: Any, wanted: object) -> Any:
    return getattr(target, _public(target, wanted))


def _public(target: Any, name: object) -> str:
    """The name of an attribute that may be used; AttributeError for others."""
    allowed = type(name) is str and not name.startswith("_") and _may_be_used(target, str(name))
    if not allowed:
        raise AttributeError(f"{type(target).__name__!r} object has no attribute {name!r}")
    return str(name)


def _may_be_used(target: Any, name: str) -> bool:
    if isinstance(target, mock.NonCallableMock):
        return name not in _STEERING and not name.startswith("assert")
    owner = next((kind for kind in type(target).__mro__ if name in vars(kind)), None)
    return owner is None or is_authors(owner) or owner.__module__ in _HARMLESS_MODULES
