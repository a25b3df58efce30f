"""TODO: the reference, written as a good colleague would."""


class NumberError(Exception):
    """The number is not one that has an answer."""


def answer(number: int) -> int:
    """Return the answer to a number, 0 or more."""
    if number < 0:
        raise NumberError(f"the number is to be 0 or more, not {number}")
    return 2 * number
