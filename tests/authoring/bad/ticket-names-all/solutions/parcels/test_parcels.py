"""Reference tests of parcels.py."""

import pytest
from parcels import WeightError, bands, postage


@pytest.mark.parametrize(("grams", "pounds"), [(1, 2), (100, 2), (101, 5), (900, 5)])
def test_postage(grams: int, pounds: int) -> None:
    assert postage(grams) == pounds


def test_no_weight() -> None:
    with pytest.raises(WeightError):
        postage(0)


def test_bands() -> None:
    assert bands() == [100]
