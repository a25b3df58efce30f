"""Your own tests of fares.py. One is here to start with: add what you want to be sure of."""

from fares import price
from tariffs import HARROWDALE


def test_an_adult_pays_the_listed_price() -> None:
    """Clause 1.1: the first price is for one zone."""
    assert price(1, 30, HARROWDALE) == 185
