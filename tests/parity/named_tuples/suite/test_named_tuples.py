import pytest
from program import Place, Reading, hottest, nearest


def test_fields_and_places():
    place = Place("Leeds", 53.8, -1.5)
    assert place.name == place[0] == "Leeds"
    name, *where = place
    assert (name, where) == ("Leeds", [53.8, -1.5])
    assert len(place) == 3


def test_is_a_tuple():
    assert Place("Leeds", 1, 2) == ("Leeds", 1, 2)
    assert isinstance(Place("Leeds", 1, 2), tuple)
    assert {Place("a", 1, 2): 1}[("a", 1, 2)] == 1


def test_repr_and_default():
    assert repr(Reading("north", 4.5)) == "Reading(station='north', celsius=4.5, unit='C')"


def test_replace_and_asdict():
    reading = Reading("north", 4.5)
    assert reading._replace(celsius=5)._asdict() == {
        "station": "north", "celsius": 5, "unit": "C",
    }
    assert Reading._fields == ("station", "celsius", "unit")
    assert reading.celsius == 4.5


def test_can_not_be_changed():
    with pytest.raises(AttributeError):
        Reading("north", 4.5).celsius = 7


def test_methods():
    assert Reading("north", 100).fahrenheit == 212
    assert Reading("north", 100).label() == "north: 100 C"


def test_given_and_returned():
    readings = [Reading("a", 1), Reading("b", 9), Reading("c", 4)]
    assert hottest(readings) == Reading("b", 9)
    assert hottest(readings).station == "b"
    assert hottest([]) is None


def test_nearest():
    places = [Place("x", 0, 0), Place("y", 5, 5)]
    assert nearest(places, (4, 4)).name == "y"
    assert sorted(places, reverse=True)[0].name == "y"
