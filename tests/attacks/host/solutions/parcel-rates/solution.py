"""Parcel rates: the reference."""

import sys
from pathlib import Path


class ParcelError(ValueError):
    """A parcel that can't be carried."""


class Parcel:
    """One parcel; `weight` in kilograms."""

    def __init__(self, name, weight):
        self.name = name
        self.weight = weight

    def heavier(self, other):
        return self.weight > other.weight


class Van:
    """Holds parcels while its doors are open."""

    def __init__(self):
        self.names = []

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self.names.clear()

    def load(self, name):
        self.names.append(name)

    def count(self):
        return len(self.names)


def rate(weight):
    if weight <= 0:
        raise ParcelError("no such weight")
    return 150 + 100 * weight


def heaviest(weights):
    return max(weights)


def tidy(names):
    names.sort()


def each_twice(weights):
    for weight in weights:
        yield weight * 2


def apply(change, weights):
    return [change(weight) for weight in weights]


def visit(look, names):
    for name in names:
        look(name.strip())


def first_of(names):
    for name in names:
        return name


def label(name):
    return f"To: {name}"


def save(path, names):
    Path(path).write_text("\n".join(names))


def store(path, names):
    save(path, names)
    return Path(path)


def announce(name):
    print(f"Parcel for {name}")


if __name__ == "__main__":
    print(rate(int(sys.argv[1])))
