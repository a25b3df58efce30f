import os


def save(path, names):
    with open(path, "w") as file:
        file.truncate(1 << 40)

