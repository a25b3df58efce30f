import datetime

import pytest
from program import Box, encode


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (3, "number 3"),
        (True, "yes"),
        ("a", "text 'a'"),
        ([1, "b"], "list of number 1, text 'b'"),
        (datetime.date(2025, 3, 1), "date 2025-03-01"),
    ],
)
def test_encode(value, expected):
    assert encode(value) == expected


def test_own_class():
    assert encode(Box("tea")) == "box with text 'tea'"


def test_unknown_type():
    with pytest.raises(TypeError, match="complex"):
        encode(1j)


def test_dispatch_tells_the_function():
    assert encode.dispatch(bool) is not encode.dispatch(int)
    assert encode.dispatch(Box).__name__ == "_box"


def test_method_dispatch():
    box = Box("tea")
    assert box.add("milk") == "tea and milk"
    assert box.add(2) == "tea, 2 times"
