"""Stand-ins for containers of the learner's that derive from a built-in one and can change.

Theory of operation. Such an object holds a snapshot, as every instance of a subclass of a
built-in does, but the learner's code may change the real one whenever it runs. So reading asks for
its contents first and then uses the built-in's own method on them, and changing happens there.
A list, dict, set or bytearray that is an attribute of a module or object is treated alike.
"""

from __future__ import annotations

import time
from typing import Any

from grader.bridge.channel import GARBLED
from grader.bridge.incidents import Cause, Incident
from grader.bridge.standins import is_named, reported

_STILL = 0.005  # seconds for which contents hold, unless the candidate was asked meanwhile
_SCALARS = (int, float, str, bytes, bool, complex)
_CHANGING: dict[type, frozenset[str]] = {
    list: frozenset(
        "append extend insert pop remove clear sort reverse __setitem__ __delitem__ __iadd__ "
        "__imul__".split()
    ),
    dict: frozenset("update pop popitem clear setdefault __setitem__ __delitem__ __ior__".split()),
    set: frozenset(
        "add discard remove pop clear update difference_update intersection_update "
        "symmetric_difference_update __iand__ __ior__ __isub__ __ixor__".split()
    ),
    bytearray: frozenset(
        "append extend insert pop remove clear reverse __setitem__ __delitem__ __iadd__ "
        "__imul__".split()
    ),
}
_COMPARISONS = frozenset("__eq__ __ne__ __lt__ __le__ __gt__ __ge__".split())


def living_methods(base: type) -> dict[str, Any]:
    """Methods for a stand-in whose class derives from `base`: list, dict, set or bytearray."""
    skipped = set(dir(object)) - _COMPARISONS | {"__class_getitem__"}
    names = set(dir(base)) - skipped
    changing = _CHANGING[base]
    methods = {name: _reading(base, name) for name in names - changing}
    methods.update({name: _changing(base, name) for name in names & changing})
    methods["__repr__"] = _reading(base, "__repr__")
    return methods


def _reading(base: type, name: str) -> Any:
    plain = getattr(base, name)

    def method(self: Any, *args: Any, **kwargs: Any) -> Any:
        session = type(self)._session
        tick, seen = self.__dict__.get("_seen", (-1, 0.0))
        if tick != session.tick or time.monotonic() - seen > _STILL:
            refresh(self, session.ask("snapshot", session.crossing.node(self)))
        return plain(self, *args, **kwargs)

    return method


def refresh(made: Any, value: Any) -> None:
    """Give a stand-in the contents that the real container has now.

    What is still the same is left alone, so that a loop over it can go on.
    """
    session = type(made)._session
    base: Any = next(kind for kind in _CHANGING if isinstance(made, kind))
    if type(value) is not base:
        raise session.stop(Incident(Cause.PROTOCOL, GARBLED))
    if base in (list, bytearray):
        base.__setitem__(made, slice(None), value)
    elif not _same(list(base.__iter__(made)), list(value)):
        base.clear(made)
        base.update(made, value)
    elif base is dict:
        for key, item in value.items():
            dict.__setitem__(made, key, item)
    made.__dict__["_seen"] = (session.tick, time.monotonic())


def _same(before: list[Any], after: list[Any]) -> bool:
    return len(before) == len(after) and all(
        a is b or (type(a) is type(b) and type(a) in _SCALARS and a == b)
        for a, b in zip(before, after, strict=True)
    )


def overridden(name: str, plain: Any) -> Any:
    """Looking something up, for a class of the learner's that does it in its own way.

    It is done there if the suite has named the class; otherwise in the built-in's way, here.
    Everything else of a built-in type, such as len() and comparing, is always done here.
    """

    def method(self: Any, *args: Any) -> Any:
        session = type(self)._session
        if not is_named(type(self)):
            return plain(self, *args)
        if name == "__getitem__":
            return session.operate("getitem", self, *args)
        if name == "__contains__":
            return reported(self, "contains", self, *args)
        return session.get(self, name)(*args)

    return method


def _changing(base: Any, name: str) -> Any:
    def method(self: Any, *args: Any, **kwargs: Any) -> Any:
        session = type(self)._session
        if name.startswith("__"):
            found = session.operate(name.strip("_"), self, *args)
            return self if type(found) is base else found
        return session.get(self, name)(*args, **kwargs)

    return method
