"""What a kind of check is, and what it may use."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any

import msgspec

from grader.bridge import Examiner
from grader.catalogue import Exercise
from grader.checks.budget import Budget
from grader.individual import NOBODY, Learner
from grader.results import CheckResult, Judgement

Share = Annotated[float, msgspec.Meta(ge=0, le=1, description="a share from 0 to 1")]


class Options(msgspec.Struct, frozen=True, kw_only=True, rename="kebab"):
    """What every table `[checks.…]` may hold."""

    ksbs: tuple[str, ...] = ()
    needed: Share = 1.0
    required: bool = True


@dataclass(frozen=True)
class Context:
    """One submission to one exercise. `work` is clean, `given` and `solution` are the author's.

    `judgements` are a tutor's on this exercise and learner; they may be none. `results` are those
    of the checks above this one in `exercise.toml`. All checks share one `budget`.
    """

    exercise: Exercise
    work: Mapping[str, bytes]
    given: Mapping[str, bytes]
    solution: Path | None
    examiner: Examiner
    learner: Learner = NOBODY
    judgements: tuple[Judgement, ...] = ()
    results: tuple[CheckResult, ...] = ()
    budget: Budget = field(default_factory=Budget)

    @property
    def files(self) -> dict[str, bytes]:
        """All that lies in the folder in which the learner's program runs."""
        return {**self.work, **self.given}


@dataclass(frozen=True)
class Check:
    """One kind of check: its name in `exercise.toml`, its options, and how it is run.

    `visible` checks need nothing of `solutions/` and run on an apprentice's own machine. `carries`
    gives the codes of a check whose items can't carry others, so that it voids no others when it
    breaks; without it a broken check stands for all codes of the exercise.
    """

    name: str
    options: type[Options]
    run: Callable[[Context, Any], CheckResult]
    visible: bool = False
    carries: Callable[[Any], tuple[str, ...]] | None = None
