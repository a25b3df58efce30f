"""Turns into a number whichever way it is asked, and rounds to itself."""


class Liar:
    def __init__(self, *args, **kwargs):
        pass

    def __index__(self):
        return 1

    __int__ = __trunc__ = __floor__ = __ceil__ = __index__

    def __float__(self):
        return 1.0

    def __complex__(self):
        return 1j

    def __round__(self, digits=None):
        return self

    def __eq__(self, other):
        return True

    __hash__ = object.__hash__


_given_out = {}


def __getattr__(name):
    if name.startswith("__"):
        raise AttributeError(name)
    base = Exception if name.endswith("Error") else Liar
    return _given_out.setdefault(name, type(name, (base,), {}))
