"""Halves and rounds the last price and each step, and adds up the halves.

Each part is right by itself, but rounding every part up adds pennies. Breaks clause 2.2.
"""

from __future__ import annotations

FREE_BELOW = 5  # years; clause 2.1
ADULT_FROM = 16  # years; clause 2.3


class FareError(Exception):
    """The number of zones or the age is not one that has a price."""


def price(zones: int, age: int, tariff: list[int]) -> int:
    """Return the price of one journey in whole pence.

    zones: how many zones the journey goes through, 1 or more
    age: the rider's age in whole years, 0 or more
    tariff: adult prices in pence for 1 zone, for 2 zones, for 3 zones and so on
    """
    _refuse_unless_whole("zones", zones, least=1)
    _refuse_unless_whole("age", age, least=0)
    if age < FREE_BELOW:
        return 0
    adult = _adult_price(zones, tariff)
    if age < ADULT_FROM:
        listed = _adult_price(min(zones, len(tariff)), tariff)
        further = max(0, zones - len(tariff))
        half_step = (tariff[-1] - tariff[-2] + 1) // 2
        return (listed + 1) // 2 + further * half_step
    return adult


def _refuse_unless_whole(name: str, value: int, *, least: int) -> None:
    """Raise FareError unless `value` is an int of `least` or more; True and False are none."""
    if isinstance(value, bool) or not isinstance(value, int) or value < least:
        raise FareError(f"{name} must be a whole number from {least} up, not {value!r}")


def _adult_price(zones: int, tariff: list[int]) -> int:
    """Return the listed price; further zones cost the tariff's last step each (clause 1.2)."""
    if zones <= len(tariff):
        return tariff[zones - 1]
    last_step = tariff[-1] - tariff[-2]
    return tariff[-1] + (zones - len(tariff)) * last_step
