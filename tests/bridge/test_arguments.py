"""What a suite passes to the learner's code: containers, functions and its own objects."""

from __future__ import annotations

import enum
import json
import sys
import threading
from collections.abc import Callable
from typing import Any
from unittest import mock

import pytest

# -- arguments


def test_arguments_are_changed_where_the_suite_holds_them(learner: Callable[..., Any]) -> None:
    fares = learner("""
        def change(rows, table, found, data, inner):
            rows.append(4)
            table["x"] = rows
            found.add(9)
            data[0] = 1
            inner[0].append(5)
            return rows
        def leave(rows):
            return rows
        def boom(rows):
            rows.clear()
            raise ValueError
    """).fares
    rows: list[int] = [1]
    table: dict[str, Any] = {}
    found: set[int] = set()
    data = bytearray(b"\x00")
    inner: tuple[list[int]] = ([],)
    back = fares.change(rows, table, found, data, inner)
    assert rows == [1, 4]
    assert table["x"] is rows
    assert (found, data, inner) == ({9}, bytearray(b"\x01"), ([5],))
    assert back == rows
    assert fares.leave(rows) == [1, 4]
    with pytest.raises(ValueError):
        fares.boom(rows)
    assert rows == []


def test_default_arguments_keep_their_state_within_a_test(learner: Callable[..., Any]) -> None:
    program = learner("def add(item, to=[]):\n    to.append(item)\n    return to\n")
    assert program.fares.add(1) == [1]
    assert program.fares.add(2) == [1, 2]
    program.again()
    assert program.fares.add(3) == [3]


def test_functions_of_the_suite_are_called_back(fares: Any, learner: Callable[..., Any]) -> None:
    made = learner("""
        def apply(f, *xs):
            return [f(x) for x in xs]
        def keep(f):
            global kept
            kept = f
        def use(x):
            return kept(x)
        def same(f, g):
            return f is g
        def safely(f):
            try:
                return f()
            except ValueError as error:
                return str(error)
            finally:
                pass
        def loudly(f):
            return f()
        def twice(f):
            return f(lambda x: x * 2)
        def total(items):
            return sum(items)
        def sort(rows, key):
            return sorted(rows, key=key)
    """).fares

    def double(number: int) -> int:
        return number * 2

    def fail() -> None:
        raise ValueError("mine")

    assert made.apply(double, 1, 2) == [2, 4]
    assert made.same(double, double)
    made.keep(double)
    assert made.use(4) == 8
    assert made.safely(fail) == "mine"
    with pytest.raises(ValueError, match="mine") as caught:
        made.loudly(fail)
    assert caught.traceback
    assert made.twice(lambda function: function(21)) == 42
    assert made.total(n for n in [1, 2, 3]) == 6
    assert made.sort([3, 1], lambda n: -n) == [3, 1]
    assert made.apply(str, 1) == ["1"]

    class OwnError(Exception):
        pass

    error = OwnError("x")

    def raise_own() -> None:
        raise error

    with pytest.raises(OwnError) as own:
        made.loudly(raise_own)
    assert own.value is error
    with pytest.raises(KeyError):
        made.loudly(lambda: {"a": 1}["k"])


def test_bound_methods_and_classes_of_the_suite_can_be_passed(learner: Callable[..., Any]) -> None:
    fares = learner("def run(f, *a):\n    return f(*a)\n").fares
    got: list[int] = []
    fares.run(got.append, 3)
    assert got == [3]

    class Spy:
        def __init__(self) -> None:
            self.seen: list[int] = []

        def note(self, number: int) -> None:
            self.seen.append(number)

    spy = Spy()
    fares.run(spy.note, 4)
    assert spy.seen == [4]


def test_objects_of_the_suites_classes_come_back_as_themselves(fares: Any) -> None:
    class Spy:
        pass

    spy = Spy()
    assert fares.identity(spy) is spy


@pytest.mark.parametrize("value", [threading.Lock(), sys])
def test_other_objects_are_the_authors_fault(fares: Any, author_fault: Any, value: Any) -> None:
    with pytest.raises(author_fault, match=r"candidate\.lend"):
        fares.identity(value)


def test_of_a_lent_object_only_what_is_public_can_be_reached(fares: Any, program: Any) -> None:
    class Spy:
        library = sys
        _secret = 3

        def note(self) -> int:
            return self._secret

    reach = program.module("fares").reach
    spy = Spy()
    assert reach(spy, "note")() == 3
    for name in ("_secret", "__class__", "__dict__", "library", "note.__globals__", "missing"):
        with pytest.raises(AttributeError):
            reach(spy, name)
    double = mock.Mock()
    reach(double, "charge")(5)
    for name in ("reset_mock", "called", "assert_called_once_with", "call_args_list"):
        with pytest.raises(AttributeError):
            reach(double, name)
    double.charge.assert_called_once_with(5)


def test_what_the_program_puts_into_a_lent_object_is_its_word(fares: Any, program: Any) -> None:
    double = mock.Mock()
    fares.put_attribute(double, "count", 3)
    assert double.count == 3
    assert not program.session.log.reported
    fares.put_attribute(double, "charge", fares.identity)
    assert program.session.log.reported


def test_values_too_deep_to_be_sent_are_the_authors_fault(fares: Any, author_fault: Any) -> None:
    value: Any = ()
    for _ in range(200):
        value = (value,)
    with pytest.raises(author_fault, match="cannot cross"):
        fares.identity(value)


def test_values_too_large_to_be_sent_are_the_authors_fault(fares: Any, author_fault: Any) -> None:
    with pytest.raises(author_fault, match="larger than 24 MB"):
        fares.identity("x" * (25 << 20))


def test_json_errors_are_those_of_the_library(fares: Any) -> None:
    with pytest.raises(json.JSONDecodeError) as caught:
        fares.parse("{")
    assert caught.value.pos == 1
    assert "line 1 column 2" in str(caught.value)
    assert isinstance(caught.value, ValueError)


def test_an_enum_of_the_suite_is_not_mistaken_for_one_of_the_learners(fares: Any) -> None:
    class Colour(enum.Enum):
        RED = 1

    assert fares.Colour.RED != Colour.RED
