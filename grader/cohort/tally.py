"""What a run over a cohort came to, counted while it goes on."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from grader.cohort.grading import Step
from grader.reports.faults import Faults
from grader.results import Status


@dataclass
class Tally:
    """Counts of steps; all but `statuses` and `known` name what a tutor has to look at."""

    statuses: Counter[Status] = field(default_factory=Counter)
    known: int = 0
    broken: Faults = field(default_factory=Faults)
    refused: list[str] = field(default_factory=list)
    unkept: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    unreadable: list[str] = field(default_factory=list)

    def add(self, step: Step) -> None:
        """Count one step."""
        name = f"{step.apprentice} {step.exercise}"
        self.remarks += [f"{name}: {remark}" for remark in step.remarks]
        if step.refused:
            self.refused.append(f"{name}: {step.refused}")
        elif step.left:
            self.left.append(f"{name}: {step.left}")
        elif step.unkept:
            self.unkept.append(f"{name}: {step.unkept}")
        elif step.result is None:
            self.known += 1
        else:
            self.statuses[step.result.status] += 1
            late = step.result.out_of_time
            self.remarks += [f"{name}: {late}"] if late else []
            self.unreadable += [f"{name}: {reason}" for reason in step.result.unreadable]
            self.broken.add(step.apprentice, step.result)

    @property
    def graded(self) -> int:
        """How many were graded just now."""
        return sum(self.statuses.values()) - self.statuses[Status.NOT_STARTED]

    def exit_code(self, *, unmatched: int) -> int:
        """0 all was graded, 1 something was left out, 2 a grading came to no end or wasn't kept."""
        if self.broken or self.unkept:
            return 2
        return 1 if self.refused or self.left or unmatched else 0
