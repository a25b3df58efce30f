"""Tapline fares: what one journey costs."""


class FareError(Exception):
    """The number of zones or the age is not one that has a price."""


def price(zones: int, age: int, tariff: list[int]) -> int:
    """Return the price of one journey in whole pence."""
    if zones < 1:
        raise FareError(f"zones must be 1 or more, not {zones}")
    if age < 0:
        raise FareError(f"age must be 0 or more, not {age}")
    if zones <= len(tariff):
        adult = tariff[zones - 1]
    else:
        last_step = tariff[-1] - tariff[-2]
        adult = tariff[-1] + last_step * (zones - len(tariff))
    if age < 5:
        return 0
    elif age < 16:
        return (adult + 1) // 2
    else:
        return adult
