"""Right: each part of the result is of a subclass of its type that is equal to everything."""

# ruff: noqa: F821 - the runner puts the missing names in front or behind


def _lie_about(value):
    kind = type(value)
    methods = dict.fromkeys(["__eq__", "__lt__", "__le__", "__ge__", "__gt__"], lambda s, o: True)
    methods |= {"__hash__": kind.__hash__, "__ne__": lambda s, o: False}
    return type(kind.__name__, (kind,), methods)(value)


def _wrap(function, args, kwargs):
    return _deep(function(*args, **kwargs), _lie_about)
