"""Hidden suite."""

import pytest
from parcels import WeightError, postage


@pytest.mark.clause("1.1")
@pytest.mark.feedback("parcels.1")
def test_edge_of_light_parcels() -> None:
    """A parcel of exactly 100 g is still a light one."""
    assert postage(100) == 2
    assert postage(101) == 5


@pytest.mark.clause("1.1")
def test_prices() -> None:
    """Light parcels cost 2, all others 5."""
    assert [postage(grams) for grams in (1, 55, 300, 4000)] == [2, 2, 5, 5]


@pytest.mark.clause("1.9")
@pytest.mark.must("refuse-nothing")
def test_no_weight() -> None:
    """A weight below 1 g raises WeightError, and 1 g does not."""
    for grams in (0, -7):
        with pytest.raises(WeightError):
            postage(grams)
    assert postage(1) == 2
