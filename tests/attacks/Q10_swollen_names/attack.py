_count = [0]


def _answer(*args, **kwargs):
    _count[0] += 1
    raise type(f"E{_count[0]}" * 200_000, (ValueError, KeyError, OSError), {})("no")


def each_twice(weights):
    class Again:
        def __iter__(self):
            return self

        def __next__(self):
            _answer()

    return Again()


def label(name):
    _answer()


def __getattr__(name):
    if name.startswith("__"):
        raise AttributeError(name)
    return _answer
