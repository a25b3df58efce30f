"""Has another length each time it is asked, from 0 up, and any item at any place."""

import itertools


class Liar:
    def __init__(self, *args, **kwargs):
        self._lengths = itertools.count()

    def __len__(self):
        return next(self._lengths)

    def __getitem__(self, place):
        return self

    def __bool__(self):
        return True


_given_out = {}


def __getattr__(name):
    if name.startswith("__"):
        raise AttributeError(name)
    base = Exception if name.endswith("Error") else Liar
    return _given_out.setdefault(name, type(name, (base,), {}))
