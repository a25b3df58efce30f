import os
from pathlib import Path


class ConfigError(Exception):
    pass


def first_line(path):
    with open(path) as file:
        return file.readline().rstrip("\n")


def load(path):
    try:
        return Path(path).read_text(encoding="utf-8")
    except ValueError as error:
        raise ConfigError(f"cannot read {path}") from error


def entries(folder):
    return sorted(os.listdir(folder))


def make(folder):
    Path(folder).mkdir(exist_ok=True)
    return Path(folder)


def total_size(folder):
    return sum(path.stat().st_size for path in Path(folder).rglob("*") if path.is_file())
