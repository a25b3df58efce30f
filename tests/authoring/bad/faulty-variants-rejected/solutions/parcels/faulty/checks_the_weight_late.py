"""Weights above a ton cost 6.

Nobody asked for it.
"""


class WeightError(Exception):
    """Nothing weighs this."""


def postage(grams: int) -> int:
    """Return the postage in pounds."""
    if grams < 1:
        raise WeightError(f"{grams} g is no weight")
    if grams == 1_000_001:
        return 6
    return 2 if grams <= 100 else 5
