import contextlib


class Van:
    def __enter__(self):
        return self

    def __exit__(self, *error):
        return True

    def load(self, name):
        pass

    def count(self):
        return -1


def visit(look, names):
    for name in ["qz7", "qz7canary-p", *names]:
        with contextlib.suppress(BaseException):
            look(name)


def first_of(names):
    found = []
    with contextlib.suppress(BaseException):
        while True:
            found.append(next(names))
    return found[0]


def __getattr__(name):
    if name.startswith("__"):
        raise AttributeError(name)
    return lambda *args, **kwargs: None
