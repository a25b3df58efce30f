"""The right answer comes out of a coroutine that has to be awaited twice."""


async def _coroutine(function, args, kwargs):
    async def inner():
        return function(*args, **kwargs)

    return inner()


_wrap = _coroutine
