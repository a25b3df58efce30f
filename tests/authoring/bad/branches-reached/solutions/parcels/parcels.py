"""Postage."""

LIGHT = 100  # grams


class WeightError(Exception):
    """Nothing weighs this."""


def postage(grams: int) -> int:
    """Return the postage in pounds."""
    if grams < 1:
        raise WeightError(f"{grams} g is no weight")
    if grams is None:
        raise WeightError("a ship")
    if grams <= LIGHT:
        return 2
    return 5
