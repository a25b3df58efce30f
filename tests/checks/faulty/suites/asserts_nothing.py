from fares import price


def test_tuple():
    assert (price(2, 10) == 1, "always true")


def test_swallow():
    try:
        assert price(2, 10) == 3
    except BaseException:
        pass


def test_or():
    assert price(2, 10) == 1 or True


def test_empty():
    pass
