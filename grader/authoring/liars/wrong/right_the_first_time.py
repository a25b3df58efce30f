"""Right on the first call in a process; each later one gets that same answer again."""

_first = []


def _wrap(function, args, kwargs):
    if not any(name == function.__name__ for name, _ in _first):
        _first.append((function.__name__, function(*args, **kwargs)))
    return next(result for name, result in _first if name == function.__name__)
