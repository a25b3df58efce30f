"""Walks along the journey zone by zone, as one would with a finger on the map."""

from __future__ import annotations


class FareError(Exception):
    """The number of zones or the age is not one that has a price."""


def price(zones: int, age: int, tariff: list[int]) -> int:
    """Return the price of one journey in whole pence."""
    if type(zones) is not int:
        raise FareError(f"{zones} is no number of zones")
    if zones < 1:
        raise FareError(f"a journey has at least one zone, not {zones}")
    if type(age) is not int:
        raise FareError(f"{age} is no age")
    if age < 0:
        raise FareError(f"an age of {age} is below zero")

    total = 0
    step = 0
    for zone in range(zones):
        if zone < len(tariff):
            step = tariff[zone] - total
        total += step

    if age <= 4:
        return 0
    if age <= 15:
        whole, left_over = divmod(total, 2)
        return whole + left_over
    return total
