"""A cohort as JSON, an apprentice a line, written as it is made."""

from __future__ import annotations

import platform
from collections.abc import Iterable, Iterator, Sequence

from grader.results import ApprenticeReport, CohortReport, IntakeEntry, encoded


def cohort_json(
    grader: str,
    isolation: str,
    unmatched: Sequence[str],
    apprentices: Iterable[ApprenticeReport],
    intake: Sequence[IntakeEntry] = (),
    to_ask: Sequence[str] = (),
) -> Iterator[bytes]:
    """Pieces of a document that follows the schema of CohortReport."""
    head = encoded(
        CohortReport(
            grader=grader,
            isolation=isolation,
            python=platform.python_version(),
            unmatched=tuple(unmatched),
            intake=tuple(intake),
            to_ask=tuple(to_ask),
        )
    )
    start, end = b'"apprentices":[', b"]}"
    assert head.endswith(start + end)
    yield head[: -len(end)]
    for number, one in enumerate(apprentices):
        yield (b",\n" if number else b"\n") + encoded(one)
    yield b"\n" + end + b"\n"
