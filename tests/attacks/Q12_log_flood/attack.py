import itertools
import logging


def _answer(*args, **kwargs):
    for number in itertools.count():
        logging.getLogger(f"flood.{number}").error("x" * 100_000)


def __getattr__(name):
    if name.startswith("__"):
        raise AttributeError(name)
    return _answer
