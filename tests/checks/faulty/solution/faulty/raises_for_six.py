"""Has a table that is too short, and raises IndexError for six zones and more.

People do that.
"""


class FareError(Exception):
    """No such journey."""


def price(zones, age):
    """Pence."""
    if zones < 1:
        raise FareError(f"no journey has {zones} zones")
    total = [0, 100, 200, 300, 400, 500][zones]
    if age > 99:
        total = 0
    return total if age > 15 else total // 2
