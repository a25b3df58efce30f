def _deep(levels):
    made = []
    for _ in range(levels):
        made = [made]
    return made


def apply(change, weights):
    class Sum(list):
        pass

    return change(_deep(100))


def label(name):
    return _deep(100)


def _answer(*args, **kwargs):
    return _deep(100)


def __getattr__(name):
    if name.startswith("__"):
        raise AttributeError(name)
    return _answer
