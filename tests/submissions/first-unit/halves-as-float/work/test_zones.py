"""Tests of zones.py."""

import pytest
from zones import UnknownStopError, fare


@pytest.mark.parametrize(
    "start, end, pence",
    [
        ("CE", "MK", 185),
        ("CE", "ML", 245),
        ("ML", "PA", 305),
        ("CE", "PA", 365),
        ("CE", "WD", 425),
        ("CE", "AP", 425),
    ],
)
def test_price_by_zones(start, end, pence):
    assert fare(start, end) == pence


def test_edge_stop_at_the_start():
    assert fare("QU", "WD") == 245
    assert fare("QU", "ML") == 245


def test_edge_stop_at_the_end():
    assert fare("WD", "QU") == 245
    assert fare("ML", "QU") == 245


def test_concession():
    assert fare("ML", "ST", concession=True) == 122.5


def test_unknown_stop():
    with pytest.raises(UnknownStopError) as e:
        fare("M", "CE")
    assert e.value.stop == "M"
