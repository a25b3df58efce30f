import enum


class Colour(enum.Enum):
    RED = 1
    CYAN = 2

    def opposite(self):
        return Colour.CYAN if self is Colour.RED else Colour.RED


class Level(enum.IntEnum):
    LOW = 1
    HIGH = 10


class Mode(enum.StrEnum):
    READ = "r"
    WRITE = "w"


class Permission(enum.Flag):
    READ = enum.auto()
    WRITE = enum.auto()
    RUN = enum.auto()


class Planet(enum.Enum):
    EARTH = (5.97, 6.37)
    MARS = (0.64, 3.39)

    def __init__(self, mass, radius):
        self.mass, self.radius = mass, radius

    def heavier_than(self, other):
        return self.mass > other.mass


def parse(text):
    return Colour.CYAN
