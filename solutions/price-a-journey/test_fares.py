"""Reference tests of fares.py: one test for each thing that a clause promises."""

from __future__ import annotations

from typing import Any

import pytest
from fares import FareError, price
from tariffs import HARROWDALE, NIGHT_BUS

ADULT = 30
CHILD = 10


@pytest.mark.parametrize(("zones", "expected"), [(1, 185), (2, 255), (3, 345), (4, 400)])
def test_an_adult_pays_the_listed_price(zones: int, expected: int) -> None:
    """Clause 1.1."""
    assert price(zones, ADULT, HARROWDALE) == expected


def test_the_price_comes_from_the_tariff_given() -> None:
    """Clause 1.1: the night bus has prices of its own."""
    assert price(1, ADULT, NIGHT_BUS) == 240
    assert price(2, ADULT, NIGHT_BUS) == 325


@pytest.mark.parametrize(
    ("zones", "tariff", "expected"),
    [
        (5, HARROWDALE, 455),
        (6, HARROWDALE, 510),
        (4, NIGHT_BUS, 495),
        (9, [150, 220, 220], 220),
    ],
    ids=["one further zone", "two further zones", "shortest tariff", "last step is nothing"],
)
def test_each_further_zone_costs_the_last_step(
    zones: int, tariff: list[int], expected: int
) -> None:
    """Clause 1.2."""
    assert price(zones, ADULT, tariff) == expected


@pytest.mark.parametrize(
    ("age", "expected"),
    [(0, 0), (4, 0), (5, 200), (15, 200), (16, 400), (99, 400)],
)
def test_the_age_decides_the_share(age: int, expected: int) -> None:
    """Clauses 2.1 to 2.3, on both sides of each edge."""
    assert price(4, age, HARROWDALE) == expected


@pytest.mark.parametrize(
    ("adult", "expected"),
    [(185, 93), (187, 94), (186, 93), (1, 1)],
    ids=["half of 185", "half of 187", "half of 186", "half of 1"],
)
def test_half_a_penny_is_rounded_up(adult: int, expected: int) -> None:
    """Clause 2.2; an even price has no half penny to round."""
    assert price(1, CHILD, [adult, 400]) == expected


def test_half_is_taken_of_the_whole_journey() -> None:
    """Clause 2.2: 101 + 2 × 51 is 203, half of it 102, not 51 + 2 × 26."""
    assert price(4, CHILD, [50, 101]) == 102


@pytest.mark.parametrize("age", [3, CHILD, ADULT])
@pytest.mark.parametrize("tariff", [[115, 228], [110, 229]])
def test_the_answer_is_whole_pence(age: int, tariff: list[int]) -> None:
    """Clause 3.1, with prices that come out wrong by way of pounds."""
    answers = [price(zones, age, tariff) for zones in (1, 2)]
    assert [type(answer) for answer in answers] == [int, int]
    if age == ADULT:
        assert answers == tariff


def test_a_half_fare_is_exact() -> None:
    """Clause 3.1: half of 1.10 in pounds is not quite 0.55."""
    assert price(1, CHILD, [110, 229]) == 55


@pytest.mark.parametrize("zones", [1, 2, 5])
def test_the_tariff_is_left_as_it_was(zones: int) -> None:
    """Clause 3.2."""
    tariff = [240, 325]
    price(zones, CHILD, tariff)
    assert tariff == [240, 325]


@pytest.mark.parametrize("wrong", [0, -4, 2.5, 2.0, "2", None, True, False])
def test_a_wrong_number_of_zones_is_refused_by_name(wrong: Any) -> None:
    """Clauses 4.1 and 4.3."""
    with pytest.raises(FareError) as caught:
        price(wrong, ADULT, HARROWDALE)
    assert str(wrong) in str(caught.value)


@pytest.mark.parametrize("wrong", [-12, 7.5, 30.0, "7", None, True, False])
def test_a_wrong_age_is_refused_by_name(wrong: Any) -> None:
    """Clauses 4.2 and 4.3."""
    with pytest.raises(FareError) as caught:
        price(2, wrong, HARROWDALE)
    assert str(wrong) in str(caught.value)


@pytest.mark.parametrize("age", [0, 4, CHILD, ADULT])
def test_wrong_zones_are_refused_for_every_rider(age: int) -> None:
    """Clause 4.4."""
    with pytest.raises(FareError):
        price(0, age, HARROWDALE)
