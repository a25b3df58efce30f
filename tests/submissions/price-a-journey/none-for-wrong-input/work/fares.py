"""Tapline fares: what one journey costs."""


class FareError(Exception):
    """The number of zones or the age is not one that has a price."""


def price(zones: int, age: int, tariff: list[int]) -> int:
    """Return the price of one journey in whole pence."""
    if type(zones) is not int or zones < 1:
        return None
    if type(age) is not int or age < 0:
        return None
    if zones <= len(tariff):
        adult = tariff[zones - 1]
    else:
        last_step = tariff[-1] - tariff[-2]
        adult = tariff[-1] + last_step * (zones - len(tariff))
    if age < 5:
        return 0
    if 5 <= age <= 15:
        return -(-adult // 2)
    return adult
