"""The worked examples."""

import pytest
from parcels import postage


@pytest.mark.clause("1.1")
def test_light_parcel() -> None:
    """20 g cost 2."""
    assert postage(20) == 2
