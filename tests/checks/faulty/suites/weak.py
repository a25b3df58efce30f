from fares import price


def test_an_adult_pays_for_the_zone():
    assert price(1, 30) == 100


def test_three_zones():
    assert price(3, 30) == 300


def test_six_zones():
    assert price(6, 30) == 600


def test_a_child_pays_half():
    assert price(2, 10) == 100


def test_riders_of_16():
    assert price(1, 16) == 100
