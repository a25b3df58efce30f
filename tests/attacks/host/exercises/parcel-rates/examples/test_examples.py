"""The worked example of the ticket."""

from solution import rate


def test_one_kilogram() -> None:
    """One kilogram costs 250."""
    assert rate(1) == 250
