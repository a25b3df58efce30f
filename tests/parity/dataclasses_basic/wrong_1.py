from dataclasses import dataclass, field


@dataclass(unsafe_hash=True)
class Point:
    x: int
    y: int


@dataclass
class Item:
    name: str
    pence: int
    tags: list = field(default_factory=list, repr=False)

    def __post_init__(self):
        if self.pence < 0:
            raise ValueError("pence can't be negative")


@dataclass(order=True)
class Version:
    major: int
    minor: int
    label: str = field(default="", compare=True)


@dataclass
class Basket:
    items: list
    total: int = field(init=False)

    def __post_init__(self):
        self.total = sum(item.pence for item in self.items)
