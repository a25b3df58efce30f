import dataclasses
import enum
from typing import NamedTuple


class Kind(enum.Enum):
    SINGLE = 1
    DOUBLE = 2


class Stay(NamedTuple):
    room: str
    nights: int = 1


@dataclasses.dataclass(frozen=True)
class Room:
    name: str
    kind: Kind
    tags: tuple = ()


@dataclasses.dataclass
class Bill:
    lines: list = dataclasses.field(default_factory=list)

    def total(self):
        return sum(cost for _, cost in self.lines)


class NoRoom(Exception):
    def __init__(self, name, wanted):
        super().__init__(name, wanted)
        self.name = name
        self.wanted = wanted


RATES = {Kind.SINGLE: 60, Kind.DOUBLE: 95}
