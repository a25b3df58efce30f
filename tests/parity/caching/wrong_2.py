import functools

calls = []


@functools.cache
def slow_square(n):
    calls.append(str(n))
    return n * n


@functools.cache
def fibonacci(n):
    return n if n < 2 else fibonacci(n - 1) + fibonacci(n - 2)


@functools.lru_cache(maxsize=2)
def lookup(key):
    return key.upper()


def divide(number, by):
    return number / by


half = functools.partial(divide, by=3)


class area:  # noqa: N801
    def __init__(self, width, height):
        self.width, self.height, self.computed = width, height, 0

    @functools.cached_property
    def size(self):
        self.computed += 1
        return self.width * self.height
