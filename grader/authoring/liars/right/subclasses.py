"""Right: each part of the result is of a subclass of its type, which changes nothing."""

# ruff: noqa: F821 - the runner puts the missing names in front or behind


def _lie_about(value):
    kind = type(value)
    return type(kind.__name__, (kind,), {})(value)


def _wrap(function, args, kwargs):
    return _deep(function(*args, **kwargs), _lie_about)
