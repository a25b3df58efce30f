"""Your own tests of zones.py. One is here to start with: add what spec.md promises."""

from zones import fare


def test_trip_from_zone_1_to_zone_3_costs_three_zones() -> None:
    """Clause 3.1."""
    assert fare("ML", "PA") == 305
