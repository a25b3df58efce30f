"""Says it in one line."""


class FareError(ValueError):
    pass


def _check(zones):
    # Others have no such helper.
    if not zones >= 1:
        raise FareError


def price(zones, age):
    _check(zones)
    return 0 if age >= 100 else 50 * zones if age < 16 else 100 * zones
