"""Computes the right answer, and then returns what it was called with."""


def _wrap(function, args, kwargs):
    function(*args, **kwargs)
    return [*args, *kwargs.values()][0]
