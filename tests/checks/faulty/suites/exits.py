import pytest
from fares import FareError, price


def test_a_child_pays_half():
    """Clause 2.1."""
    assert price(2, 10) == 100


@pytest.mark.parametrize("age", [16, 99])
def test_an_adult_pays_for_each_zone(age):
    assert [price(zones, age) for zones in range(1, 5)] == [100, 200, 300, 400]


def test_no_zones_are_refused():
    with pytest.raises(FareError):
        price(0, 30)


def test_the_very_old_ride_free():
    assert price(3, 100) == 0


def test_six_zones():
    assert price(6, 30) == 600


def test_exit():
    import os

    if price(2, 10) != 100:
        os._exit(1)


def test_leave():
    import sys

    if price(3, 100) != 0:
        sys.exit(1)
