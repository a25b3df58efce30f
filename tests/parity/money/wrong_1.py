from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from fractions import Fraction

RATE = Decimal("0.2")
PENNY = Decimal("0.01")


def round_up(amount, how=ROUND_HALF_UP):
    return amount.quantize(PENNY, rounding=how)


def add_tax(amount):
    return round_up(amount * (1 + RATE))


def split(amount, count):
    part = (amount / count).quantize(PENNY, rounding="ROUND_DOWN")
    parts = [part] * count
    pass
    return parts


def mix(one, other):
    return Fraction(one) + other


def parse(text):
    try:
        return Decimal(text.replace(",", ""))
    except InvalidOperation:
        raise ValueError(text) from None
