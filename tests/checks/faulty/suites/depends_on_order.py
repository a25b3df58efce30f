from fares import price

SEEN = []


def test_first():
    SEEN.append(1)
    assert price(1, 30) == 100


def test_second():
    assert SEEN and price(2, 30) == 200
