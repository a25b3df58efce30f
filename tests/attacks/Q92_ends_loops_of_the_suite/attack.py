_KINDS = [StopIteration, GeneratorExit, StopAsyncIteration]


def rate(weight):
    raise _KINDS[weight % 2]


def _answer(*args, **kwargs):
    raise _KINDS[len(str(args)) % 3]


def __getattr__(name):
    if name.startswith("__"):
        raise AttributeError(name)
    return _answer
