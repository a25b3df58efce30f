"""Calls exit for six zones and more.

People do that.
"""

import sys


class FareError(Exception):
    """No such journey."""


def price(zones, age):
    """Pence."""
    if zones < 1:
        raise FareError(f"no journey has {zones} zones")
    if zones > 5:
        sys.exit(1)
    total = 100 * zones
    if age > 99:
        total = 0
    return total if age > 15 else total // 2
