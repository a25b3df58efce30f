import logging


def get_logger(path, level="INFO"):
    logger = logging.getLogger(f"app.{path}")
    logger.setLevel(level)
    logger.propagate = False
    handler = logging.FileHandler(path, encoding="utf-8")
    handler.setFormatter(logging.Formatter("%(levelname)s %(message)s"))
    logger.addHandler(handler)
    return logger


def divide(logger, a, b):
    logger.debug("dividing %s by %s", a, b)
    try:
        return a / b
    except ZeroDivisionError:
        logger.error("cannot divide")
        return None


def warn(message):
    logging.getLogger("shop").warning(message)


def count_levels(path):
    found = {}
    with open(path) as file:
        for line in file:
            level = line.split(" ", 1)[0]
            if level.isupper():
                found[level] = found.get(level, 0) + 1
    return found
