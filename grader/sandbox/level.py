"""How much stands between a learner's program and the machine."""

from __future__ import annotations

import enum

from grader.errors import UsageError

from .inside import plan


class Level(enum.IntEnum):
    """Isolation levels, weakest first. The layers in force are listed in the package's README."""

    NONE = plan.NONE
    BASIC = plan.BASIC
    RESTRICTED = plan.RESTRICTED
    FULL = plan.FULL

    @property
    def label(self) -> str:
        """The level's name as people write it: "full"."""
        return self.name.lower()

    @classmethod
    def parse(cls, text: str) -> Level:
        """Return the level that `text` names; raise `UsageError` when there is none."""
        for level in cls:
            if level.label == text.strip().lower():
                return level
        names = ", ".join(level.label for level in reversed(cls))
        raise UsageError(f"There is no isolation level {text!r}. Choose one of: {names}.")
