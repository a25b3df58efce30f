def _tree(depth):
    return "x" * 115 if depth == 0 else [_tree(depth - 1) for _ in range(20)]


_MANY = [_tree(3) for _ in range(14)]


def _answer(*args, **kwargs):
    return _MANY


def each_twice(weights):
    for _ in range(50):
        yield _MANY


def __getattr__(name):
    if name.startswith("__"):
        raise AttributeError(name)
    return _answer
