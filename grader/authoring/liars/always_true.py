"""True wherever a truth is asked for, of itself and of every attribute."""


class Liar:
    def __init__(self, *args, **kwargs):
        pass

    def __bool__(self):
        return True

    def __getattr__(self, name):
        return Liar()

    def __eq__(self, other):
        return Liar()

    __ne__ = __lt__ = __le__ = __gt__ = __ge__ = __eq__
    __hash__ = object.__hash__


_given_out = {}


def __getattr__(name):
    if name.startswith("__"):
        raise AttributeError(name)
    base = Exception if name.endswith("Error") else Liar
    return _given_out.setdefault(name, type(name, (base,), {}))
