"""Spreads out from the start, zone by zone, until the end is reached."""

from __future__ import annotations

from dataclasses import dataclass

import network


@dataclass
class UnknownStopError(Exception):
    """No stop has this code."""

    stop: str


class Trip:
    """One trip from stop to stop."""

    def __init__(self, start: str, end: str) -> None:
        self.reached, self.goal = (self.zones(stop) for stop in (start, end))

    @staticmethod
    def zones(stop: str) -> set[int]:
        """Return the zones of a stop."""
        for code, zones in network.STOPS.items():
            if code == stop:
                return set(zones)
        raise UnknownStopError(stop)

    def pence(self) -> int:
        """Return the full price: 60 more each time that the end is not reached yet."""
        total, reached = 185, self.reached
        while total < 425 and reached.isdisjoint(self.goal):
            reached = reached | {zone + step for zone in reached for step in (-1, 1)}
            total += 60
        return total


def fare(start: str, end: str, concession: bool = False) -> int:
    """Return the price of one trip in whole pence."""
    full = Trip(start, end).pence()
    return divmod(full, 2)[0] if concession else full
