"""Multiplies the number by itself.

TODO: name the file for the misconception, and say here why people have it. 2 and 0 hide this one.
"""


class NumberError(Exception):
    """The number is not one that has an answer."""


def answer(number: int) -> int:
    """Return the answer to a number, 0 or more."""
    if number < 0:
        raise NumberError(f"the number is to be 0 or more, not {number}")
    return number * number
