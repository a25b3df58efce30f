"""How one run is shared: people are served in turn, and nobody has more than a share of it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import zip_longest

from grader.cohort.intake import Found

MOST_HAND_INS = 10
MOST_MINUTES = 30.0


class Shares:
    """What each person has had in one run.

    At most `hand_ins` of one exercise by one person are graded, and no further ones are begun for
    somebody after `minutes` of grading. What is left is named, and the same command goes on.
    """

    def __init__(self, hand_ins: int = MOST_HAND_INS, minutes: float = MOST_MINUTES) -> None:
        self._hand_ins = hand_ins
        self._minutes = minutes
        self._begun: Counter[tuple[str, str]] = Counter()
        self._seconds: defaultdict[str, float] = defaultdict(float)

    def began(self, apprentice: str, exercise: str) -> None:
        """A hand-in is being graded."""
        self._begun[apprentice, exercise] += 1

    def took(self, apprentice: str, seconds: float) -> None:
        """A hand-in was graded in so many seconds."""
        self._seconds[apprentice] += seconds

    def used_up(self, apprentice: str, exercise: str) -> str:
        """Why a further hand-in is left, as the end of a sentence; "" when it is not."""
        if self._begun[apprentice, exercise] >= self._hand_ins:
            return (
                f"was left for another run: one run grades {self._hand_ins} hand-ins of an "
                "exercise by one person. Run this again to go on, or raise it with --most-hand-ins."
            )
        if self._seconds[apprentice] >= 60 * self._minutes:
            return (
                f"was left for another run: one run grades one person's work for "
                f"{self._minutes:g} minutes. Run this again to go on, or raise it with "
                "--most-minutes."
            )
        return ""


def in_turns(found: Sequence[Found]) -> list[Found]:
    """One hand-in of everybody, then the next of everybody; each one's own stay in their order."""
    queues: dict[str, list[Found]] = {}
    for one in found:
        queues.setdefault(one.apprentice, []).append(one)
    return [one for turn in zip_longest(*queues.values()) for one in turn if one is not None]
