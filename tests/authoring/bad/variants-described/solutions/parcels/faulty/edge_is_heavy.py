"""A parcel of exactly 100 g costs 5."""


class WeightError(Exception):
    """Nothing weighs this."""


def postage(grams: int) -> int:
    """Return the postage in pounds."""
    if grams < 1:
        raise WeightError(f"{grams} g is no weight")
    return 2 if grams < 100 else 5
