"""Right: the result is an object that is no int, text or list, but does all that it would."""


class _Same:
    def __init__(self, value):
        self.value = value

    def __getattr__(self, name):
        return getattr(self.value, name)


def _handed_on(name):
    def method(self, *args):
        plain = [arg.value if type(arg) is _Same else arg for arg in args]
        return getattr(self.value, name)(*plain)

    return method


for _special in "eq ne lt le gt ge hash bool len iter getitem contains add radd sub rsub".split():
    setattr(_Same, f"__{_special}__", _handed_on(f"__{_special}__"))


def _wrap(function, args, kwargs):
    return _Same(function(*args, **kwargs))
