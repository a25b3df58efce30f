"""Whether a gradebook says of an invented cohort what its work merits."""

from __future__ import annotations

from collections.abc import Iterator

from grader.cohort.sample import Expected, Sample
from grader.evidence import Kind
from grader.gradebook import Gradebook, Stored
from grader.results import Outcome, Status


def compare(sample: Sample, gradebook: Gradebook) -> Iterator[str]:
    """Compare every hand-in of the rounds that were graded with what the gradebook says.

    For each of them a sentence on what is wrong, or "" when it got what it merits.
    """
    graded = _current(sample, gradebook)
    turns = {turn for turn, _, _ in graded}
    for one in sample.hand_ins:
        if one.round in turns:
            yield _wrong(one, _result(one, sample, graded))


def _current(sample: Sample, gradebook: Gradebook) -> dict[tuple[str, str, str], Stored]:
    turns = dict(zip(sample.handed_in, sample.rounds, strict=True))
    return {
        (turns[day], stored.apprentice, stored.exercise): stored
        for stored in gradebook.results()
        if (day := stored.handed_in_at.date().isoformat()) in turns
    }


def _result(
    one: Expected, sample: Sample, graded: dict[tuple[str, str, str], Stored]
) -> Stored | None:
    """What stands for a hand-in: the same work again is the attempt that it was before."""
    till = sample.rounds[: sample.rounds.index(one.round) + 1]
    keys = ((turn, one.apprentice, one.exercise) for turn in reversed(till))
    return next((graded[key] for key in keys if key in graded), None)


def _wrong(one: Expected, stored: Stored | None) -> str:
    what = f"{one.round}: {one.apprentice}, {one.exercise} ({one.kind})"
    if stored is None:
        kept = Status.NOT_STARTED not in one.status  # an untouched starter may be left out
        return f"{what} is not in the gradebook." if kept else ""
    if stored.status not in one.status:
        return f"{what} is {stored.status}, and should be {' or '.join(one.status)}."
    ended = _hidden(stored)
    if one.hidden and ended and ended != one.hidden:
        return f"{what}: the hidden suite {ended}, and it should say that it {one.hidden}."
    return ""


def _hidden(stored: Stored) -> str:
    """How the hidden suite ended; "" when it did not run."""
    suites = (check for check in stored.result.checks if check.name == Kind.HIDDEN_SUITE)
    outcomes = {item.outcome for check in suites for item in check.items}
    if not outcomes:
        return ""
    return "passes" if outcomes <= {Outcome.PASSED} else "fails"
