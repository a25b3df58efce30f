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


def label(name):
    return f"To: {name}"


def save(path, names):
    Path(path).write_text("\n".join(names))


def announce(name):
    print(f"Parcel for {name}")


if __name__ == "__main__":
    print(rate(int(sys.argv[1])))
