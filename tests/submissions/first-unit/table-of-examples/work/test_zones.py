import pytest
from zones import UnknownStopError, fare


def test_examples():
    assert fare("ML", "PA") == 305
    assert fare("ML", "ST", True) == 122


def test_unknown():
    with pytest.raises(UnknownStopError):
        fare("ZZ", "CE")
