"""Stand-ins for containers of the learner's that derive from a built-in one and can change.

Theory of operation. Such an object holds a snapshot, as every instance of a subclass of a
built-in does, but the learner's code may change the real one at any time. So reading asks for its
contents first and then uses the built-in's own method on them, and changing happens there.
"""

from __future__ import annotations

from typing import Any

from grader.bridge.channel import GARBLED
from grader.bridge.incidents import Cause, Incident

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
    methods.update({name: _changing(name) for name in names & changing})
    methods["__repr__"] = _reading(base, "__repr__")
    return methods


def _reading(base: type, name: str) -> Any:
    plain = getattr(base, name)

    def method(self: Any, *args: Any, **kwargs: Any) -> Any:
        session = type(self)._session
        _refresh(self, base, session.ask("snapshot", session.crossing.node(self)))
        return plain(self, *args, **kwargs)

    return method


def _refresh(made: Any, base: Any, value: Any) -> None:
    if type(value) is not base:
        raise type(made)._session.stop(Incident(Cause.PROTOCOL, GARBLED))
    base.clear(made)
    if base in (list, bytearray):
        base.extend(made, value)
    else:
        base.update(made, value)


def _changing(name: str) -> Any:
    def method(self: Any, *args: Any, **kwargs: Any) -> Any:
        session = type(self)._session
        if name.startswith("__"):
            return session.operate(name.strip("_"), self, *args)
        return session.get(self, name)(*args, **kwargs)

    return method
