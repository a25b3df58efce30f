from collections.abc import Callable
from typing import Generic, Protocol, TypeVar, runtime_checkable

T = TypeVar("T")


@runtime_checkable
class Named(Protocol):
    def name(self) -> str:
        ...


class Duck:
    def name(self) -> str:
        return "duck"


class Robot:
    number = 7


class Readable:
    def __init__(self, source: Callable[[], str]):
        self.read = source


class Stack(Generic[T]):
    def __init__(self):
        self._items = []

    def push(self, item: T) -> None:
        self._items.append(item)

    def pop(self) -> T:
        return self._items.pop()


def mean(values: tuple) -> float:
    return sum(values) / len(values)


def greet(thing: Named, loud: bool = True) -> str:
    text = f"hello {thing.name()}"
    return text.upper() if loud else text
