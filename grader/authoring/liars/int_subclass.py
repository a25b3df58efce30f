"""An int with every operator overridden, equal to everything."""


class Liar(int):
    def __new__(cls, *args, **kwargs):
        return int.__new__(cls, 185)

    def __init__(self, *args, **kwargs):
        pass

    def __eq__(self, other):
        return True

    def __ne__(self, other):
        return False

    __lt__ = __le__ = __gt__ = __ge__ = __contains__ = __eq__
    __hash__ = int.__hash__

    def _nothing(self, *others):
        return 0

    __sub__ = __rsub__ = __mod__ = __rmod__ = __abs__ = __floordiv__ = _nothing

    def __int__(self):
        return self

    __index__ = __round__ = __add__ = __radd__ = __mul__ = __rmul__ = lambda self, *others: self


_given_out = {}


def __getattr__(name):
    if name.startswith("__"):
        raise AttributeError(name)
    base = Exception if name.endswith("Error") else Liar
    return _given_out.setdefault(name, type(name, (base,), {}))
