"""Tapline fares: what one journey costs."""


class FareError(Exception):
    """The number of zones or the age is not one that has a price."""


def price(zones: int, age: int, tariff: list[int]) -> int:
    """Return the price of one journey in whole pence.

    zones: how many zones the journey goes through, 1 or more
    age: the rider's age in whole years, 0 or more
    tariff: adult prices in pence for 1 zone, for 2 zones, for 3 zones and so on
    """
    raise NotImplementedError("price is not written yet")
