import time

import pytest
from solution import rate


@pytest.fixture(autouse=True)
def wait():
    yield
    while True:
        pass


def test_rate():
    assert rate(1) == 250


def test_more():
    time.sleep(1000)
