import pytest
import rooms
from program import bill, cheapest, find, load, longer, tagged, vat, week
from rooms import Bill, Kind, NoRoom, Room, Stay

BLUE, RED = Room("Blue", Kind.SINGLE), Room("Red", Kind.DOUBLE)


def test_reads_given_data():
    assert load() == [BLUE, RED]
    assert vat() == 20


def test_finds():
    found = find([BLUE, RED], "Red")
    assert found == RED
    assert found.kind is Kind.DOUBLE


def test_no_room():
    with pytest.raises(NoRoom) as caught:
        find([BLUE], "Green")
    assert caught.value.args == ("Green", ["Blue"])
    assert caught.value.name == "Green"
    assert caught.value.wanted == ["Blue"]


def test_bill():
    made = bill([BLUE, RED], [Stay("Blue", 2), Stay("Red")])
    assert made == Bill([(Stay("Blue", 2), 120), (Stay("Red", 1), 95)])
    assert made.total() == 215
    assert isinstance(made, Bill)


def test_named_tuples_and_dataclasses():
    assert longer(Stay("Blue")) == Stay("Blue", 2)
    assert longer(Stay("Blue")).room == "Blue"
    assert tagged(Room("X", Kind.SINGLE, ("old",)), "sea", "top").tags == ("old", "sea", "top")


def test_enums_and_keys():
    assert cheapest() is Kind.SINGLE
    assert rooms.RATES[cheapest()] == 60
    assert week() == {Stay("Blue", 7): Kind.SINGLE}
