"""Objects of the suite's in the learner's process: every use of one asks the examiner."""

from __future__ import annotations

from typing import Any

_ARITHMETIC = "add sub mul truediv floordiv mod pow matmul and or xor lshift rshift".split()
SPECIAL = (
    *"__call__ __enter__ __exit__ __iter__ __next__ __len__ __contains__ __getitem__".split(),
    *"__setitem__ __delitem__ __reversed__ __bool__ __eq__ __ne__ __lt__ __le__ __gt__".split(),
    *"__ge__ __hash__ __str__ __repr__ __format__ __int__ __float__ __index__ __neg__".split(),
    *"__pos__ __abs__ __invert__ __round__ __aenter__ __aexit__ __await__ __aiter__".split(),
    "__anext__",
    *(f"__{side}{name}__" for name in _ARITHMETIC for side in ("", "r", "i")),
)


class Lent:
    """An object that lives with the suite."""

    def __init__(self, server: Any, number: int) -> None:
        object.__setattr__(self, "_server", server)
        object.__setattr__(self, "_number", number)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        return self._server.call_back(self._number, ".get", (name,), {})

    def __setattr__(self, name: str, value: Any) -> None:
        self._server.call_back(self._number, ".set", (name, value), {})

    def __delattr__(self, name: str) -> None:
        self._server.call_back(self._number, ".del", (name,), {})


def lent(server: Any, number: int, title: str, methods: list[str]) -> Lent:
    """A stand-in that has the special methods which the object itself has."""
    space: dict[str, Any] = {name: _asking(name) for name in methods if name in SPECIAL}
    if "__eq__" in space and "__hash__" not in space:
        space["__hash__"] = None
    made: Lent = type(title, (Lent,), space)(server, number)
    return made


def _asking(name: str) -> Any:
    def method(self: Any, *args: Any, **kwargs: Any) -> Any:
        return self._server.call_back(self._number, name, args, kwargs)

    method.__name__ = name
    return method
