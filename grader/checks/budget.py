"""How long one grading may take: the wall-clock seconds in which the learner's work runs.

One budget for all checks of a hand-in, so that no program holds up the others. What runs of the
author's own, such as the reference, is not counted. What was over when the budget ended counts as
it is; what was not reached is not passed.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace

import msgspec

from grader.bridge import Examined, Examiner, Run

SECONDS = 60.0
LATE = "your program took longer than the tests may take in all; with a correct program they don't"
_TO_TELL = 3.0  # seconds before the end in which an examiner still says what it has found
_LEAST = 0.1


class Budget:
    """The seconds of one grading; `ended_in` is the check that used up the last of them."""

    def __init__(
        self, seconds: float | None = None, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.seconds = seconds or SECONDS
        self.ended_in = ""
        self._spent = 0.0
        self._clock = clock

    @property
    def left(self) -> float:
        """Seconds that are left, 0 or more."""
        return max(0.0, self.seconds - self._spent)

    @contextmanager
    def counted(self, check: str) -> Iterator[None]:
        """Count what goes by meanwhile."""
        began = self._clock()
        try:
            yield
        finally:
            self._spent += self._clock() - began
            if self.left <= _LEAST:
                self.ended_in = self.ended_in or check

    def within(self, seconds: float) -> float:
        """So many seconds, or what is left; never quite nothing, so that a deadline has passed."""
        return max(_LEAST, min(seconds, self.left))

    def run(self, examiner: Examiner, run: Run, check: str) -> Examined:
        """Run a suite on the learner's work, for no longer than is left."""
        if self.left <= _LEAST:
            return Examined(overdue=True)
        session = self.within(min(run.deadlines.session, self.left - _TO_TELL))
        deadlines = replace(run.deadlines, session=session)
        with self.counted(check):
            return examiner.run(replace(run, deadlines=deadlines, at_most=self.left))


def late(examined: Examined) -> Examined:
    """A run that took too long by the program's own doing: what it did not reach has failed."""
    return msgspec.structs.replace(examined, finished=True, ended=LATE)
