"""The worked examples of the ticket. Read them and run them, but leave them as they are."""

import pytest
from fares import FareError, price
from tariffs import HARROWDALE, NIGHT_BUS


@pytest.mark.clause("1.1")
def test_one_zone() -> None:
    """One zone costs the first price of the tariff."""
    assert price(1, 30, HARROWDALE) == 185


@pytest.mark.clause("1.1")
def test_two_zones() -> None:
    """Two zones cost the second price."""
    assert price(2, 30, HARROWDALE) == 255


@pytest.mark.clause("1.1")
def test_last_listed_zone() -> None:
    """Four zones cost the fourth price, the last one listed."""
    assert price(4, 30, HARROWDALE) == 400


@pytest.mark.clause("1.1")
def test_another_tariff() -> None:
    """On the night bus two zones cost what its own tariff says."""
    assert price(2, 30, NIGHT_BUS) == 325


@pytest.mark.clause("1.2")
def test_one_zone_more_than_listed() -> None:
    """A fifth zone adds the last step once: 400 and 55."""
    assert price(5, 30, HARROWDALE) == 455


@pytest.mark.clause("1.2")
def test_two_zones_more_than_listed() -> None:
    """A sixth zone adds the last step again: 400 and 55 and 55."""
    assert price(6, 30, HARROWDALE) == 510


@pytest.mark.clause("1.2")
def test_the_night_bus_goes_further() -> None:
    """Four zones on the night bus: 325 and twice its last step of 85."""
    assert price(4, 30, NIGHT_BUS) == 495


@pytest.mark.clause("2.1")
def test_age_4_rides_free() -> None:
    """A rider of 4 pays nothing."""
    assert price(4, 4, HARROWDALE) == 0


@pytest.mark.clause("2.2")
def test_age_5_pays_half() -> None:
    """A rider of 5 pays half of 400."""
    assert price(4, 5, HARROWDALE) == 200


@pytest.mark.clause("2.2")
def test_half_a_penny_is_rounded_up() -> None:
    """Half of 345 is 172 and a half, so a child pays 173."""
    assert price(3, 5, HARROWDALE) == 173


@pytest.mark.clause("2.2")
def test_age_15_pays_half_of_a_long_journey() -> None:
    """Six zones cost 510, so a rider of 15 pays 255: half of the whole, halved once."""
    assert price(6, 15, HARROWDALE) == 255


@pytest.mark.clause("2.3")
def test_age_16_pays_the_adult_price() -> None:
    """A rider of 16 pays the adult price."""
    assert price(3, 16, HARROWDALE) == 345


@pytest.mark.clause("2.3")
def test_age_70_pays_the_adult_price() -> None:
    """A rider of 70 pays the adult price too: there is no oldest age."""
    assert price(2, 70, HARROWDALE) == 255


@pytest.mark.clause("3.1")
def test_an_adult_price_is_an_int() -> None:
    """The answer for an adult is an int."""
    assert type(price(2, 30, HARROWDALE)) is int


@pytest.mark.clause("3.1")
def test_a_half_fare_is_an_int() -> None:
    """The answer for a child is an int too."""
    assert type(price(2, 10, HARROWDALE)) is int


@pytest.mark.clause("3.2")
def test_the_tariff_is_left_as_it_was() -> None:
    """After a journey of four zones a list of two prices still has two prices."""
    prices = [240, 325]
    price(4, 30, prices)
    assert prices == [240, 325]


@pytest.mark.clause("4.1")
def test_zero_zones() -> None:
    """No journey goes through 0 zones."""
    with pytest.raises(FareError):
        price(0, 30, HARROWDALE)


@pytest.mark.clause("4.1")
def test_two_and_a_half_zones() -> None:
    """A number of zones is a whole number."""
    with pytest.raises(FareError):
        price(2.5, 30, HARROWDALE)


@pytest.mark.clause("4.1")
def test_two_point_zero_zones() -> None:
    """2.0 is a float, not an int."""
    with pytest.raises(FareError):
        price(2.0, 30, HARROWDALE)


@pytest.mark.clause("4.1")
def test_true_is_no_number_of_zones() -> None:
    """True is no number of zones."""
    with pytest.raises(FareError):
        price(True, 30, HARROWDALE)


@pytest.mark.clause("4.2")
def test_a_negative_age() -> None:
    """Nobody is younger than 0."""
    with pytest.raises(FareError):
        price(2, -1, HARROWDALE)


@pytest.mark.clause("4.2")
def test_an_age_in_quotes() -> None:
    """An age is a whole number, not text."""
    with pytest.raises(FareError):
        price(2, "7", HARROWDALE)


@pytest.mark.clause("4.2")
def test_seven_and_a_half_years() -> None:
    """An age is in whole years."""
    with pytest.raises(FareError):
        price(2, 7.5, HARROWDALE)


@pytest.mark.clause("4.2")
def test_true_is_no_age() -> None:
    """True is no age."""
    with pytest.raises(FareError):
        price(2, True, HARROWDALE)


@pytest.mark.clause("4.3")
def test_the_error_names_the_number_of_zones() -> None:
    """The message contains the number of zones that was wrong."""
    with pytest.raises(FareError, match="-4"):
        price(-4, 30, HARROWDALE)


@pytest.mark.clause("4.3")
def test_the_error_names_the_age() -> None:
    """The message contains the age that was wrong."""
    with pytest.raises(FareError, match="-12"):
        price(2, -12, HARROWDALE)


@pytest.mark.clause("4.4")
def test_wrong_zones_for_a_free_rider() -> None:
    """A rider of 3 pays nothing, but 0 zones are wrong all the same."""
    with pytest.raises(FareError):
        price(0, 3, HARROWDALE)
