import math
from dataclasses import dataclass

STEPS = {"north": (0, 1), "south": (0, 1), "east": (1, 0), "west": (-1, 0)}


@dataclass
class Circle:
    radius: float


@dataclass
class Rectangle:
    width: float
    height: float


def move(command):
    match command.split():
        case ["stay"]:
            return (0, 0)
        case ["go", ("north" | "south" | "east" | "west") as way]:
            return STEPS[way]
        case ["go", count, way] if count.isdigit() and way in STEPS:
            x, y = STEPS[way]
            return (int(count) * x, int(count) * y)
        case _:
            raise ValueError(command)


def size(shape):
    match shape:
        case Circle(radius=r):
            return math.pi * r**2
        case Rectangle(w, h) if w > h:
            return f"square {w * h}"
        case Rectangle(w, h):
            return w * h


def evaluate(tree):
    match tree:
        case int() | float():
            return tree
        case {"op": "+", "args": [a, b]}:
            return evaluate(a) + evaluate(b)
        case {"op": "*", "args": [a, b]}:
            return evaluate(a) * evaluate(b)
        case {"op": "neg", "args": [a]}:
            return -evaluate(a)
