"""Adds instead of multiplying. TODO: a correct program that is written quite differently."""


class NumberError(Exception):
    """The number is not one that has an answer."""


def answer(number: int) -> int:
    """Return the answer to a number, 0 or more."""
    if not number >= 0:
        raise NumberError(str(number))
    return number + number
