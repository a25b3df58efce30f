def _answer(*args, **kwargs):
    raise KeyboardInterrupt


def __getattr__(name):
    if name.startswith("__"):
        raise AttributeError(name)
    return _answer
