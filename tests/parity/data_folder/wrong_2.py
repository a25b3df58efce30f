from pathlib import Path

import units
from units import to_metres

DATA = Path(__file__).resolve().parent / "data"
FRUIT = [line for line in (DATA / "fruit.txt").read_text().splitlines() if line]


def magic(name="logo.png"):
    with open(name, "rb") as file:
        return file.read()


def names():
    return sorted(path.name for path in DATA.iterdir())


def total(lengths):
    return sum(to_metres(value, unit) for value, unit in lengths)


def known_units():
    return units.FACTORS


def converter():
    return to_metres


def add(name):
    with open(DATA / "fruit.txt", "w") as file:
        file.write(name + "\n")
    return len((DATA / "fruit.txt").read_text().splitlines())
