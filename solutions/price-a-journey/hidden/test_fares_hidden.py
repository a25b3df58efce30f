"""Hidden suite: every clause of the ticket, on tariffs that the ticket does not show.

Nine behaviours, in the order of the clauses. A test for one clause keeps clear of the others where
it can (even prices where rounding is not meant), so that one mistake turns one clause red.
"""

from __future__ import annotations

import contextlib
from typing import Any

import pytest
from fares import FareError, price
from hypothesis import example, given
from hypothesis import strategies as st

ADULT = 41
CHILD = 9
COAST = [130, 214, 290]  # steps of 84 and 76
AIRPORT = [610, 940]  # as short as a tariff can be
FLAT_END = [150, 222, 222]  # the last step is nothing
EVEN = [200, 312, 420, 484]  # no half pennies
AWKWARD = [111, 203, 251, 415]  # whole pence that pounds as float get wrong
AWKWARD_HALVES = [110, 218, 226, 436, 440]  # even, and their halves in pounds go wrong

TARIFFS = st.lists(st.integers(1, 2_000), min_size=2, max_size=7).map(sorted)


def adult_pence(zones: int, tariff: list[int]) -> int:
    """Return what clauses 1.1 and 1.2 ask for."""
    further = max(0, zones - len(tariff))
    return tariff[:zones][-1] + further * (tariff[-1] - tariff[-2])


# 1.1 and 1.2: the adult price ---------------------------------------------------------------------


@pytest.mark.behaviour("listed-price")
@pytest.mark.hint("A list counts its places from 0, zones count from 1.")
def test_adult_pays_the_listed_price() -> None:
    """An adult pays the price that the tariff lists for that many zones."""
    answers = [price(zones, ADULT, list(COAST)) for zones in (1, 2, 3)]
    assert answers == COAST


@pytest.mark.behaviour("listed-price")
@pytest.mark.hint("Take the price from the argument `tariff`, not from a list of your own.")
@given(tariff=TARIFFS, place=st.integers(0, 6))
@example(tariff=[610, 940], place=1)
@example(tariff=[1, 1], place=0)
def test_price_comes_from_the_tariff_given(tariff: list[int], place: int) -> None:
    """The price comes from the tariff that is handed in, whichever that is."""
    zones = place % len(tariff) + 1
    expected = tariff[zones - 1]
    assert price(zones, ADULT, list(tariff)) == expected


@pytest.mark.behaviour("further-zones")
@pytest.mark.hint("Take the last two prices of a tariff and work out the next zone by hand.")
def test_one_further_zone_adds_the_last_step() -> None:
    """One zone more than the tariff lists adds its last step once."""
    assert price(4, ADULT, list(COAST)) == 366
    assert price(3, ADULT, list(AIRPORT)) == 1270


@pytest.mark.behaviour("further-zones")
@pytest.mark.hint("How many zones of the journey are not in the list? The step is paid for each.")
def test_each_further_zone_adds_the_last_step_again() -> None:
    """Each further zone adds the last step once more."""
    assert price(5, ADULT, list(COAST)) == 442
    assert price(12, ADULT, list(COAST)) == 974
    assert price(7, ADULT, list(AIRPORT)) == 2590


@pytest.mark.behaviour("further-zones")
def test_last_step_may_be_nothing() -> None:
    """Where the last two prices are the same, further zones cost nothing more."""
    assert price(4, ADULT, list(FLAT_END)) == 222
    assert price(20, ADULT, list(FLAT_END)) == 222


@pytest.mark.behaviour("further-zones")
@given(tariff=TARIFFS, further=st.integers(1, 40))
@example(tariff=[610, 940], further=1)
@example(tariff=[100, 300, 350], further=2)
def test_further_zones_on_any_tariff(tariff: list[int], further: int) -> None:
    """On every tariff, further zones cost the last step each."""
    zones = len(tariff) + further
    expected = adult_pence(zones, tariff)
    assert price(zones, ADULT, list(tariff)) == expected


@pytest.mark.behaviour("further-zones")
@pytest.mark.hint("Print the price for 1, 2, 3 … zones, past the list's end: does it ever drop?")
@given(tariff=TARIFFS, age=st.integers(0, 60))
@example(tariff=[185, 187], age=9)
@example(tariff=[300, 300], age=41)
def test_one_zone_more_never_costs_less(tariff: list[int], age: int) -> None:
    """A journey through more zones never costs less."""
    many = range(1, len(tariff) + 5)
    answers = [price(zones, age, list(tariff)) for zones in many]
    assert all(type(answer) in (int, float) for answer in answers)
    assert answers == sorted(answers)


@pytest.mark.clause("2.2")
@pytest.mark.behaviour("further-zones")
@pytest.mark.hint("Work out the adult price of the whole journey first, then halve and round once.")
def test_half_is_taken_of_the_whole_journey() -> None:
    """Half is taken, and rounded, once: of the adult price of the whole journey."""
    assert price(4, CHILD, [101, 152]) == 127
    assert price(5, CHILD, [88, 131, 160]) == 109


# 2.1 to 2.3: what the rider pays ------------------------------------------------------------------


@pytest.mark.clause("2.1")
@pytest.mark.behaviour("age-bands")
def test_under_five_rides_free() -> None:
    """A rider under 5 pays nothing, however far the journey."""
    for age in (0, 1, 3, 4):
        assert [price(zones, age, list(EVEN)) for zones in (1, 2, 3, 4)] == [0, 0, 0, 0]


@pytest.mark.clause("2.2")
@pytest.mark.behaviour("age-bands")
@pytest.mark.feedback("price-a-journey.3")
def test_age_five_does_not_ride_free() -> None:
    """A rider of exactly 5 no longer rides free."""
    assert price(1, 5, list(EVEN)) != 0
    assert price(4, 5, list(EVEN)) != 0


@pytest.mark.clause("2.2")
@pytest.mark.behaviour("age-bands")
@pytest.mark.feedback("price-a-journey.3")
def test_age_fifteen_does_not_pay_in_full() -> None:
    """A rider of exactly 15 does not pay the adult price yet."""
    assert price(1, 15, list(EVEN)) != 200
    assert price(4, 15, list(EVEN)) != 484


@pytest.mark.clause("2.3")
@pytest.mark.behaviour("age-bands")
@pytest.mark.feedback("price-a-journey.3")
def test_age_sixteen_does_not_pay_half() -> None:
    """A rider of exactly 16 no longer pays half."""
    assert price(1, 16, list(EVEN)) != 100
    assert price(4, 16, list(EVEN)) != 242


@pytest.mark.clause("2.2")
@pytest.mark.behaviour("age-bands")
def test_five_to_fifteen_pays_half() -> None:
    """A rider from 5 to 15 pays half of the adult price."""
    for age in (5, 6, 10, 14, 15):
        assert [price(zones, age, list(EVEN)) for zones in (1, 2, 3, 4)] == [100, 156, 210, 242]


@pytest.mark.clause("2.3")
@pytest.mark.behaviour("age-bands")
@pytest.mark.hint("Try ages far from the edges too: does one of your bands take in each?")
def test_sixteen_and_over_pays_the_adult_price() -> None:
    """A rider of 16 or more pays the adult price, the oldest too."""
    for age in (16, 17, 18, 21, 59, 60, 65, 66, 100, 101, 122):
        assert [price(zones, age, list(EVEN)) for zones in (1, 2, 3, 4)] == EVEN


@pytest.mark.behaviour("half-rounded-up")
@pytest.mark.feedback("price-a-journey.2")
def test_half_a_penny_is_rounded_up() -> None:
    """Half a penny is not dropped: the child pays the next whole penny."""
    for adult, dropped in ((213, 106), (215, 107), (217, 108), (219, 109)):
        assert price(1, CHILD, [adult, 500]) != dropped


@pytest.mark.behaviour("half-rounded-up")
@pytest.mark.hint("Which prices have a half penny to round, and which have none?")
def test_a_whole_half_is_not_moved() -> None:
    """Where half of the price is whole pence already, the child pays exactly that."""
    for adult, half in ((214, 107), (216, 108), (400, 200), (2, 1)):
        assert price(1, CHILD, [adult, 500]) == half


@pytest.mark.behaviour("half-rounded-up")
@given(tariff=TARIFFS, place=st.integers(0, 6), age=st.integers(6, 14))
@example(tariff=[213, 500], place=0, age=6)
@example(tariff=[213, 215], place=1, age=14)
@example(tariff=[1, 2], place=0, age=9)
def test_half_on_any_tariff(tariff: list[int], place: int, age: int) -> None:
    """On every tariff, a child pays half of the listed price, rounded up."""
    zones = place % len(tariff) + 1
    expected = (tariff[zones - 1] + 1) // 2
    assert price(zones, age, list(tariff)) == expected


# 3.1 and 3.2: the answer --------------------------------------------------------------------------


@pytest.mark.behaviour("whole-pence")
@pytest.mark.feedback("price-a-journey.4")
def test_every_rider_gets_an_answer() -> None:
    """The function returns an answer for every rider and every journey."""
    for age in (0, 4, 5, 15, 16, 17, 64, 90):
        assert price(2, age, list(COAST)) is not None
        assert _answer(5, age) is not None


@pytest.mark.behaviour("whole-pence")
@pytest.mark.feedback("price-a-journey.1")
def test_answer_is_no_decimal_number() -> None:
    """The answer is a whole number of pence, not a decimal number."""
    for age in (2, CHILD, ADULT):
        for zones in (1, 2, 3):
            assert type(price(zones, age, list(COAST))) is not float
        assert type(_answer(5, age)) is not float


@pytest.mark.behaviour("whole-pence")
def test_answer_is_an_int() -> None:
    """The answer is an int for every rider and every journey."""
    for age in (0, 4, 5, 15, 16, 80):
        for zones in (1, 2, 3):
            assert type(price(zones, age, list(COAST))) is int
        assert type(_answer(7, age)) is int


@pytest.mark.behaviour("whole-pence")
@pytest.mark.feedback("price-a-journey.1")
def test_no_penny_is_lost_or_added() -> None:
    """No penny is lost or added on the way from the tariff to the answer."""
    for place, pence in enumerate(AWKWARD):
        assert price(place + 1, ADULT, list(AWKWARD)) not in (pence - 1, pence + 1)


@pytest.mark.behaviour("whole-pence")
@pytest.mark.feedback("price-a-journey.1")
def test_no_penny_is_lost_or_added_by_halving() -> None:
    """Where half of the price is whole pence, no penny is lost or added by halving."""
    for place, pence in enumerate(AWKWARD_HALVES):
        half = pence // 2
        assert price(place + 1, CHILD, list(AWKWARD_HALVES)) not in (half - 1, half + 1)


@pytest.mark.behaviour("tariff-untouched")
@pytest.mark.hint("Do you append to, sort or pop from the list? The caller has that very list.")
def test_tariff_is_left_as_it_was() -> None:
    """The tariff that is handed in is the same after the call as before it."""
    tariff = list(EVEN)
    assert price(1, CHILD, tariff) is not None
    assert tariff == EVEN
    for zones, age in ((4, ADULT), (6, ADULT), (9, CHILD), (8, 3), (0, ADULT), (2, -1)):
        _answer(zones, age, tariff)
        assert tariff == EVEN


@pytest.mark.behaviour("tariff-untouched")
def test_same_question_same_answer() -> None:
    """The same journey on the same tariff costs the same when it is asked for again."""
    tariff = list(EVEN)
    first = price(3, CHILD, tariff)
    assert first is not None
    for zones in (1, 6, 2, 9):
        _answer(zones, CHILD, tariff)
        assert price(3, CHILD, tariff) == first


# 4.1 to 4.4: wrong input --------------------------------------------------------------------------


@pytest.mark.behaviour("zones-refused")
def test_fewer_than_one_zone_is_refused() -> None:
    """A number of zones below 1 raises FareError, and 1 zone does not."""
    for zones in (0, -1, -2, -60):
        with pytest.raises(FareError):
            price(zones, ADULT, list(EVEN))
    price(1, ADULT, list(EVEN))  # the lowest that is allowed


@pytest.mark.behaviour("zones-refused")
@pytest.mark.feedback("price-a-journey.5")
def test_true_is_no_number_of_zones() -> None:
    """True is refused as a number of zones, although Python can count with it."""
    for age in (CHILD, ADULT):
        assert _answer(True, age, otherwise="refused") in (None, "refused")


@pytest.mark.behaviour("zones-refused")
@pytest.mark.hint("Look at what kind of value it is before you compare it with a number.")
def test_zones_that_are_no_int_are_refused() -> None:
    """A number of zones that is not an int raises FareError."""
    for zones in _not_ints(3.5, 2.0, "3", True, False):
        with pytest.raises(FareError):
            price(zones, ADULT, list(EVEN))
    price(3, ADULT, list(EVEN))  # an int is allowed


@pytest.mark.behaviour("zones-refused")
@pytest.mark.feedback("price-a-journey.4")
def test_wrong_zones_never_give_none() -> None:
    """A wrong number of zones is never answered with None."""
    for zones in (0, -3, True, *_not_ints(1.5, "1")):
        assert _answer(zones, ADULT) is not None


@pytest.mark.clause("4.4")
@pytest.mark.behaviour("zones-refused")
@pytest.mark.hint("In which order does your function ask? A `return` ends it at once.")
def test_wrong_zones_are_refused_for_free_riders_too() -> None:
    """A wrong number of zones raises FareError also where the rider would pay nothing."""
    for zones in (0, -5, *_not_ints(2.5, "2")):
        for age in (0, 4):
            with pytest.raises(FareError):
                price(zones, age, list(EVEN))
    price(1, 4, list(EVEN))  # one zone is right for them too


@pytest.mark.behaviour("age-refused")
def test_negative_age_is_refused() -> None:
    """An age below 0 raises FareError, and age 0 does not."""
    for age in (-1, -2, -16, -100):
        with pytest.raises(FareError):
            price(2, age, list(EVEN))
    price(2, 0, list(EVEN))  # the lowest that is allowed


@pytest.mark.behaviour("age-refused")
@pytest.mark.feedback("price-a-journey.5")
def test_true_and_false_are_no_ages() -> None:
    """True and False are refused as an age, although Python can count with them."""
    for age in (True, False):
        assert _answer(2, age, otherwise="refused") in (None, "refused")


@pytest.mark.behaviour("age-refused")
@pytest.mark.hint("Look at what kind of value it is before you compare it with a number.")
def test_ages_that_are_no_int_are_refused() -> None:
    """An age that is not an int raises FareError."""
    for age in _not_ints(4.5, 30.0, "30", True, False):
        with pytest.raises(FareError):
            price(2, age, list(EVEN))
    price(2, 30, list(EVEN))  # an int is allowed


@pytest.mark.behaviour("age-refused")
@pytest.mark.feedback("price-a-journey.4")
def test_wrong_ages_never_give_none() -> None:
    """A wrong age is never answered with None."""
    for age in (-1, -40, True, *_not_ints(9.5, "9")):
        assert _answer(2, age) is not None


@pytest.mark.behaviour("error-names-the-value")
def test_error_names_the_number_of_zones() -> None:
    """The message of the error contains the wrong number of zones."""
    wrong: tuple[Any, ...] = (-37, 0, 6.25, "eleven", None)
    for zones in wrong:
        with pytest.raises(FareError) as caught:
            price(zones, ADULT, list(EVEN))
        assert str(zones) in str(caught.value)


@pytest.mark.behaviour("error-names-the-value")
def test_error_names_the_age() -> None:
    """The message of the error contains the wrong age."""
    wrong: tuple[Any, ...] = (-53, 8.75, "nine", None)
    for age in wrong:
        with pytest.raises(FareError) as caught:
            price(3, age, list(EVEN))
        assert str(age) in str(caught.value)


def _not_ints(*more: Any) -> tuple[Any, ...]:
    """Return values that are no int."""
    return (*more, float("nan"), float("inf"), None, [1])


def _answer(zones: Any, age: Any, tariff: list[int] | None = None, otherwise: object = 0) -> Any:
    """Return the answer, or `otherwise` where an error is raised.

    For tests that are not about errors or further zones, so that those stay with their own clause.
    """
    errors = (FareError, ArithmeticError, LookupError, TypeError, ValueError)
    with contextlib.suppress(*errors):
        return price(zones, age, list(EVEN) if tariff is None else tariff)
    return otherwise
