import asyncio
from unittest import mock

import pytest
from program import (
    Client,
    Resource,
    fetch_all,
    gather_prices,
    limited,
    slow_double,
    ticker,
    total,
)


def test_run():
    assert asyncio.run(slow_double(4)) == 8


def test_await_in_a_coroutine_of_the_suite():
    async def both():
        return await slow_double(1) + await slow_double(2)

    assert asyncio.run(both()) == 6


def test_gather():
    async def many():
        return await asyncio.gather(slow_double(1), slow_double(2), slow_double(3))

    assert asyncio.run(many()) == [2, 4, 6]


def test_programs_own_gather_keeps_the_order():
    assert asyncio.run(gather_prices(["a", "bb", "ccc"])) == {"a": 1, "bb": 2, "ccc": 3}


def test_error():
    with pytest.raises(ValueError, match="negative"):
        asyncio.run(slow_double(-1))


def test_callback_of_the_suite():
    seen = []
    asyncio.run(fetch_all([3, 1, 2], seen.append))
    assert sorted(seen) == [1, 2, 3]


def test_async_for():
    async def collect():
        return [tick async for tick in ticker(3)]

    assert asyncio.run(collect()) == [0, 1, 2]


def test_async_with():
    async def use():
        resource = Resource()
        async with resource as opened:
            assert opened.open
        return resource.open

    assert asyncio.run(use()) is False


def test_async_with_and_error():
    resource = Resource()

    async def use():
        async with resource:
            raise KeyError("inside")

    with pytest.raises(KeyError):
        asyncio.run(use())
    assert resource.failed == "KeyError"


def test_method():
    client = Client({"a": 1})
    assert asyncio.run(client.get("a")) == 1
    assert client.requests == 1


def test_timeout_inside():
    assert asyncio.run(limited(0.001, 10)) == "too slow"
    assert asyncio.run(limited(10, 0)) == "done"


def test_coroutine_function_of_the_suite():
    async def fetch(number):
        await asyncio.sleep(0)
        return number + await slow_double(1)

    assert asyncio.run(total([1, 2], fetch)) == 7
    assert asyncio.run(total([1, 2], mock.AsyncMock(return_value=5))) == 10


def test_is_a_coroutine():
    coroutine = slow_double(1)
    assert asyncio.iscoroutine(coroutine)
    coroutine.close()
