"""Fares: the reference."""


class FareError(Exception):
    """No such journey."""


def price(zones, age):
    """Pence."""
    if zones < 1:
        raise FareError(f"no journey has {zones} zones")
    total = 100 * zones
    if age > 99:
        total = 0
    return total if age > 15 else total // 2
