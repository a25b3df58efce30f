import enum

import pytest
from program import Colour, Level, Mode, Permission, Planet, parse


@pytest.mark.parametrize("colour", list(Colour))
def test_each_colour_has_an_opposite(colour):
    assert colour.opposite().opposite() is colour


@pytest.mark.parametrize("colour", Colour, ids=lambda colour: colour.name)
def test_names_and_values(colour):
    assert Colour[colour.name] is colour
    assert Colour(colour.value) is colour
    assert colour == colour


def test_members():
    assert [colour.name for colour in Colour] == ["RED", "CYAN"]
    assert Colour.RED is not Colour.CYAN
    assert Colour.RED != Colour.CYAN
    assert len(Colour) == 2
    assert Colour.RED in Colour
    assert isinstance(Colour.RED, Colour)
    assert issubclass(Colour, enum.Enum)
    assert repr(Colour.RED) == "<Colour.RED: 1>"
    assert str(Colour.RED) == "Colour.RED"


def test_unknown_values():
    with pytest.raises(ValueError):
        Colour(9)
    with pytest.raises(KeyError):
        Colour["PINK"]
    with pytest.raises(AttributeError):
        Colour.PINK


def test_members_can_not_be_changed():
    with pytest.raises(AttributeError):
        Colour.RED = 5


def test_int_enum_is_a_number():
    assert Level.HIGH > Level.LOW
    assert Level.HIGH == 10
    assert Level.HIGH + 1 == 11
    assert sorted([Level.HIGH, Level.LOW]) == [Level.LOW, Level.HIGH]
    assert ["a", "b"][Level.LOW] == "b"


def test_str_enum_is_text():
    assert Mode.READ == "read"
    assert f"{Mode.READ}!" == "read!"
    assert Mode("write") is Mode.WRITE
    assert Mode.READ.upper() == "READ"


def test_flags():
    both = Permission.READ | Permission.WRITE
    assert Permission.READ in both
    assert Permission.RUN not in both
    assert both & Permission.WRITE == Permission.WRITE
    assert (both ^ Permission.READ) == Permission.WRITE
    assert not Permission.READ & Permission.RUN
    assert both.value == 3


def test_as_keys():
    stock = {Colour.RED: 3, Colour.CYAN: 4}
    assert stock[Colour.RED] == 3
    assert {Colour.RED, Colour(1)} == {Colour.RED}


def test_enum_with_attributes():
    assert Planet.EARTH.mass == pytest.approx(5.97)
    assert Planet.MARS.heavier_than(Planet.EARTH) is False


def test_function_that_gives_a_member():
    assert parse("red") is Colour.RED
    assert parse("cyan") == Colour.CYAN
    match parse("red"):
        case Colour.RED:
            pass
        case _:
            pytest.fail("not red")
