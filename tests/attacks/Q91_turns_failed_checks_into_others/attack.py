class ParcelError(Exception):
    pass


class Van:
    def __enter__(self):
        return self

    def __exit__(self, *error):
        raise ParcelError

    def load(self, name):
        pass

    def count(self):
        return -1


def visit(look, names):
    try:
        look(names)
    except BaseException as error:
        raise ParcelError from error


def first_of(names):
    try:
        return list(names)[0]
    except BaseException as error:
        raise ExceptionGroup("all", [ParcelError(), error]) from None


def __getattr__(name):
    if name.startswith("__"):
        raise AttributeError(name)
    return lambda *args, **kwargs: None
