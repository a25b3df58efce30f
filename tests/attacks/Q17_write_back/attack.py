def tidy(names):
    names[:] = range(400_000)
    names.append(names)


def heaviest(weights):
    weights.clear()
    weights.append(weights)
    return weights


def apply(change, weights):
    for _ in range(100):
        weights[:] = [list(range(4000)) for _ in range(100)]
        change(1)
    return weights


def _answer(*args, **kwargs):
    return args


def __getattr__(name):
    if name.startswith("__"):
        raise AttributeError(name)
    return _answer
