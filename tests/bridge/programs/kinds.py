# ruff: noqa
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


def add_to_kept(item):
    _kept.append(item)


def kept():
    return list(_kept)


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
        return self.side**2


def give(name):
    return {
        "money": lambda: Money(5),
        "plain": Plain,
        "basket": lambda: Basket([1, 2]),
        "point": lambda: Point(1, 2),
        "name": lambda: Name("Ann"),
        "count": lambda: Count(3),
        "rows": lambda: Rows([1, 2]),
        "rates": lambda: Rates(a=1),
        "colour": lambda: Colour.RED,
        "hidden": _hidden,
        "hidden_basket": _hidden_basket,
        "number": lambda: 5,
        "list": lambda: [Money(1), Money(2)],
        "dict": lambda: {"fare": Money(3)},
        "iterator": lambda: iter([1, 2]),
        "map": lambda: map(str, [1, 2]),
        "partial": lambda: functools.partial(max, 3),
        "lambda": lambda: lambda x: x + 1,
        "keys": lambda: {"a": 1}.keys(),
        "none": lambda: None,
        "counter": lambda: collections.Counter("aab"),
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
        def __eq__(self, other):
            return True

        def __lt__(self, other):
            return True

        __le__ = __gt__ = __ge__ = __lt__

        def __sub__(self, other):
            return 0

        __rsub__ = __add__ = __radd__ = __mul__ = __mod__ = __and__ = __floordiv__ = __sub__
        __truediv__ = __pow__ = __xor__ = __or__ = __lshift__ = __rshift__ = __matmul__ = __sub__
        __iadd__ = __sub__

        def __neg__(self):
            return 0

        __pos__ = __invert__ = __abs__ = __int__ = __index__ = __trunc__ = __neg__

        def __float__(self):
            return 0.0

        def __complex__(self):
            return 0j

        def __round__(self, digits=None):
            return 0

        __floor__ = __ceil__ = __round__

        def __bool__(self):
            return True

        def __len__(self):
            return 3

        def __hash__(self):
            return 0

        def __contains__(self, item):
            return True

        def __divmod__(self, other):
            return (0, 0)

        def __bytes__(self):
            return b""

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


def same(one, other):
    return one is other


def is_money(value):
    return isinstance(value, Money)


def parse(text):
    return json.loads(text)


def cell(zone: int, rider: str = "adult") -> int:
    return zone


def reach(target, path):
    for name in path.split("."):
        target = getattr(target, name)
    if path.startswith("__"):  # of the stand-in itself, not of what lives elsewhere
        raise AttributeError(path)
    return target


def put_attribute(target, name, value):
    setattr(target, name, value)
