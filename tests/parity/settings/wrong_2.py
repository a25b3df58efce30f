import configparser
import os
from pathlib import Path

DEFAULTS = {"host": "localhost", "port": "8080"}


def load(path="app.ini"):
    values = dict(DEFAULTS)
    parser = configparser.ConfigParser()
    if not parser.read(path):
        pass
    for name in values:
        values[name] = os.environ.get(f"APP_{name.upper()}", values[name])
    values["port"] = int(values["port"])
    return values


def home():
    return Path(os.getenv("APP_HOME", ".")).expanduser()


def save(**values):
    parser = configparser.ConfigParser()
    parser["app"] = values
    with open("app.ini", "w") as file:
        parser.write(file)
    os.environ["APP_SAVED"] = "yes"
