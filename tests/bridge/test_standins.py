"""Stand-ins: attributes, operators and identity of the learner's objects and classes."""

from __future__ import annotations

import collections.abc
from typing import Any

import pytest

# -- values and attributes


def test_values_are_plain_values(fares: Any) -> None:
    assert type(fares.give("number")) is int
    assert fares.give("none") is None
    assert fares.MAX == 240
    assert fares.TABLE == {"adult": 240}
    assert type(fares.give("counter")) is collections.Counter


def test_attributes_methods_and_properties(fares: Any) -> None:
    money = fares.Money(250, note="x")
    assert (money.pence, money.note, money.currency, money.text) == (250, "x", "GBP", "£2.50")
    money.text = "£3.00"
    assert money.pence == 300
    money.colour = "red"
    assert money.colour == "red"
    del money.colour
    assert not hasattr(money, "colour")
    assert fares.Money.pounds(2).pence == 200
    assert fares.Money.symbol() == money.symbol() == "£"
    assert fares.Fancy(1).extra() == "!"


def test_an_attribute_that_is_missing_is_an_attribute_error(fares: Any) -> None:
    with pytest.raises(AttributeError):
        fares.Money(1).nothing  # noqa: B018


def test_module_attributes_can_be_set_and_deleted(
    program: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    fares = program.fares
    with monkeypatch.context() as patch:
        patch.setattr(fares, "MAX", 5)
        assert fares.MAX == 5
    program.again()
    assert fares.MAX == 240
    del fares.MAX
    with pytest.raises(AttributeError, match=r"fares\.py has nothing called MAX"):
        fares.MAX  # noqa: B018


def test_class_attributes_can_be_set(fares: Any) -> None:
    fares.Money.currency = "EUR"
    assert fares.Money(1).currency == "EUR"
    del fares.Money.currency
    assert not hasattr(fares.Money, "currency")


def test_texts_come_from_the_learners_methods(fares: Any) -> None:
    money = fares.Money(250)
    assert (str(money), repr(money), f"{money:x}") == ("£2.50", "Money(250)", "<x>")
    assert fares.Money.__name__ == "Money"
    assert repr(fares.Money) == "<class 'fares.Money'>"
    assert "pence" in dir(money)


def test_functions_can_be_called_and_compared_with_themselves(fares: Any) -> None:
    assert fares.cell.__name__ == "cell"
    assert fares.cell is fares.cell
    assert bool(fares.cell)
    assert callable(fares.cell)
    assert callable(fares.Doubler())
    assert not callable(fares.Plain())
    assert fares.Doubler()(4, times=3) == 12
    assert fares.give("lambda")(4) == 5
    assert fares.give("partial")(2) == 3


def test_classes_are_classes(fares: Any) -> None:
    assert isinstance(fares.Money, type)
    assert isinstance(fares.Money(1), fares.Money)
    assert issubclass(fares.Fancy, fares.Money)
    assert isinstance(fares.Fancy(1), fares.Money)
    assert not isinstance(fares.Plain(), fares.Money)
    assert type(fares.Fancy(1)) is fares.Fancy
    assert fares.Money is fares.Money


def test_abstract_classes_refuse_to_be_made(fares: Any) -> None:
    with pytest.raises(TypeError):
        fares.Shape()
    assert fares.Square(3).area() == 9
    assert isinstance(fares.Square(3), fares.Shape)


def test_an_object_passed_back_is_itself(fares: Any) -> None:
    money = fares.Money(1)
    assert fares.same(money, money)
    assert fares.identity(money) is money
    assert fares.is_money(money)
    assert fares.same(fares.Money, fares.Money)


def test_objects_inside_containers(fares: Any) -> None:
    assert [m.pence for m in fares.give("list")] == [1, 2]
    assert fares.give("dict")["fare"].pence == 3


# -- operators of a class that the suite has named


def test_operators_work_on_named_classes(fares: Any, program: Any) -> None:
    a, b = fares.Money(3), fares.Money(4)
    assert (a + b).pence == 7
    assert (a + 1).pence == 4
    assert (1 + a).pence == 4
    assert (-a).pence == -3
    assert (abs(a), round(a), int(a), float(a), divmod(a, 2)) == (3, 3, 3, 0.03, (1, 1))
    assert [10, 20, 30, 40][a] == 40
    a += b
    assert a.pence == 7
    assert not program.session.log.reported


def test_comparisons_of_two_objects_are_reported(fares: Any, program: Any) -> None:
    assert fares.Money(3) == fares.Money(3)
    assert program.session.log.reported
    assert not program.again().incident
    assert fares.Money(3) != fares.Money(4)
    assert fares.Money(3) < fares.Money(4)
    assert program.again().reported
    assert fares.Money(3).pence == 3
    assert not program.again().reported


def test_truth_and_length_of_named_objects_are_reported(fares: Any, program: Any) -> None:
    assert fares.Money(3)
    assert program.again().reported
    assert not fares.Money(0)
    assert program.again().reported
    assert len(fares.Basket([1, 2])) == 2
    assert program.again().reported
    assert fares.Plain()
    assert not program.again().reported


def test_an_object_equals_itself_without_being_asked(fares: Any, program: Any) -> None:
    plain = fares.Plain()
    assert plain == plain
    assert plain != fares.Plain()
    assert len({plain, plain, fares.Plain()}) == 2
    assert not program.session.log.reported


def test_hashable_objects_can_be_keys(fares: Any) -> None:
    assert len({fares.Money(1), fares.Money(1), fares.Money(2)}) == 2


PLAIN_VALUES = [5, "5", None, True, 5.0, (5,), [5], {}, Ellipsis]


@pytest.mark.parametrize("value", PLAIN_VALUES, ids=repr)
def test_an_object_never_equals_a_plain_value(fares: Any, value: Any) -> None:
    for made in (fares.give("hidden"), fares.Money(5)):
        assert made != value
        assert value != made
        assert not made == value  # noqa: SIM201
        assert made not in [value]
        assert [made] != [value]
        assert {"x": made} != {"x": value}


def test_a_named_object_does_not_order_with_a_plain_value(fares: Any) -> None:
    with pytest.raises(TypeError):
        fares.Money(5) < 6  # noqa: B015
    with pytest.raises(TypeError):
        fares.Money(5) >= 5  # noqa: B015
