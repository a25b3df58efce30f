# ruff: noqa
import collections, enum, sys


class FareError(ValueError):
    pass


class Money:
    unit = "p"

    def __init__(self, pence=0):
        self.pence = pence

    def __add__(self, other):
        return Money(self.pence + other.pence)

    def __eq__(self, other):
        return isinstance(other, Money) and self.pence == other.pence

    def __len__(self):
        return self.pence

    def __enter__(self):
        return self

    def __exit__(self, kind, error, trace):
        self.pence = -1
        return kind is KeyError

    @staticmethod
    def zero():
        return 0


class Zone(enum.Enum):
    ONE = 1


class Level(enum.IntEnum):
    LOW = 1


class Name(str):
    def __str__(self):
        return "a lie"

    def __iter__(self):
        return iter("a lie")


class Row(list):
    pass


class Table(dict):
    def items(self):
        return []

    def __getitem__(self, key):
        return "a lie"


class Weight(float):
    pass


class Wave(complex):
    pass


Point = collections.namedtuple("Point", "x y")


def price(zone, *extra, **named):
    print("pricing", zone)
    return zone * 10


def echo(value):
    return value


def make(kind):
    return {
        "money": Money(3),
        "zone": Zone.ONE,
        "level": Level.LOW,
        "name": Name("Ann"),
        "row": Row([1, 2]),
        "table": Table(a=1),
        "weight": Weight(2.5),
        "wave": Wave(1j),
        "point": Point(1, 2),
        "odd": object(),
        "class": Money,
        "level-class": Level,
        "std": collections.ChainMap,
        "flag": enum.Flag,
    }[kind]


def fill(items, table, found, data):
    items.append(items)
    table["new"] = items
    found.clear()
    data += b"!"


def fail(how):
    if how == "own":
        raise FareError("no such zone", 7)
    if how == "exit":
        sys.exit(3)
    if how == "cause":
        try:
            {}["k"]
        except KeyError as error:
            raise FareError("wrapped") from error
    if how == "context":
        try:
            1 / 0
        except ZeroDivisionError:
            raise FareError("meanwhile")
    if how == "odd-text":

        class Odd(Exception):
            def __str__(self):
                raise RuntimeError("no text")

        raise Odd(object())
    if how == "syntax":
        compile("x = (", __file__, "exec")


def deep():
    value = []
    for _ in range(200):
        value = [value]
    return value


def deep_rows():
    value = Row()
    for _ in range(400):
        value = Row([value])
    return value


def large():
    return ["x" * (1 << 20)] * 30


def call(function, *args):
    return function(*args)


def call_safely(function, *args):
    try:
        return function(*args)
    except Exception as error:
        return type(error).__name__, str(error)


def call_and_raise_again(function):
    function()


def read(source):
    with source as lines:
        return lines.read(2)


def total(numbers):
    return sum(numbers)


def talk(text):
    sys.stdout.write(text)
    sys.stderr.write("oops")


def ask():
    return input("Zone? ")


def shut():
    sys.stdout.close()


def environment(name):
    import os

    return os.environ.get(name), sys.argv, os.getcwd()


def use_open():
    return open("x")


import types

other = types.ModuleType("other")
import fares as itself

number = 5
