import pytest
from solution import rate


@pytest.mark.parametrize("weight", range(10_000))
def test_rate(weight):
    assert rate(1) == 250
