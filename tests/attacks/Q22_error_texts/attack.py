class Mute(Exception):
    def __str__(self):
        raise SystemExit(0)

    __repr__ = __str__

    @property
    def args(self):
        raise KeyboardInterrupt

    def __reduce__(self):
        raise SystemExit


class Long(Exception):
    def __str__(self):
        return "x" * 15_000_000

    def __getattribute__(self, name):
        if name == "__traceback__":
            return 5
        return object.__getattribute__(self, name)


class Loop(Exception):
    def __str__(self):
        while True:
            pass


def _answer(*args, **kwargs):
    raise Mute


def rate(weight):
    raise Long


def heaviest(weights):
    raise Loop


def __getattr__(name):
    if name.startswith("__"):
        raise AttributeError(name)
    return _answer
