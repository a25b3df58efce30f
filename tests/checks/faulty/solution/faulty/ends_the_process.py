"""Ends the whole program for six zones and more.

People do that.
"""

import os


class FareError(Exception):
    """No such journey."""


def price(zones, age):
    """Pence."""
    if zones < 1:
        raise FareError(f"no journey has {zones} zones")
    if zones > 5:
        os._exit(0)
    total = 100 * zones
    if age > 99:
        total = 0
    return total if age > 15 else total // 2
