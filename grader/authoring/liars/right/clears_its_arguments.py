"""Right, and then empties the lists, dicts and sets that it was called with."""

# ruff: noqa: F821 - the runner puts the missing names in front or behind


def _wrap(function, args, kwargs):
    result = _deep(function(*args, **kwargs), lambda value: value)
    for value in (*args, *kwargs.values()):
        if hasattr(value, "clear"):
            value.clear()
    return result
