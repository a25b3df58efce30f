"""Stand-ins: what a suite holds in place of the learner's classes and objects."""

from __future__ import annotations

import collections.abc
import dataclasses
import enum
import json
from collections.abc import Callable
from typing import Any

import pytest

SOURCE = '''
import abc, collections, dataclasses, enum, functools, json, typing

class Money:
    """An amount."""
    currency = "GBP"
    def __init__(self, pence, *, note=""):
        self.pence = pence
        self.note = note
    @classmethod
    def pounds(cls, amount):
        return cls(amount * 100)
    @staticmethod
    def symbol():
        return "£"
    @property
    def text(self):
        return f"£{self.pence / 100:.2f}"
    @text.setter
    def text(self, value):
        self.pence = round(float(value[1:]) * 100)
    def __eq__(self, other):
        return isinstance(other, Money) and self.pence == other.pence
    def __hash__(self):
        return hash(self.pence)
    def __lt__(self, other):
        return self.pence < other.pence
    def __add__(self, other):
        return Money(self.pence + (other.pence if isinstance(other, Money) else other))
    __radd__ = __add__
    def __iadd__(self, other):
        self.pence += other.pence
        return self
    def __neg__(self):
        return Money(-self.pence)
    def __abs__(self):
        return abs(self.pence)
    def __round__(self, digits=0):
        return round(self.pence, digits)
    def __bool__(self):
        return self.pence != 0
    def __float__(self):
        return self.pence / 100
    def __int__(self):
        return self.pence
    def __index__(self):
        return self.pence
    def __divmod__(self, other):
        return divmod(self.pence, other)
    def __str__(self):
        return self.text
    def __repr__(self):
        return f"Money({self.pence})"
    def __format__(self, spec):
        return f"<{spec}>"

class Fancy(Money):
    def extra(self):
        return "!"

class Plain:
    pass

class Basket:
    def __init__(self, items=()):
        self.items = list(items)
    def __len__(self):
        return len(self.items)
    def __iter__(self):
        return iter(self.items)
    def __getitem__(self, index):
        return self.items[index]
    def __setitem__(self, index, value):
        self.items[index] = value
    def __delitem__(self, index):
        del self.items[index]
    def __contains__(self, item):
        return True

class Shelf:
    def __contains__(self, item):
        return item == "book"

class Meter:
    def __init__(self):
        self.log = []
    def __enter__(self):
        self.log.append("in")
        return self
    def __exit__(self, kind, error, trace):
        self.log.append(kind.__name__ if kind else "out")
        return kind is KeyError

class Doubler:
    def __call__(self, number, *, times=2):
        return number * times

class Colour(enum.Enum):
    RED = 1
    BLUE = 2
    def label(self):
        return self.name.title()

class Level(enum.IntEnum):
    LOW = 1
    HIGH = 2

class Mode(str, enum.Enum):
    BUS = "bus"

class Access(enum.Flag):
    READ = 1
    WRITE = 2

Point = collections.namedtuple("Point", "x y")

class Stop(typing.NamedTuple):
    name: str
    zone: int = 1
    def label(self):
        return f"{self.name} ({self.zone})"

@dataclasses.dataclass
class Ticket:
    zone: int
    riders: list = dataclasses.field(default_factory=list)

class Name(str):
    def shout(self):
        return self.upper() + "!"
    def __eq__(self, other):
        return True
    __hash__ = str.__hash__

class Count(int):
    def __eq__(self, other):
        return True
    __hash__ = int.__hash__
    def __sub__(self, other):
        return 0

class Rows(list):
    def total(self):
        return sum(self)
    def __eq__(self, other):
        return True
    def __len__(self):
        return 99

class Found(set):
    def __contains__(self, item):
        return True

_kept = None
def keep(rows):
    global _kept
    _kept = rows
def add_to_kept(item): _kept.append(item)
def kept(): return list(_kept)

class Rates(dict):
    def __missing__(self, key):
        return 0

class Shape(abc.ABC):
    @abc.abstractmethod
    def area(self): ...

class Square(Shape):
    def __init__(self, side):
        self.side = side
    def area(self):
        return self.side ** 2

def give(name):
    return {
        "money": lambda: Money(5), "plain": Plain, "basket": lambda: Basket([1, 2]),
        "point": lambda: Point(1, 2), "name": lambda: Name("Ann"), "count": lambda: Count(3),
        "rows": lambda: Rows([1, 2]), "rates": lambda: Rates(a=1), "colour": lambda: Colour.RED,
        "hidden": _hidden, "hidden_basket": _hidden_basket, "number": lambda: 5, "list": lambda: [Money(1), Money(2)],
        "dict": lambda: {"fare": Money(3)}, "iterator": lambda: iter([1, 2]),
        "map": lambda: map(str, [1, 2]), "partial": lambda: functools.partial(max, 3),
        "lambda": lambda: (lambda x: x + 1), "keys": lambda: {"a": 1}.keys(),
        "none": lambda: None, "counter": lambda: collections.Counter("aab"),
    }[name]()

def _hidden_basket():
    class Hamper:
        def __iter__(self):
            return iter([7, 8])
        def __len__(self):
            return 1000
    return Hamper()

def _hidden():
    class Total:
        def __eq__(self, other): return True
        def __lt__(self, other): return True
        __le__ = __gt__ = __ge__ = __lt__
        def __sub__(self, other): return 0
        __rsub__ = __add__ = __radd__ = __mul__ = __mod__ = __and__ = __floordiv__ = __sub__
        __truediv__ = __pow__ = __xor__ = __or__ = __lshift__ = __rshift__ = __matmul__ = __sub__
        __iadd__ = __sub__
        def __neg__(self): return 0
        __pos__ = __invert__ = __abs__ = __int__ = __index__ = __trunc__ = __neg__
        def __float__(self): return 0.0
        def __complex__(self): return 0j
        def __round__(self, digits=None): return 0
        __floor__ = __ceil__ = __round__
        def __bool__(self): return True
        def __len__(self): return 3
        def __hash__(self): return 0
        def __contains__(self, item): return True
        def __divmod__(self, other): return (0, 0)
        def __bytes__(self): return b""
    return Total()

def count_to(n):
    for i in range(1, n + 1):
        got = yield i
        if got:
            yield got * 100

def closing():
    try:
        yield 1
    finally:
        LOG.append("closed")

LOG = []
MAX = 240
TABLE = {"adult": 240}
identity = lambda value: value
def same(one, other): return one is other
def is_money(value): return isinstance(value, Money)
def parse(text): return json.loads(text)
def cell(zone: int, rider: str = "adult") -> int:
    return zone
'''


@pytest.fixture
def program(learner: Callable[..., Any]) -> Any:
    return learner(SOURCE)


@pytest.fixture
def fares(program: Any) -> Any:
    return program.fares


@pytest.fixture
def refused(program: Any, incident: Any) -> Any:
    """Check that an action ends the test with a sentence that names the class."""

    def check(action: Callable[[], Any], title: str = "Total") -> None:
        with pytest.raises(incident) as caught:
            action()
        assert caught.value.cause == "wrong-type"
        assert title in caught.value.text
        assert "is needed" in caught.value.text
        assert program.session.log.incident is caught.value
        assert program.again().incident is caught.value

    return check


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


# -- liars: classes that the suite never named

LIES: dict[str, Callable[[Any], Any]] = {
    "bool": bool,
    "not": lambda t: not t,
    "len": len,
    "lt": lambda t: t < 5,
    "le": lambda t: t <= 5,
    "gt": lambda t: t > 5,
    "ge": lambda t: t >= 5,
    "reflected-lt": lambda t: 5 < t,
    "sub": lambda t: t - 5,
    "rsub": lambda t: 5 - t,
    "add": lambda t: t + 5,
    "radd": lambda t: 5 + t,
    "mul": lambda t: t * 5,
    "truediv": lambda t: t / 5,
    "floordiv": lambda t: t // 5,
    "mod": lambda t: t % 5,
    "rmod": lambda t: 5 % t,
    "divmod": lambda t: divmod(t, 5),
    "pow": lambda t: t**5,
    "pow-mod": lambda t: pow(t, 5, 7),
    "and": lambda t: t & 5,
    "or": lambda t: t | 5,
    "xor": lambda t: t ^ 5,
    "lshift": lambda t: t << 5,
    "rshift": lambda t: t >> 5,
    "matmul": lambda t: t @ 5,
    "neg": lambda t: -t,
    "pos": lambda t: +t,
    "invert": lambda t: ~t,
    "abs": abs,
    "int": int,
    "float": float,
    "complex": complex,
    "index": lambda t: [1, 2][t],
    "round": round,
    "round-to": lambda t: round(t, 2),
    "trunc": lambda t: __import__("math").trunc(t),
    "floor": lambda t: __import__("math").floor(t),
    "ceil": lambda t: __import__("math").ceil(t),
    "isclose": lambda t: __import__("math").isclose(t, 5),
    "bytes": bytes,
    "hash": hash,
    "contains": lambda t: 5 in t,
    "sum": lambda t: sum([t, 5]),
    "sorted": lambda t: sorted([t, 5]),
    "max": lambda t: max(5, t),
    "range": lambda t: range(t),
    "repeat": lambda t: "ab" * t,
    "approx": lambda t: abs(t - 5) < 0.01,
}


@pytest.mark.parametrize("lie", LIES)
def test_what_an_unnamed_object_computes_ends_the_test(fares: Any, refused: Any, lie: str) -> None:
    hidden = fares.give("hidden")
    refused(lambda: LIES[lie](hidden))


def test_two_unnamed_objects_are_not_compared(fares: Any, refused: Any) -> None:
    one, other = fares.give("hidden"), fares.give("hidden")
    refused(lambda: one == other)


def test_two_unnamed_objects_are_not_ordered(fares: Any, refused: Any) -> None:
    one, other = fares.give("hidden"), fares.give("hidden")
    refused(lambda: one < other)


def test_pytest_approx_is_not_fooled(fares: Any, program: Any, incident: Any) -> None:
    hidden = fares.give("hidden")
    try:
        fooled = hidden == pytest.approx(5)
    except incident:
        fooled = False
    assert not fooled


# -- containers, iterators, generators, contexts


def test_a_container_of_the_learners(fares: Any) -> None:
    basket = fares.Basket([1, 2, 3])
    assert list(basket) == [1, 2, 3]
    assert basket[0] == 1
    assert basket[1:] == [2, 3]
    basket[0] = 9
    del basket[1]
    assert basket.items == [9, 3]


def test_membership_is_found_by_looking_where_that_is_possible(fares: Any, program: Any) -> None:
    basket = fares.Basket([1, 2])
    assert 2 in basket
    assert 7 not in basket  # whatever its own __contains__ says
    assert not program.session.log.reported
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
    assert (1, 2) == point
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
    assert [5, 2, 3] == rows
    assert rows.total() == 10
    assert (len(rows), rows[-1], sum(rows), list(rows), repr(rows)) == (
        3, 3, 10, [5, 2, 3], "[5, 2, 3]",
    )  # fmt: skip
    assert rows + [1] == [5, 2, 3, 1]
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
    assert dataclasses.is_dataclass(fares.Ticket)
    with pytest.raises(TypeError):
        fares.Ticket()


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
    data, inner = bytearray(b"\x00"), ([],)
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

    class Own(Exception):
        pass

    error = Own("x")

    def raise_own() -> None:
        raise error

    with pytest.raises(Own) as own:
        made.loudly(raise_own)
    assert own.value is error
    with pytest.raises(KeyError):
        made.loudly(lambda: {}["k"])


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


def test_other_objects_of_the_suite_are_the_authors_fault(fares: Any, author_fault: Any) -> None:
    class Spy:
        pass

    with pytest.raises(author_fault, match=r"candidate\.lend"):
        fares.identity(Spy())


def test_values_too_deep_to_be_sent_are_the_authors_fault(fares: Any, author_fault: Any) -> None:
    value: Any = ()
    for _ in range(200):
        value = (value,)
    with pytest.raises(author_fault, match="cannot cross"):
        fares.identity(value)


def test_values_too_large_to_be_sent_are_the_authors_fault(fares: Any, author_fault: Any) -> None:
    with pytest.raises(author_fault, match="larger than 16 MB"):
        fares.identity("x" * (17 << 20))


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
