from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from program import RATE, add_tax, mix, parse, round_up, split


@pytest.mark.parametrize(
    ("amount", "expected"), [("10.00", "12.00"), ("0.99", "1.19"), ("0.05", "0.06")]
)
def test_tax(amount, expected):
    assert add_tax(Decimal(amount)) == Decimal(expected)


def test_two_places():
    assert str(add_tax(Decimal("10"))) == "12.00"
    assert add_tax(Decimal("10")).as_tuple().exponent == -2


def test_constant():
    assert RATE == Decimal("0.2")
    assert isinstance(RATE, Decimal)


def test_split_adds_up():
    parts = split(Decimal("10.00"), 3)
    assert parts == [Decimal("3.34"), Decimal("3.33"), Decimal("3.33")]
    assert sum(parts) == Decimal("10.00")


def test_fractions():
    assert mix(Fraction(1, 3), Fraction(1, 6)) == Fraction(1, 2)
    assert isinstance(mix(1, Fraction(1, 2)), Fraction)


def test_bad_text():
    with pytest.raises(ValueError):
        parse("ten")
    assert parse("1,234.50") == Decimal("1234.5")


def test_rounding_argument():
    assert round_up(Decimal("2.345"), ROUND_HALF_UP) == Decimal("2.35")
    assert round(2.675, 2) != float(round_up(Decimal("2.675"), ROUND_HALF_UP))
