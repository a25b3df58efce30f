import logging


def _answer(*args, **kwargs):
    logging.error("%(a)s" * 100_000, {"a": "x" * 1_000_000})
    logging.error("%s" * 3, "x" * 3_000_000, "y" * 3_000_000, "z" * 3_000_000)
    logging.error("%0*d", 999_999_999, 1)
    logging.error("%.999999999f", 1.0)
    return 1


def __getattr__(name):
    if name.startswith("__"):
        raise AttributeError(name)
    return _answer
