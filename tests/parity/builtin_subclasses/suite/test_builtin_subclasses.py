import json

import pytest
from program import Celsius, Password, Percent, Shout, Stack, Table, UniqueList


def test_int():
    assert Percent(40) == 40
    assert Percent(40) + 5 == 45
    assert str(Percent(40)) == "40%"
    assert Percent(40).share == 0.4
    assert isinstance(Percent(40), int)
    with pytest.raises(ValueError):
        Percent(101)


def test_float():
    assert Celsius(20.5) + 1 == 21.5
    assert f"{Celsius(20.5)}" == "20.5 C"
    assert f"{Celsius(20.5):.2f}" == "20.50 C"


def test_str():
    word = Shout("hey")
    assert word == "HEY"
    assert word.lower() == "hey"
    assert len(word) == 3
    assert word[0] == "H"
    assert word.loud() == "HEY!!!"
    assert repr(Password("secret")) == "Password(***)"


def test_list():
    stack = Stack([1, 2])
    stack.push(3)
    assert stack == [1, 2, 3]
    assert stack.peek() == 3
    assert stack.pop() == 3
    assert len(stack) == 2
    assert list(stack) == [1, 2]
    assert json.dumps(stack) == "[1, 2]"
    assert isinstance(stack, list)


def test_overridden_append():
    numbers = UniqueList()
    for number in (1, 2, 1):
        numbers.append(number)
    assert numbers == [1, 2]


def test_dict():
    table = Table()
    table["A"] = 1
    assert table["a"] == 1
    assert dict(table) == {"a": 1}
    assert table["none"] == "missing none"
    assert sorted(table.items()) == [("a", 1)]
