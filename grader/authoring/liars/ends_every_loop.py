"""Every call raises what Python takes for the end of a loop or a generator."""

import itertools

_given_out = {}
_kinds = itertools.cycle((StopIteration, StopAsyncIteration, GeneratorExit))


def answer(*args, **kwargs):
    raise next(_kinds)


def __getattr__(name):
    if name.startswith("__"):
        raise AttributeError(name)
    if not name.endswith("Error"):
        return answer
    return _given_out.setdefault(name, type(name, (Exception,), {}))
