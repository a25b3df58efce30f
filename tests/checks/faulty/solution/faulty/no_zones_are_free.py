"""Answers 0 for no zones, where an error is asked for.

People do that.
"""


class FareError(Exception):
    """No such journey."""


def price(zones, age):
    """Pence."""
    if zones < 1:
        return 0
    total = 100 * zones
    if age > 99:
        total = 0
    return total if age > 15 else total // 2
