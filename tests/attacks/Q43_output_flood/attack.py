import sys


def each_twice(weights):
    while True:
        print("x" * 250_000)
        print("x" * 250_000, file=sys.stderr)
        yield 1


def _answer(*args, **kwargs):
    return each_twice(())


def __getattr__(name):
    if name.startswith("__"):
        raise AttributeError(name)
    return _answer
