from dataclasses import dataclass, field


@dataclass(frozen=True)
class Point:
    x: int
    y: int


@dataclass
class Item:
    name: str
    pence: int
    tags: list = field(default_factory=list)

    def __post_init__(self):
        if self.pence < -1:
            raise ValueError("pence can't be negative")


@dataclass(order=True)
class Version:
    minor: int
    major: int
    label: str = field(default="", compare=False)


@dataclass
class Basket:
    items: list
    total: int = field(init=False)

    def __post_init__(self):
        self.total = sum(item.pence for item in self.items)
