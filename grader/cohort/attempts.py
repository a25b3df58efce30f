"""Which attempt a hand-in is, and whether it counts by the course's own rules.

The gradebook numbers attempts as they arrive. What a hand-in says of its own time only helps to
know the same hand-in again; it decides no order, no number and no waiting time.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from grader.catalogue import Attempts
from grader.cohort.identity import Person
from grader.evidence import Mode
from grader.gradebook import Attempt


def known_as(
    claimed_at: datetime | None, work: str, earlier: Sequence[Attempt], read: str = ""
) -> Attempt | None:
    """The attempt that this hand-in is already; None when it is new.

    The same work again is no new attempt, unless it says that other work was handed in between.
    `earlier` are all hand-ins of the exercise by the same apprentice, in order of arrival. `work`
    is the digest of its bytes, `read` of what could be read, which older gradebooks hold.
    """

    def is_same(one: Attempt) -> bool:
        return one.work == (work if one.as_handed_in else read or work)

    same = [one for one in earlier if is_same(one)]
    if not same or claimed_at is None:
        return same[0] if same else None
    exact = next((one for one in same if one.claimed_at == claimed_at), None)
    if exact is not None:
        return exact
    told = [(one.claimed_at, one.number, one) for one in earlier if one.claimed_at is not None]
    before = [one for one in told if one[0] <= claimed_at]
    latest = max(before, key=lambda one: one[:2])[2] if before else earlier[-1]
    return latest if is_same(latest) else None


def not_counted(when: datetime, earlier: Sequence[Attempt], rules: Attempts, person: Person) -> str:
    """Why a new hand-in is practice only, as a sentence; "" when it counts."""
    before = [one.handed_in_at for one in earlier if one.mode is Mode.ASSESSED]
    allowed = rules.allowed + person.extra_attempts
    if rules.allowed and len(before) >= allowed:
        own = f" and {person.extra_attempts} of your own" if person.extra_attempts else ""
        return (
            f"This is hand-in {len(before) + 1}, and {rules.allowed} count in this course{own}. "
            "It was graded as practice."
        )
    # A date still to come is that of a clock which was wrong: nobody waits for it.
    past = [at for at in before if at <= when]
    if past and when - max(past) < timedelta(hours=rules.wait_hours):
        return (
            f"It was handed in less than {rules.wait_hours:g} hours after the one before. "
            "It was graded as practice."
        )
    return ""
