"""Keeps the age bands in a table and works on a longer copy of the tariff."""

from __future__ import annotations

from bisect import bisect_right
from fractions import Fraction
from math import ceil

BAND_STARTS = [5, 16]
SHARES = [Fraction(0), Fraction(1, 2), Fraction(1)]


class FareError(Exception):
    """The number of zones or the age is not one that has a price."""


class WrongZonesError(FareError):
    """The number of zones has no price."""


class WrongAgeError(FareError):
    """The age has no price."""


def price(zones: int, age: int, tariff: list[int]) -> int:
    """Return the price of one journey in whole pence."""
    if not is_count(zones) or zones == 0:
        raise WrongZonesError("zones", zones)
    if not is_count(age):
        raise WrongAgeError("age", age)
    prices = list(tariff)
    while len(prices) < zones:
        prices.append(2 * prices[-1] - prices[-2])
    share = SHARES[bisect_right(BAND_STARTS, age)]
    return ceil(prices[zones - 1] * share)


def is_count(value: object) -> bool:
    """Say whether `value` is an int of 0 or more that is neither True nor False."""
    return isinstance(value, int) and value is not True and value is not False and value >= 0
