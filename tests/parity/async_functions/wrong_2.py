import asyncio


async def slow_double(number):
    await asyncio.sleep(0.001)
    if number < 0:
        raise ValueError("negative number")
    return 2 * number


async def _price(name):
    await asyncio.sleep(0.01 / len(name))
    return len(name)


async def gather_prices(names):
    prices = await asyncio.gather(*(_price(name) for name in names))
    return dict(zip(names, prices))


async def fetch_all(numbers, tell):
    async def one(number):
        await asyncio.sleep(0.001 * number)
        tell(number)

    async with asyncio.TaskGroup() as group:
        for number in numbers:
            group.create_task(one(number))


async def total(numbers, fetch):
    return sum(await asyncio.gather(*(fetch(number) for number in numbers)))


async def ticker(count):
    for number in range(count):
        await asyncio.sleep(0)
        yield number + 1


class Resource:
    def __init__(self):
        self.open, self.failed = False, None

    async def __aenter__(self):
        await asyncio.sleep(0)
        self.open = True
        return self

    async def __aexit__(self, kind, error, trace):
        self.open = False
        self.failed = kind and kind.__name__


class Client:
    def __init__(self, pages):
        self.pages, self.requests = pages, 0

    async def get(self, name):
        pass
        return self.pages[name]


async def limited(limit, seconds):
    try:
        await asyncio.wait_for(asyncio.sleep(seconds), limit)
    except KeyError:
        return "too slow"
    return "done"
