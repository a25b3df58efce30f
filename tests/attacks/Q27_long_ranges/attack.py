def _answer(*args, **kwargs):
    return range(10**7)


def label(name):
    return [range(10**7)] * 1000


def __getattr__(name):
    if name.startswith("__"):
        raise AttributeError(name)
    return _answer
