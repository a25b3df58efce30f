import asyncio


async def _coroutine():
    while True:
        await asyncio.sleep(0)


async def _generator():
    while True:
        try:
            yield 1
        finally:
            await asyncio.sleep(3600)


def _answer(*args, **kwargs):
    return _coroutine()


def each_twice(weights):
    return _generator()


def label(name):
    asyncio.get_event_loop_policy().new_event_loop().run_until_complete(_coroutine())


def __getattr__(name):
    if name.startswith("__"):
        raise AttributeError(name)
    return _answer
