"""Charges one zone less for every trip towards the centre.

`range` leaves out its end. On the way out a `+ 1` makes up for it; the way back, counted down,
would need a `- 1`, and nobody thinks of it. Breaks clause 3.4.
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
        for other in last:
            zones = len(_zones_passed(zone, other))
            if zones < fewest:
                fewest = zones
    return fewest


def _zones_passed(zone: int, other: int) -> range:
    """Return the zones from one to the other, as far as they are charged."""
    if zone <= other:
        return range(zone, min(other, zone + MOST_ZONES - 1) + 1)
    return range(zone, max(other, zone - MOST_ZONES + 1), -1)
