"""Right: the result is an object that says it is an int, text or list, and is equal to it."""

# ruff: noqa: F821 - the runner puts the missing names in front or behind


class _Same:
    def __init__(self, value):
        self.value = value

    @property
    def __class__(self):
        return type(self.value)

    def __eq__(self, other):
        return self.value == other

    def __hash__(self):
        return hash(self.value)


def _wrap(function, args, kwargs):
    return _deep(function(*args, **kwargs), _Same)
