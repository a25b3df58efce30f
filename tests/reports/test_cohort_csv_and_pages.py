"""What leaves a cohort's report: exports for other systems, and the pages that are handed out."""

from __future__ import annotations

import csv
import io
import re
from datetime import date

import msgspec

from grader.disclosure import for_learner
from grader.reports.cohort_csv import Addressee, hours_csv, vle_csv
from grader.reports.cohort_pages import Cohort, write_pages
from grader.results import (
    ApprenticeReport,
    AttemptResult,
    Cell,
    CheckResult,
    Column,
    Digests,
    Example,
    Item,
    Matrix,
    Outcome,
    Row,
    Status,
)

CANARY = "canary-77413"


def attempt(status=Status.MET, *, practice=False, checks=()):
    checks = checks or (CheckResult(name="hidden-suite", outcome=Outcome.PASSED, points=3),)
    return AttemptResult(
        id="x",
        title="X",
        client="Tapline",
        track="build",
        difficulty=1,
        status=status,
        best=status,
        digest=Digests(exercise="", work=""),
        checks=checks,
        handed_in_at="2026-03-02T12:00:00+00:00",
        practice=practice,
    )


def rows(text):
    return list(csv.reader(io.StringIO(text)))


def test_points_for_the_vle():
    people = [
        ApprenticeReport(apprentice="a-1", exercises=(attempt(),)),
        ApprenticeReport(apprentice="a-2", exercises=(attempt(Status.PENDING),)),
        ApprenticeReport(apprentice="a-3", exercises=(attempt(practice=True),)),
        ApprenticeReport(apprentice="a-4"),
    ]
    known = {
        "a-1": Addressee("p1@uni.example", "=1+1"),
        "a-2": Addressee(name="Ada Moss", identifier="Participant 12"),
        "a-3": Addressee(identifier="12345"),
    }
    text, by_name, left = vle_csv(people, ["x", "y"], known)
    assert rows(text) == [
        ["Identifier", "Full name", "Email address", "x", "y"],
        ["", "'=1+1", "p1@uni.example", "3", ""],
        ["Participant 12", "Ada Moss", "", "", ""],
        ["12345", "", "", "", ""],
    ]
    assert (by_name, left) == (["a-2", "a-3"], ["a-4"])


def test_hours_are_an_estimate_of_what_is_met():
    people = [
        ApprenticeReport(apprentice="a-1", exercises=(attempt(),)),
        ApprenticeReport(apprentice="a-2", exercises=(attempt(Status.PARTLY),)),
    ]
    head, *told = rows(hours_csv(people, {"x": 45}))
    assert "estimated hours" in head
    assert [one[:5] for one in told] == [
        ["a-1", "1", "0.75", "2026-03-02", "2026-03-02"],
        ["a-2", "0", "0.00", "", ""],
    ]


def test_a_page_that_is_handed_out_holds_nothing_hidden(tmp_path):
    item = Item(
        id=f"test_x.py::test_x[{CANARY}]",
        outcome=Outcome.FAILED,
        sentence="A child pays half.",
        behaviour=CANARY,
        example=Example(call=f"price({CANARY})", expected=CANARY, seen=CANARY),
        detail=CANARY,
        calls=(f"price() -> {CANARY}",),
    )
    passed = Item(id=f"test_y[{CANARY}]", outcome=Outcome.PASSED, sentence=f"Holds: {CANARY}")
    check = CheckResult(
        name="hidden-suite",
        outcome=Outcome.FAILED,
        items=(item, passed),
        tutor_notes=(CANARY,),
        matrix=Matrix(columns=(Column(program=CANARY, sound=False),), rows=()),
    )
    report = ApprenticeReport(
        apprentice="a-1", exercises=(attempt(Status.NOT_YET, checks=(check,)),)
    )
    cohort = Cohort((), "0.1.0", "full", date(2026, 3, 9))
    write_pages(tmp_path, [report], cohort, for_learner)
    page = (tmp_path / "apprentice" / "apprentice-a-1.html").read_text()
    assert "A child pays half." in page
    assert CANARY not in page
    assert "can be handed to the apprentice" in (tmp_path / "index.html").read_text()
    # What is not disclosed would be seen by this test.
    write_pages(tmp_path, [report], cohort, lambda one: one)
    assert CANARY in (tmp_path / "apprentice" / "apprentice-a-1.html").read_text()


def test_an_exercises_page_shows_which_faulty_programs_escape(tmp_path, course_exercise):
    exercise = course_exercise("price-a-journey")
    columns = tuple(Column(program=name, sound=name == "reference") for name in ("reference", "a"))

    def tested(name, *rows):
        matrix = Matrix(
            columns=columns,
            rows=tuple(Row(test=f"t{n}", cells=cells) for n, cells in enumerate(rows)),
        )
        check = CheckResult(name="faulty-variants", outcome=Outcome.PASSED, matrix=matrix)
        made = msgspec.structs.replace(attempt(checks=(check,)), id=exercise.id)
        return ApprenticeReport(apprentice=name, exercises=(made,))

    good, wrong = (Cell.PASSED, Cell.FAILED), (Cell.FAILED, Cell.FAILED)
    people = [
        tested("a-1", good, good, wrong),
        tested("a-2", wrong),
        ApprenticeReport(apprentice="a-3"),
    ]
    cohort = Cohort((exercise,), "0.1.0", "full", date(2026, 3, 9))
    write_pages(tmp_path, people, cohort, for_learner)
    page = (tmp_path / "exercise" / "exercise-price-a-journey.html").read_text()
    table = page.partition("What their tests catch</h2>")[2]
    assert re.findall(r">(a-\d|\d tests?|– escaped|\d of \d)<", table) == [
        *("a-1", "2 tests"),
        *("a-2", "– escaped"),
        "1 of 2",
    ]
