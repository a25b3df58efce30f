"""The tests of a suite with what its table of behaviours says of them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import msgspec

from grader.bridge import TestRecord
from grader.catalogue import BEHAVIOURS, Behaviour, read_behaviours
from grader.errors import ExerciseError
from grader.tables import did_you_mean


def with_behaviours(tests: Iterable[TestRecord], suite: Path) -> tuple[TestRecord, ...]:
    """Fill in points, KSBs, musts and clause; ExerciseError when the table and tests don't fit."""
    found = read_behaviours(suite)
    if not found.there:
        return tuple(tests)
    place = f"{suite.name}/{BEHAVIOURS}"
    problems = [text for _, text in found.problems]
    filled = []
    for test in tests:
        row = found.table.get(test.marks.behaviour)
        if row is not None:
            filled.append(_filled(test, row))
        elif test.marks.behaviour and not problems:
            advice = did_you_mean(test.marks.behaviour, found.table)
            problems.append(f"{test.id}: no behaviour `{test.marks.behaviour}` is there{advice}")
        else:
            filled.append(test)
    if problems:
        raise ExerciseError(f"The tests and {place} don't fit each other:", tuple(problems))
    return tuple(filled)


def _filled(test: TestRecord, row: Behaviour) -> TestRecord:
    own = test.marks
    facets = dict.fromkeys(row.facets[code] for code in row.ksbs if code in row.facets)
    marks = msgspec.structs.replace(
        own,
        points=row.points,
        ksbs=own.ksbs or row.ksbs,
        facets=own.facets if own.ksbs else tuple(facets),
        musts=tuple(dict.fromkeys((*row.musts, *own.musts))),
        clause=own.clause or row.clause,
    )
    return msgspec.structs.replace(test, marks=marks)
