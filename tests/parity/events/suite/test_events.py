from unittest import mock

import pytest
from program import EventBus, Stock, apply_twice, on_each


def test_handlers_are_called_in_order():
    bus, seen = EventBus(), []
    bus.on("sold", lambda item: seen.append(("first", item)))
    bus.on("sold", lambda item: seen.append(("second", item)))
    bus.emit("sold", "tea")
    assert seen == [("first", "tea"), ("second", "tea")]


def test_off_takes_the_same_function():
    bus, seen = EventBus(), []
    bus.on("sold", seen.append)
    bus.off("sold", seen.append)
    bus.emit("sold", "tea")
    assert seen == []


def test_bound_method_of_a_class_of_the_suite():
    class Log:
        def __init__(self):
            self.lines = []

        def note(self, item):
            self.lines.append(item)

    log, bus = Log(), EventBus()
    bus.on("sold", log.note)
    bus.emit("sold", "tea")
    assert log.lines == ["tea"]


def test_decorator_form():
    bus, seen = EventBus(), []

    @bus.on("sold")
    def handler(item):
        seen.append(item)

    bus.emit("sold", 1)
    assert seen == [1]
    handler(2)
    assert seen == [1, 2]


def test_error_of_a_handler_does_not_stop_the_others():
    bus, seen = EventBus(), []

    def broken(item):
        raise RuntimeError("broken handler")

    bus.on("sold", broken)
    bus.on("sold", seen.append)
    assert [str(error) for error in bus.emit("sold", 1)] == ["broken handler"]
    assert seen == [1]


def test_mock_as_handler():
    bus, handler = EventBus(), mock.Mock()
    bus.on("sold", handler)
    bus.emit("sold", "tea", price=3)
    handler.assert_called_once_with("tea", price=3)


def test_mock_with_return_value_and_side_effect():
    assert apply_twice(mock.Mock(return_value=4), 1) == 4
    doubling = mock.Mock(side_effect=lambda x: 2 * x)
    assert apply_twice(doubling, 3) == 12
    assert doubling.call_args_list == [mock.call(3), mock.call(6)]
    with pytest.raises(OSError, match="down"):
        apply_twice(mock.Mock(side_effect=OSError("down")), 1)


def test_handler_gets_the_learners_object():
    stock, seen = Stock(), []
    stock.watch(seen.append)
    stock.amount = 4
    assert seen == [stock]
    assert seen[0].amount == 4


def test_callback_changes_what_it_gets():
    numbers = [1, 2, 3]
    assert on_each(numbers, lambda x: numbers.append(x) if x == 1 else None) == 4
