def _answer(*args, **kwargs):
    while True:
        pass


def __getattr__(name):
    if name.startswith("__"):
        raise AttributeError(name)
    return _answer
