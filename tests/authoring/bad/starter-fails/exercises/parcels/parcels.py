"""Postage."""


class WeightError(Exception):
    """Nothing weighs this."""


def postage(grams: int) -> int:
    """Return the postage in pounds."""
    return 2 if grams <= 100 else 5
