import datetime
import functools


class Box:
    def __init__(self, content):
        self.content = content

    @functools.singledispatchmethod
    def add(self, other):
        raise NotImplementedError

    @add.register
    def _(self, other: str):
        return f"{self.content} and {other}"

    @add.register
    def _(self, other: int):
        return f"{self.content}, {other} times"


@functools.singledispatch
def encode(value):
    return str(value)


@encode.register
def _number(value: int):
    return f"number {value}"


@encode.register
def _bool(value: bool):
    return "yes" if value else "no"


@encode.register
def _text(value: str):
    return f"text {value!r}"


@encode.register
def _list(value: list):
    return "list of " + ", ".join(encode(item) for item in value)


@encode.register
def _date(value: datetime.date):
    return f"date {value.isoformat()}"


@encode.register
def _box(value: Box):
    return f"box with {encode(value.content)}"
