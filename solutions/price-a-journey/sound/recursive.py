"""Asks for the price of one zone fewer, and matches the rider's age with patterns."""

from __future__ import annotations

import math


class FareError(Exception):
    """The number of zones or the age is not one that has a price."""


def price(zones: int, age: int, tariff: list[int]) -> int:
    """Return the price of one journey in whole pence."""
    match zones, age:
        case (bool(), _) | (_, bool()):
            raise FareError(f"zones={zones!r}, age={age!r}: True and False are no numbers")
        case int(), int() if zones >= 1 and age >= 0:
            full = adult(zones, tariff)
        case _:
            raise FareError(f"no price for zones={zones!r} and age={age!r}")
    match age:
        case 0 | 1 | 2 | 3 | 4:
            return 0
        case _ if age in range(5, 16):
            return math.ceil(full / 2)
        case _:
            return full


def adult(zones: int, tariff: list[int]) -> int:
    """Return the adult price; beyond the list it is that of one zone fewer plus the last step."""
    try:
        return tariff[zones - 1]
    except IndexError:
        return adult(zones - 1, tariff) + tariff[-1] - tariff[-2]
