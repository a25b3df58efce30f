"""Your own tests of parcels.py."""

from parcels import postage


def test_postage_can_be_called() -> None:
    """Add what the ticket promises."""
    assert postage(100) == 2
