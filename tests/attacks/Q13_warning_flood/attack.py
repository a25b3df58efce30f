import itertools
import warnings


def _answer(*args, **kwargs):
    warnings.simplefilter("always")
    for number in itertools.count():
        warnings.warn(f"{number}" + "x" * 100_000, stacklevel=1)


def __getattr__(name):
    if name.startswith("__"):
        raise AttributeError(name)
    return _answer
