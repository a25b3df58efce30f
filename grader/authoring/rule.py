"""What a rule of the lint is."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from grader.authoring.findings import Finding
from grader.authoring.subject import Subject
from grader.authoring.trials import Results, Trial


def no_trials(_subject: Subject) -> Iterable[Trial]:
    """A rule that only reads."""
    return ()


@dataclass(frozen=True)
class Rule:
    """One rule: which programs it wants tried out, and what it makes of the results.

    `find` gets the result of each trial that `trials` named, and names none of its own.
    """

    find: Callable[[Subject, Results], Iterable[Finding]]
    trials: Callable[[Subject], Iterable[Trial]] = no_trials

    @property
    def only_reads(self) -> bool:
        """Whether the rule runs nothing."""
        return self.trials is no_trials
