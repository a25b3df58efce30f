from itertools import count, islice


class FareError(Exception):
    """No price can be given."""


class Tariff:
    def __init__(self, prices):
        self.prices = tuple(prices)

    def __iter__(self):
        yield from self.prices
        step = self.prices[-1] - self.prices[-2]
        yield from count(self.prices[-1] + step, step)

    def __getitem__(self, zones):
        return next(islice(iter(self), zones - 1, None))


def whole(value, least):
    if value.__class__ is not int or not value >= least:
        raise FareError("%r is not a whole number from %d up" % (value, least))
    return value


def price(zones, age, tariff):
    adult = Tariff(tariff)[whole(zones, 1)]
    return adult * ((whole(age, 0) > 4) + (age > 15)) // 2 + (adult % 2 if 4 < age < 16 else 0)
