"""Looks at one zone only of the stop at the end.

This is the program as it is given: the loop over the other end is missing. An edge stop is in two
zones, and somebody thought of that at the start of the trip only. Breaks clause 3.2.
"""

from network import STOPS

FIRST_ZONE = 185  # pence
FURTHER_ZONE = 60  # pence
MOST_ZONES = 5


class UnknownStopError(Exception):
    """A stop code that is not in the network; `stop` is the code as it was given."""

    def __init__(self, stop: str) -> None:
        super().__init__(f"there is no stop {stop!r} in the network")
        self.stop = stop


def fare(start: str, end: str, concession: bool = False) -> int:
    """Return the price of one trip in whole pence.

    start, end: stop codes such as "CE"
    concession: whether the rider has a concession card
    """
    zones = _zones_charged(_zones_of(start), _zones_of(end))
    pence = FIRST_ZONE + (zones - 1) * FURTHER_ZONE
    if concession:
        return pence // 2
    return pence


def _zones_of(stop: str) -> tuple[int, ...]:
    """Return the zone or the two zones that a stop is in."""
    if stop not in STOPS:
        raise UnknownStopError(stop)
    return STOPS[stop]


def _zones_charged(first: tuple[int, ...], last: tuple[int, ...]) -> int:
    """Return how many zones are paid for, from the zones of both ends."""
    fewest = MOST_ZONES
    for zone in first:
        zones = abs(zone - last[0]) + 1
        if zones < fewest:
            fewest = zones
    return fewest
