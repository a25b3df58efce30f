_PRIME = 2**61 - 1


def _answer(*args, **kwargs):
    return {number * _PRIME: number for number in range(3000)}


def heaviest(weights):
    return {float(number * _PRIME) for number in range(3000)}


def label(name):
    return {(number * _PRIME,) for number in range(2000)}


def each_twice(weights):
    return [frozenset({number * _PRIME, -number * _PRIME}) for number in range(50_000)]


def __getattr__(name):
    if name.startswith("__"):
        raise AttributeError(name)
    return _answer
