"""The worked examples of the ticket. Read them and run them, but leave them as they are."""

import pytest
from zones import UnknownStopError, fare


@pytest.mark.clause("1.1")
def test_zone_0_counts() -> None:
    """From zone 0 to zone 2 is three zones."""
    assert fare("CE", "ST") == 305


@pytest.mark.clause("1.3")
def test_a_further_zone_costs_60p() -> None:
    """Two zones cost 185p and 60p."""
    assert fare("ML", "ST") == 245


@pytest.mark.clause("2.1")
def test_concession_by_place_or_by_name() -> None:
    """The third argument may be given by its name or by its place."""
    assert fare("ML", "ST", True) == fare("ML", "ST", concession=True)


@pytest.mark.clause("2.2")
def test_an_unknown_stop() -> None:
    """A code that is not in the network has no price."""
    with pytest.raises(UnknownStopError):
        fare("CE", "ZZ")


@pytest.mark.clause("2.3")
def test_the_error_holds_the_code() -> None:
    """The error's field `stop` is the unknown code."""
    with pytest.raises(UnknownStopError) as caught:
        fare("CE", "ZZ")
    assert caught.value.stop == "ZZ"


@pytest.mark.clause("2.4")
def test_codes_are_compared_whole() -> None:
    """MLX is unknown although ML exists."""
    with pytest.raises(UnknownStopError) as caught:
        fare("MLX", "CE")
    assert caught.value.stop == "MLX"


@pytest.mark.clause("3.1")
def test_both_ends_are_counted() -> None:
    """From zone 1 to zone 3 is three zones."""
    assert fare("ML", "PA") == 305


@pytest.mark.clause("3.2")
def test_an_edge_stop_is_in_both_zones() -> None:
    """Quarry is in zone 3 too, so a trip from there to zone 4 is two zones."""
    assert fare("QU", "WD") == 245


@pytest.mark.clause("3.3")
def test_a_trip_within_one_zone() -> None:
    """Both stops are in zone 2, so one zone is paid."""
    assert fare("ST", "KN") == 185


@pytest.mark.clause("3.4")
def test_the_way_back_costs_the_same() -> None:
    """From zone 3 to zone 1 is three zones too."""
    assert fare("PA", "ML") == 305


@pytest.mark.clause("3.5")
def test_no_more_than_five_zones() -> None:
    """From zone 0 to zone 5 is six zones, and five are charged."""
    assert fare("CE", "AP") == 425


@pytest.mark.clause("4.1")
def test_a_concession_is_rounded_down() -> None:
    """Half of 245p is 122p and a half, so 122p are paid."""
    assert fare("ML", "ST", concession=True) == 122


@pytest.mark.clause("4.2")
def test_the_answer_is_an_int() -> None:
    """The answer is an int, with a concession too."""
    assert type(fare("ML", "ST")) is int
    assert type(fare("ML", "ST", concession=True)) is int
