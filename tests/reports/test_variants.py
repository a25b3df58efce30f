"""Faulty variants in reports: what a learner reads, and the table that only a tutor sees."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import msgspec
import pytest
from rich.console import Console

from grader.reports import page, render, tell
from grader.results import (
    Cell,
    CheckResult,
    Column,
    Digests,
    ExerciseResult,
    GradeReport,
    Item,
    Matrix,
    Outcome,
    Row,
    Status,
    to_json,
)

MATRIX = Matrix(
    columns=(
        Column(program="reference", sound=True),
        Column(program="rounds_down", sound=False, caught=True),
        Column(program="five_rides_free", sound=False),
    ),
    rows=(
        Row(test="test_fares.py::test_half", cells=(Cell.PASSED, Cell.FAILED, Cell.PASSED)),
        Row(
            test="test_fares.py::test_<b>luck</b>",
            cells=(Cell.UNSTEADY, Cell.NO_VERDICT, Cell.FAILED),
            note="it is not steady",
        ),
    ),
)


def escaped(number: int, **more: Any) -> Item:
    facts = {"reason": "3 of 4 make none of them fail", "hint": "Clause by clause.", **more}
    return Item(
        id=f"faulty-variants::{number}",
        outcome=Outcome.FAILED,
        sentence="Each faulty program makes one of your tests fail.",
        behaviour=f"faulty-variants::{number}",
        **facts,
    )


def report(*items: Item) -> GradeReport:
    check = CheckResult(
        name="faulty-variants",
        outcome=Outcome.FAILED,
        points=1,
        points_max=4,
        summary="Caught: 1 of 4 faulty programs, 4 needed.",
        items=items,
        matrix=MATRIX,
    )
    exercise = ExerciseResult(
        id="one",
        title="One",
        client="Tapline",
        track="build",
        difficulty=1,
        status=Status.MUST_FAILED,
        digest=Digests(exercise="", work=""),
        checks=(check,),
    )
    return GradeReport(grader="1", isolation="full", submission="x", exercises=(exercise,))


def test_faulty_programs_that_are_not_described_are_told_once() -> None:
    told = tell(report(escaped(1), escaped(2), escaped(3)).exercises[0])
    (problem,) = told.problems
    assert (problem.reason, problem.more) == ("3 of 4 make none of them fail", ())
    assert problem.hint == "Clause by clause."


def test_a_must_is_told_by_itself_and_first() -> None:
    told = tell(report(escaped(1), escaped(2, musts=("no-row-lost",))).exercises[0])
    assert [one.must for one in told.problems] == [True, False]


@pytest.mark.parametrize("tutor", [False, True])
def test_only_the_tutor_sees_the_table(
    tutor: bool, new_screen: Callable[..., Console], text_of: Callable[[Console], str]
) -> None:
    console = new_screen(120, "utf-8")
    made = report(escaped(1))
    render(made, console, tutor=tutor)
    html = page(made, today=date(2026, 6, 1), tutor=tutor)
    assert ("five_rides_free, escaped" in text_of(console)) is tutor
    assert ("five_rides_free, escaped" in html) is tutor
    if tutor:
        text = text_of(console)
        assert "F-  rounds_down, caught" in text
        assert ".~  reference, correct" in text
        assert "it is not steady" in text
        assert "it is not steady" in html
    assert "<b>luck" not in html


def test_the_table_keeps_to_the_contract() -> None:
    made = report(escaped(1))
    assert msgspec.json.decode(to_json(made), type=GradeReport) == made
