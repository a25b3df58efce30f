from dataclasses import dataclass, field


@dataclass
class Item:
    name: str
    count: int = 0
    tags: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Label:
    text: str
    parts: list[str]
