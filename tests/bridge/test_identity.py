"""That two objects are one is the program's word: what rests on it is reported."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

PROGRAM = """
from enum import Enum

class Money:
    one = None
    def __new__(cls, *args):
        cls.one = cls.one or object.__new__(cls)
        return cls.one
    def __add__(self, other):
        return self
    def __hash__(self):
        return 1

class Price:
    def __init__(self, pence):
        self.pence = pence
    def __eq__(self, other):
        return self.pence == other.pence
    def __hash__(self):
        return 1
    def __add__(self, other):
        return Price(self.pence + other.pence)
    def with_pence(self, pence):
        self.pence = pence
        return self

class Plain:
    pass

class Itself(Plain):
    def __add__(self, other):
        return self
    def __copy__(self):
        return self

class Colour(Enum):
    RED = 1
    BLUE = 2

class Shade(Enum):
    LIGHT = 1
    DARK = 1

FIRST = SECOND = Plain()
_kept = Plain()

class Lasting:
    def __new__(cls, *args):
        return _kept

def paint(name):
    return Colour[name]

def shade(name):
    return Shade.LIGHT

def same(*args):
    return _made[0]

def both(*args):
    return [_made[0], _made[0]]

_made = []

def begin():
    _made[:] = [Plain()]
"""


@pytest.fixture
def program(learner: Callable[..., Any]) -> Any:
    made = learner(PROGRAM)
    made.session.test = _compares
    made.fares.begin()
    return made


def _compares(left: Any, right: Any) -> Any:
    assert left == right
    assert left is right


REPORTED: dict[str, Callable[[Any], Any]] = {
    "two made, ==": lambda f: f.Money(30) == f.Money(71),
    "two made, in lists": lambda f: [f.Money(30)] == [f.Money(71)],
    "two made, is": lambda f: f.Money(30) is f.Money(71),
    "two made, in": lambda f: f.Money(30) in [f.Money(71)],
    "two made, one in a set": lambda f: len({f.Money(30), f.Money(71)}) == 1,
    "two made, sorted by identity": lambda f: sorted([f.Money(3), f.Money(1)], key=id),
    "a sum": lambda f: (f.Money(30) + f.Money(41)) == f.Money(71),
    "a sum that is a part": lambda f: [item := f.Itself()] == [item + item],
    "one that lasts": lambda f: [f.Lasting(1)] == [f.Lasting(2)],
    "hash alone": lambda f: len({f.Price(1), f.Price(2)}) == 2,
    "a dict's key": lambda f: {f.Price(1): "a"}[f.Price(1)] == "a",
    "two names of one object": lambda f: f.FIRST == f.SECOND,
    "two names of one member": lambda f: f.shade("x") == f.Shade.DARK,
    "from functions, ==": lambda f: f.same(1) == f.same(2),
    "from functions, is": lambda f: f.same(1) is f.same(2),
    "from functions, in lists": lambda f: f.both(1) == f.both(2),
    "from functions, in a set": lambda f: len({f.same(1), f.same(2)}) == 1,
}


@pytest.mark.parametrize("way", REPORTED)
def test_what_rests_on_identity_is_reported(program: Any, way: str) -> None:
    assert REPORTED[way](program.fares)
    assert program.session.log.reported


OBSERVED: dict[str, Callable[[Any], Any]] = {
    "the suite's own object": lambda f: (one := f.Plain()) == one,
    "two objects that differ": lambda f: f.Plain() != f.Plain(),
    "members": lambda f: f.paint("RED") == f.Colour.RED != f.Colour.BLUE,
    "members by value": lambda f: f.Colour(2) == f.Colour.BLUE,
    "members in a dict": lambda f: {f.Colour.RED: 1}[f.paint("RED")] == 1,
    "a method that gives the object back": lambda f: f.Price(1).with_pence(2).pence == 2,
    "a sum's fields": lambda f: (f.Price(1) + f.Price(2)).pence == 3,
}


def _looks_at_values(price: Any) -> None:
    assert price.with_pence(2).pence == 2
    assert price.pence is not None


@pytest.mark.parametrize("way", OBSERVED)
def test_what_rests_on_values_is_observed(program: Any, way: str) -> None:
    program.session.test = _looks_at_values
    assert OBSERVED[way](program.fares)
    assert not program.session.log.reported
