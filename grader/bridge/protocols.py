"""Special methods that a stand-in has only when the learner's class has them."""

from __future__ import annotations

import collections.abc
import sys
from typing import Any

from grader.bridge.standins import Handle, is_named, need_named, reported

__tracebackhide__ = True  # the suite's own lines are what a tutor wants to see


def _iter(self: Any) -> Any:
    caller = sys._getframe(1)
    object.__setattr__(self, "_iterated", (id(caller), caller.f_lasti))
    return type(self)._session.operate("iter", self)


def _len(self: Any) -> int:
    # list() and its like ask for a length in the same instruction, right after iterating began:
    # only a hint, so nobody's word is needed.
    caller = sys._getframe(1)
    if _taken(self, "_iterated") == (id(caller), caller.f_lasti):
        raise TypeError("the length is not known before the end")
    need_named(self, "a number")
    type(self)._session.note_reported()
    return int(type(self)._session.operate("len", self))


def _taken(self: Any, name: str) -> Any:
    try:
        found = object.__getattribute__(self, name)
    except AttributeError:
        return None
    object.__delattr__(self, name)
    return found


def _contains(self: Any, item: Any) -> bool:
    methods = type(self)._methods
    own = "+__contains__" in methods and is_named(type(self))
    if "__iter__" in methods and not own:
        return any(found is item or found == item for found in self)
    need_named(self, "a list")
    return reported(self, "contains", self, item)


def _remote(operation: str) -> Any:
    def method(self: Any, *args: Any) -> Any:
        return type(self)._session.operate(operation, self, *args)

    return method


def _call(self: Any, *args: Any, **kwargs: Any) -> Any:
    return type(self)._session.call(self, args, kwargs)


def _exit(self: Any, _kind: Any, error: Any, _traceback: Any) -> Any:
    return type(self)._session.leave("exit", self, error)


def _await(self: Any) -> Any:
    """Awaiting takes no turns: the candidate runs it to its end on a loop of its own."""
    return type(self)._session.operate("await", self)
    yield  # makes this a generator, as Python wants it


async def _anext(self: Any) -> Any:
    return type(self)._session.operate("anext", self)


async def _aenter(self: Any) -> Any:
    return type(self)._session.operate("aenter", self)


async def _aexit(self: Any, _kind: Any, error: Any, _traceback: Any) -> Any:
    return type(self)._session.leave("aexit", self, error)


PROTOCOLS: dict[str, dict[str, Any]] = {
    "__await__": {"__await__": _await},
    "__aiter__": {"__aiter__": _remote("aiter")},
    "__anext__": {"__anext__": _anext},
    "__aenter__": {"__aenter__": _aenter, "__aexit__": _aexit},
    "__len__": {"__len__": _len},
    "__iter__": {"__iter__": _iter},
    "__next__": {"__next__": _remote("next")},
    "__contains__": {"__contains__": _contains},
    "__reversed__": {"__reversed__": _remote("reversed")},
    "__getitem__": {
        "__getitem__": _remote("getitem"),
        "__setitem__": _remote("setitem"),
        "__delitem__": _remote("delitem"),
    },
    "__call__": {"__call__": _call},
    "__enter__": {"__enter__": _remote("enter"), "__exit__": _exit},
}
# The same for objects that are values: text is the candidate's word, as it is for handles.
TEXTS: dict[str, Any] = {
    "__repr__": _remote("repr"),
    "__str__": _remote("str"),
    "__format__": _remote("format"),
}


class GeneratorHandle(Handle):
    """A generator of the learner's."""


class CoroutineHandle(Handle):
    """A coroutine of the learner's: one step of it is the whole of it."""

    def send(self, _value: Any) -> Any:
        """Run it to its end, whatever loop asks."""
        raise StopIteration(type(self)._session.operate("await", self))


collections.abc.Generator.register(GeneratorHandle)
collections.abc.Coroutine.register(CoroutineHandle)
