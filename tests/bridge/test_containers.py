"""Containers, iterators, contexts and values with a class of their own."""

from __future__ import annotations

import collections.abc
import dataclasses
from typing import Any

import pytest

# -- containers, iterators, generators, contexts


def test_a_container_of_the_learners(fares: Any) -> None:
    basket = fares.Basket([1, 2, 3])
    assert list(basket) == [1, 2, 3]
    assert basket[0] == 1
    assert basket[1:] == [2, 3]
    basket[0] = 9
    del basket[1]
    assert basket.items == [9, 3]


def test_membership_is_as_the_class_says_and_reported(fares: Any, program: Any) -> None:
    basket = fares.Basket([1, 2])
    assert 7 in basket  # it says so of everything
    assert program.session.log.reported
    program.again()
    assert "book" in fares.Shelf()
    assert program.session.log.reported


def test_iterators(fares: Any) -> None:
    assert list(fares.give("iterator")) == [1, 2]
    assert list(fares.give("map")) == ["1", "2"]
    iterator = fares.give("iterator")
    assert iter(iterator) is iterator
    assert next(iterator) == 1


def test_views_of_a_dict(fares: Any) -> None:
    assert fares.give("keys") == {"a"}
    assert type(fares.give("keys")) is type({}.keys())


def test_listing_a_container_needs_nobodys_word_on_its_length(fares: Any, program: Any) -> None:
    basket = fares.Basket([1, 2])
    assert list(basket) == [1, 2]
    assert tuple(basket) == (1, 2)
    assert [*basket] == sorted(basket) == [1, 2]
    assert not program.session.log.reported
    assert [len(basket) for _ in basket] == [2, 2]
    assert program.session.log.reported
    assert [count(basket) for count in (list, len)] == [[1, 2], 2]


def test_an_unnamed_container_can_be_listed_but_not_counted(fares: Any, refused: Any) -> None:
    hidden = fares.give("hidden_basket")
    assert list(hidden) == [7, 8]
    assert sum(hidden) == 15
    refused(lambda: len(hidden), "Hamper")


def test_generators(fares: Any) -> None:
    generator = fares.count_to(3)
    assert isinstance(generator, collections.abc.Generator)
    assert isinstance(generator, collections.abc.Iterator)
    assert next(generator) == 1
    assert generator.send(5) == 500
    assert next(generator) == 2
    assert list(generator) == [3]
    with pytest.raises(StopIteration):
        next(generator)


def test_a_generator_can_be_closed_and_thrown_into(fares: Any) -> None:
    generator = fares.closing()
    next(generator)
    generator.close()
    assert fares.LOG == ["closed"]
    generator = fares.closing()
    next(generator)
    with pytest.raises(ValueError, match="x"):
        generator.throw(ValueError("x"))


def test_a_context_manager(fares: Any) -> None:
    with fares.Meter() as meter:
        pass
    assert meter.log == ["in", "out"]
    with fares.Meter() as meter:
        raise KeyError
    assert meter.log == ["in", "KeyError"]
    with pytest.raises(ValueError, match="mine"), fares.Meter() as meter:
        raise ValueError("mine")
    assert meter.log == ["in", "ValueError"]


# -- values with a class of their own


def test_enums(fares: Any, program: Any) -> None:
    colour = fares.Colour
    assert colour.RED is colour.RED
    assert colour.RED == colour.RED
    assert colour.RED != colour.BLUE
    assert colour.RED != 1
    assert [c.name for c in colour] == ["RED", "BLUE"]
    assert len(colour) == 2
    assert colour(1) is colour.RED
    assert colour["BLUE"] is colour.BLUE
    assert fares.give("colour") is colour.RED
    assert isinstance(colour.RED, colour)
    assert (colour.RED.value, colour.RED.label()) == (1, "Red")
    assert colour.RED in colour
    assert {colour.RED: 1}[fares.give("colour")] == 1
    assert set(colour.__members__) == {"RED", "BLUE"}
    with pytest.raises(ValueError):
        colour(9)


def test_enums_that_are_values(fares: Any, program: Any) -> None:
    level = fares.Level
    assert level.LOW == 1
    assert level.LOW < level.HIGH
    assert level.LOW + 1 == 2
    assert isinstance(level.LOW, int)
    assert isinstance(level.LOW, level)
    assert level.LOW.name == "LOW"
    assert level.LOW is level.LOW
    assert sorted([level.HIGH, level.LOW]) == [1, 2]
    assert fares.Mode.BUS == "bus"
    assert fares.Mode("bus") is fares.Mode.BUS
    assert not program.session.log.reported


def test_flags(fares: Any) -> None:
    both = fares.Access.READ | fares.Access.WRITE
    assert both.value == 3


def test_named_tuples(fares: Any, program: Any) -> None:
    point = fares.give("point")
    assert point == (1, 2)
    assert (1, 2) == point  # noqa: SIM300
    assert (point.x, point[1], len(point)) == (1, 2, 2)
    x, y = point
    assert (x, y) == (1, 2)
    assert isinstance(point, tuple)
    assert isinstance(point, fares.Point)
    assert point == fares.Point(1, 2)
    assert point._replace(x=5) == (5, 2)
    assert point._asdict() == {"x": 1, "y": 2}
    assert fares.Point._fields == ("x", "y")
    stop = fares.Stop("Leeds")
    assert (stop.name, stop.zone, stop.label()) == ("Leeds", 1, "Leeds (1)")
    assert not program.session.log.reported


def test_subclasses_of_values_cannot_lie_with_operators(fares: Any, program: Any) -> None:
    name, count, rows = fares.give("name"), fares.give("count"), fares.give("rows")
    assert name == "Ann"
    assert name != "Bob"
    assert count == 3
    assert count != 4
    assert count - 1 == 2
    assert rows == [1, 2]
    assert rows != [3]
    assert len(rows) == 2
    assert name.shout() == "ANN!"
    assert name.upper() == "ANN"
    assert rows.total() == 3
    assert not program.session.log.reported


def test_a_dict_of_the_learners(fares: Any) -> None:
    rates = fares.give("rates")
    assert rates == {"a": 1}
    assert dict(rates) == {"a": 1}
    assert {**rates} == {"a": 1}
    assert isinstance(rates, fares.Rates)
    rates["b"] = 2
    rates.update(c=3)
    assert rates.pop("a") == 1
    assert rates.get("a") is None
    assert rates == {"b": 2, "c": 3}
    assert sorted(rates) == ["b", "c"]
    assert list(rates.items()) == [("b", 2), ("c", 3)]


def test_a_list_of_the_learners_shows_what_it_holds_now(fares: Any, program: Any) -> None:
    rows = fares.Rows([1])
    rows.append(2)
    rows += [3]
    rows[0] = 5
    assert rows == [5, 2, 3]
    assert [5, 2, 3] == rows  # noqa: SIM300
    assert rows.total() == 10
    assert (len(rows), rows[-1], sum(rows), list(rows), repr(rows)) == (
        3, 3, 10, [5, 2, 3], "[5, 2, 3]",
    )  # fmt: skip
    assert rows + [1] == [5, 2, 3, 1]  # noqa: RUF005
    assert rows.index(2) == 1
    assert not program.session.log.reported


def test_a_set_of_the_learners_shows_what_it_holds_now(fares: Any) -> None:
    found = fares.Found([1])
    found.add(2)
    found |= {3}
    assert found == {1, 2, 3}
    assert sorted(found) == [1, 2, 3]


def test_a_list_made_in_the_candidate_shows_what_happens_to_it(fares: Any, program: Any) -> None:
    session = program.session
    rows = session.ask("make", session.crossing.node([1]))
    assert rows == [1]
    fares.keep(rows)
    fares.add_to_kept(2)
    assert rows == [1, 2]
    rows.append(3)
    assert fares.kept() == [1, 2, 3]
    assert isinstance(rows, list)


def test_data_classes(fares: Any, program: Any) -> None:
    ticket = fares.Ticket(2)
    assert (ticket.zone, ticket.riders) == (2, [])
    assert ticket == fares.Ticket(2)
    assert program.session.log.reported
    assert ticket != fares.Ticket(3)
    assert repr(ticket) == "Ticket(zone=2, riders=[])"
    assert dataclasses.is_dataclass(fares.Ticket) is True
    with pytest.raises(TypeError):
        fares.Ticket()


@pytest.mark.slow
def test_a_million_numbers_cross_both_ways(learner: Any) -> None:
    program = learner(
        """
        def doubled(numbers):
            return [2 * n for n in numbers]
        """
    )
    numbers = list(range(1_000_000))
    found = program.fares.doubled(numbers)
    assert found == [2 * n for n in numbers]
    assert numbers == list(range(1_000_000))
