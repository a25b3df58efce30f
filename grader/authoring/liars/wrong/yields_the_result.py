"""The right answer comes out of a generator."""


def _generator(function, args, kwargs):
    yield function(*args, **kwargs)


_wrap = _generator
