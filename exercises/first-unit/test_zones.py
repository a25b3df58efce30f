"""Your own tests of zones.py. One is here to start with: add what spec.md promises."""

from zones import fare


def test_trip_within_one_zone_costs_one_zone() -> None:
    """Clause 3.3."""
    assert fare("CE", "MK") == 185
