"""The worked examples."""

import pytest
from parcels import WeightError, postage


@pytest.mark.clause("1.1")
def test_light_parcel() -> None:
    """20 g cost 2."""
    assert postage(20) == 2


@pytest.mark.clause("1.1")
@pytest.mark.parametrize("grams", [1, 55, 100])
def test_each_light_parcel(grams: int) -> None:
    """Each light parcel costs 2."""
    assert postage(grams) == 2


@pytest.mark.clause("1.1")
@pytest.mark.parametrize("grams", [101, 300, 4000])
def test_each_heavy_parcel(grams: int) -> None:
    """Each heavy parcel costs 5."""
    assert postage(grams) == 5


@pytest.mark.clause("1.2")
@pytest.mark.parametrize("grams", [0, -7])
def test_each_parcel_that_is_none(grams: int) -> None:
    """Each other raises an error."""
    with pytest.raises(WeightError):
        postage(grams)
