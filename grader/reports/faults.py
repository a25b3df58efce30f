"""Why work could not be graded, for the tutor: one paragraph for each check that broke."""

from __future__ import annotations

from collections.abc import Iterator

from grader.reports.wording import check_words, listed
from grader.results import CheckResult, ExerciseResult, Outcome, Status

NEXT = (
    "What happens next: your tutor puts it right and your work is graded again. You need not "
    "change anything for that."
)


def faults_of(result: ExerciseResult) -> Iterator[str]:
    """The test or file that broke, the cause and the cure; empty when nothing broke."""
    for check in result.checks:
        if check.outcome is Outcome.BROKEN and check.tutor_notes:
            yield f"{check_words(check.name)}: {' '.join(_headlines(check))}"


class Faults:
    """The faults of many results: each is told once, with whose work waits for its cure."""

    def __init__(self) -> None:
        self._people: dict[tuple[str, str], set[str]] = {}

    def add(self, apprentice: str, result: ExerciseResult) -> None:
        """Count one result; nothing is noted unless it could not be graded."""
        if result.status is Status.BROKEN:
            why = " ".join(faults_of(result)) or "it could not be graded."
            self._people.setdefault((result.id, why), set()).add(apprentice)

    def __iter__(self) -> Iterator[str]:
        """One line for each fault."""
        for (exercise, why), people in self._people.items():
            yield f"{exercise}: {why} Not graded until then: {listed(sorted(people))}."

    def __bool__(self) -> bool:
        return bool(self._people)


def _headlines(check: CheckResult) -> Iterator[str]:
    """The first sentence of each note; one that only leads up to the next line, with that line."""
    for note in check.tutor_notes:
        first, _, rest = note.partition("\n")
        if first.endswith(":") and rest:
            first = f"{first} {rest.partition(chr(10))[0]}"
        yield first if first.endswith((".", "!", "?")) else f"{first}."
