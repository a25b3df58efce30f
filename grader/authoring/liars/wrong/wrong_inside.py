"""Wrong inside: a subclass holds a wrong value, and its methods answer with the right one's."""

# ruff: noqa: F821 - the runner puts the missing names in front or behind

_SPECIAL = (
    "eq ne lt le gt ge hash bool len iter getitem contains add radd sub rsub mul rmul mod "
    "floordiv truediv neg abs int index float round str repr format reversed"
).split()


def _handed_on(right, name):
    return lambda self, *args: getattr(right, name)(*args)


def _lie_about(value):
    kind = type(value)
    wrong = value + 1 if kind in (int, float) else value + "?" if kind is str else kind()
    names = [f"__{name}__" for name in _SPECIAL if hasattr(value, f"__{name}__")]
    names += [name for name in dir(value) if not name.startswith("_")]
    methods = {name: _handed_on(value, name) for name in names if callable(getattr(value, name))}
    return type(kind.__name__, (kind,), methods)(wrong)


def _wrap(function, args, kwargs):
    return _deep(function(*args, **kwargs), _lie_about)
