from fares import halved, price


def test_a_child_pays_half():
    assert price(2, 10) == halved(200) == 100
