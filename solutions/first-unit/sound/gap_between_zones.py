"""Works out the gap between the two ends without trying combinations."""

from __future__ import annotations

from network import STOPS


class UnknownStopError(KeyError):
    """Nobody can get on or off there."""

    def __init__(self, *, stop: str, where: str) -> None:
        super().__init__(where)
        self.stop = stop


def fare(start: str, end: str, concession: bool = False) -> int:
    """Return the price of one trip in whole pence."""
    for where, stop in (("start", start), ("end", end)):
        if stop not in STOPS:
            raise UnknownStopError(stop=stop, where=where)
    innermost_highest, outermost_lowest = (
        min(max(STOPS[start]), max(STOPS[end])),
        max(min(STOPS[start]), min(STOPS[end])),
    )
    borders = sorted((0, outermost_lowest - innermost_highest, 4))[1]
    pence = 185 + 60 * borders
    return pence >> 1 if concession else pence
