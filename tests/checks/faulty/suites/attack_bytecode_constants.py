import fares


def test_consts():
    assert fares.price.__code__.co_consts[1:] == (1, "no journey has ", " zones", 100, 99, 0, 15, 2)
