import pytest
from program import Celsius, Square


def test_reads_and_sets():
    weather = Celsius(20)
    assert weather.fahrenheit == 68
    weather.fahrenheit = 212
    assert weather.degrees == 100


def test_setter_checks():
    weather = Celsius(20)
    with pytest.raises(ValueError, match="absolute zero"):
        weather.degrees = -300
    assert weather.degrees == 20


def test_read_only():
    with pytest.raises(AttributeError):
        Square(3).area = 5


def test_deleter():
    square = Square(3)
    del square.side
    assert square.side == 0


def test_property_of_the_class():
    assert vars(Square(4)) == {"_side": 4}


def test_new_attributes():
    square = Square(2)
    square.colour = "red"
    assert square.colour == "red"
    assert hasattr(square, "area")
    assert not hasattr(square, "volume")
    assert getattr(square, "volume", None) is None
