"""Reference tests of zones.py: one test for each thing that a clause of spec.md promises."""

from __future__ import annotations

import pytest

from zones import UnknownStopError, fare


@pytest.mark.parametrize(
    ("end", "expected"),
    [("ST", 245), ("PA", 305), ("WD", 365), ("AP", 425)],
    ids=["two zones", "three zones", "four zones", "five zones"],
)
def test_each_further_zone_costs_60p(end: str, expected: int) -> None:
    """Clauses 1.3 and 3.1, from zone 1."""
    assert fare("ML", end) == expected


@pytest.mark.parametrize(
    ("end", "expected"),
    [("ML", 245), ("PA", 365), ("WD", 425)],
)
def test_zone_0_counts_like_any_other(end: str, expected: int) -> None:
    """Clause 1.1."""
    assert fare("CE", end) == expected


@pytest.mark.parametrize(
    ("start", "end"),
    [("CE", "MK"), ("ST", "KN"), ("AP", "FE")],
)
def test_trip_within_one_zone_costs_one_zone(start: str, end: str) -> None:
    """Clause 3.3."""
    assert fare(start, end) == 185


@pytest.mark.parametrize("stop", ["CE", "PA", "QU"])
def test_trip_from_a_stop_to_itself_is_not_free(stop: str) -> None:
    """Clause 3.3; QU is an edge stop."""
    assert fare(stop, stop) == 185


@pytest.mark.parametrize(
    ("end", "expected"),
    [("ML", 245), ("ST", 185), ("PA", 185), ("WD", 245)],
)
def test_edge_stop_at_the_start_is_in_both_zones(end: str, expected: int) -> None:
    """Clause 3.2: QU is in zones 2 and 3."""
    assert fare("QU", end) == expected


@pytest.mark.parametrize(
    ("start", "expected"),
    [("ML", 245), ("ST", 185), ("PA", 185), ("WD", 245)],
)
def test_edge_stop_at_the_end_is_in_both_zones(start: str, expected: int) -> None:
    """Clause 3.2, at the other end."""
    assert fare(start, "QU") == expected


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("QU", "LK", 185),
        ("LK", "QU", 185),
        ("HO", "LK", 245),
        ("GR", "RB", 365),
    ],
    ids=["zone 3 in common", "the other way", "2 and 3", "4 to 1"],
)
def test_cheapest_combination_of_two_edge_stops(start: str, end: str, expected: int) -> None:
    """Clause 3.2, at both ends."""
    assert fare(start, end) == expected


@pytest.mark.parametrize(
    ("start", "end"),
    [("CE", "ML"), ("ML", "WD"), ("CE", "AP"), ("HO", "AP"), ("QU", "GR")],
)
def test_trip_costs_the_same_in_both_directions(start: str, end: str) -> None:
    """Clause 3.4."""
    assert fare(end, start) == fare(start, end)


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [("CE", "WD", 425), ("CE", "AP", 425), ("FE", "MK", 425)],
    ids=["five zones", "six zones", "six zones back"],
)
def test_at_most_five_zones_are_charged(start: str, end: str, expected: int) -> None:
    """Clause 3.5."""
    assert fare(start, end) == expected


@pytest.mark.parametrize(
    ("end", "expected"),
    [("ML", 92), ("ST", 122), ("PA", 152), ("WD", 182), ("AP", 212)],
)
def test_concession_is_half_rounded_down(end: str, expected: int) -> None:
    """Clause 4.1, for 1 to 5 zones."""
    assert fare("ML", end, concession=True) == expected


@pytest.mark.parametrize("concession", [False, True])
def test_answer_is_whole_pence(concession: bool) -> None:
    """Clause 4.2."""
    assert type(fare("ML", "ST", concession)) is int


@pytest.mark.parametrize(
    ("start", "end", "unknown"),
    [("ZZ", "CE", "ZZ"), ("CE", "ZZ", "ZZ"), ("YY", "ZZ", "YY"), ("ZZ", "ZZ", "ZZ")],
    ids=["start", "end", "both: the start's", "the same twice"],
)
def test_unknown_stop_is_refused(start: str, end: str, unknown: str) -> None:
    """Clauses 2.2 and 2.3."""
    with pytest.raises(UnknownStopError) as caught:
        fare(start, end)
    assert caught.value.stop == unknown


@pytest.mark.parametrize("code", ["M", "MLX", "ml", "ML ", ""])
def test_codes_are_compared_whole(code: str) -> None:
    """Clause 2.4."""
    with pytest.raises(UnknownStopError) as caught:
        fare(code, "CE")
    assert caught.value.stop == code
