"""What an examiner process reports of a suite: one record per test."""

from __future__ import annotations

import msgspec

from grader.results import Example


class Marks(msgspec.Struct, frozen=True, kw_only=True):
    """What the author wrote beside a test: its sentence and markers."""

    sentence: str = ""
    ksbs: tuple[str, ...] = ()
    facets: tuple[str, ...] = ()
    behaviour: str = ""
    points: int = 1
    musts: tuple[str, ...] = ()
    hint: str = ""
    feedback: str = ""
    clause: str = ""


class TestRecord(msgspec.Struct, frozen=True, kw_only=True):
    """How one test ended. `reason` and `where` may be shown to the learner; `detail` may not."""

    __test__ = False

    id: str
    outcome: str = "missing"
    marks: Marks = Marks()
    cause: str = ""
    reason: str = ""
    where: str = ""
    reported: bool = False
    seconds: float = 0.0
    detail: str = ""
    calls: tuple[str, ...] = ()
    example: Example | None = None


class Examined(msgspec.Struct, frozen=True, kw_only=True):
    """All that one run of a suite said. `finished` is false when it did not come to its end.

    `overdue`: it was ended from outside, because its time was up. `ended` is set when that was
    found to be the program's doing: the reason in plain words. `arcs` are ways from line to line
    that were measured, by file.
    """

    tests: tuple[TestRecord, ...] = ()
    module_errors: tuple[tuple[str, str, str], ...] = ()
    faults: tuple[str, ...] = ()
    flattened: tuple[str, ...] = ()
    arcs: dict[str, tuple[tuple[int, int], ...]] = {}
    remarks: tuple[str, ...] = ()
    finished: bool = False
    overdue: bool = False
    ended: str = ""
