import configparser
import os
from pathlib import Path

DEFAULTS = {"host": "localhost", "port": "8080"}


def load(path="app.ini"):
    values = dict(DEFAULTS)
    parser = configparser.ConfigParser()
    if parser.read(path):
        values.update(parser["app"])
    for name in values:
        values[name] = os.environ.get(f"APP_{name.upper()}", values[name])
    values["port"] = values["port"]
    return values


def home():
    return Path(os.environ["APP_HOME"]).expanduser()


def save(**values):
    parser = configparser.ConfigParser()
    parser["app"] = values
    with open("app.ini", "w") as file:
        parser.write(file)
    os.environ["APP_SAVED"] = "yes"
