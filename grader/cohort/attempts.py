"""Which attempt a hand-in is, and whether it counts by the course's own rules.

Handing in the same work again is no new attempt, unless other work was handed in between.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from grader.catalogue import Attempts
from grader.cohort.identity import Person
from grader.evidence import Mode

Earlier = tuple[datetime, str, Mode]  # when, the digest of the work, how it was taken


def moment_of(
    handed_in_at: datetime | None, work: str, earlier: Sequence[Earlier]
) -> datetime | None:
    """When this work counts as handed in; None when nothing says it.

    `earlier` are all hand-ins of the exercise by the same apprentice, oldest first.
    """
    if handed_in_at is None:
        return next((when for when, known, _ in earlier if known == work), None)
    before = [(when, known) for when, known, _ in earlier if when <= handed_in_at]
    return before[-1][0] if before and before[-1][1] == work else handed_in_at


def not_counted(
    when: datetime, work: str, earlier: Sequence[Earlier], rules: Attempts, person: Person
) -> str:
    """Why a hand-in is practice only, as a sentence; "" when it counts."""
    assessed = [(at, known) for at, known, mode in earlier if mode is Mode.ASSESSED]
    if (when, work) in assessed:
        return ""  # it was taken as one that counts; a rule that came later changes nothing
    before = [at for at, _ in assessed if at <= when]
    allowed = rules.allowed + person.extra_attempts
    if rules.allowed and len(before) >= allowed:
        own = f" and {person.extra_attempts} of your own" if person.extra_attempts else ""
        return (
            f"This is hand-in {len(before) + 1}, and {rules.allowed} count in this course{own}. "
            "It was graded as practice."
        )
    wait = timedelta(hours=rules.wait_hours)
    if before and when - before[-1] < wait:
        return (
            f"It was handed in less than {rules.wait_hours:g} hours after the one before. "
            "It was graded as practice."
        )
    return ""
