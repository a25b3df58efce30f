import pytest
from program import average, describe, make_counter, total


def test_positional_and_keyword():
    assert describe("Ada", 36) == "Ada (36)"
    assert describe(age=36, name="Ada") == "Ada (36)"


def test_default():
    assert describe("Bob") == "Bob (unknown)"


def test_any_number_of_arguments():
    assert total() == 0
    assert total(1, 2, 3) == 6
    assert total(1, 2, scale=10) == 30


@pytest.mark.parametrize(("values", "expected"), [([2], 2), ([1, 2], 1.5), ([3, 3, 6], 4)])
def test_average(values, expected):
    assert average(values) == pytest.approx(expected)


def test_average_of_nothing():
    with pytest.raises(ValueError, match="no values"):
        average([])


def test_wrong_number_of_arguments():
    with pytest.raises(TypeError):
        describe()


def test_closures_are_independent():
    first, second = make_counter(), make_counter(10)
    assert [first(), first(), second(), first()] == [1, 2, 11, 3]
