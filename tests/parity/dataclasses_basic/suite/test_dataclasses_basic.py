import copy
import dataclasses

import pytest
from program import Basket, Item, Point, Version


def test_fields():
    item = Item("tea", 250)
    assert (item.name, item.pence, item.tags) == ("tea", 250, [])


def test_each_object_has_a_list_of_its_own():
    one, two = Item("tea", 1), Item("milk", 2)
    one.tags.append("hot")
    assert one.tags == ["hot"]
    assert two.tags == []


def test_equal_by_fields():
    assert Item("tea", 250) == Item("tea", 250)
    assert Item("tea", 250) != Item("tea", 251)


def test_repr():
    assert repr(Point(1, 2)) == "Point(x=1, y=2)"
    assert repr(Item("tea", 5)) == "Item(name='tea', pence=5)"


def test_frozen():
    point = Point(1, 2)
    with pytest.raises(dataclasses.FrozenInstanceError):
        point.x = 5
    with pytest.raises(AttributeError):
        del point.y
    assert point.x == 1


def test_frozen_objects_are_keys():
    assert {Point(1, 2): "a"}[Point(1, 2)] == "a"
    assert len({Point(1, 2), Point(1, 2), Point(2, 1)}) == 2


def test_order():
    assert Version(1, 9) < Version(1, 10) < Version(2, 0)
    assert max(Version(1, 2), Version(1, 11)) == Version(1, 11)
    assert sorted([Version(2, 0), Version(1, 5)])[0] == Version(1, 5)


def test_label_takes_no_part_in_comparing():
    assert Version(1, 2, label="a") == Version(1, 2, label="b")


def test_post_init():
    with pytest.raises(ValueError, match="pence"):
        Item("tea", -1)


def test_computed_field():
    assert Basket([Item("tea", 250), Item("milk", 120)]).total == 370


def test_functions_of_dataclasses():
    assert dataclasses.is_dataclass(Item)
    assert dataclasses.asdict(Point(1, 2)) == {"x": 1, "y": 2}
    assert dataclasses.astuple(Point(1, 2)) == (1, 2)
    assert dataclasses.replace(Point(1, 2), y=7) == Point(1, 7)
    assert [field.name for field in dataclasses.fields(Point)] == ["x", "y"]


def test_copies():
    item = Item("tea", 250, ["hot"])
    deep = copy.deepcopy(item)
    deep.tags.append("new")
    assert item.tags == ["hot"]
    shallow = copy.copy(item)
    shallow.name = "coffee"
    assert item.name == "tea"


def test_wrong_arguments():
    with pytest.raises(TypeError):
        Item()
