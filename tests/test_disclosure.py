"""A report that its learner may have holds of a hidden suite only what is for them."""

from __future__ import annotations

import msgspec

from grader.disclosure import for_learner
from grader.results import (
    CheckResult,
    Column,
    Digests,
    Example,
    ExerciseResult,
    GradeReport,
    Item,
    Matrix,
    Outcome,
    Status,
    to_json,
)


def report(*checks: CheckResult) -> GradeReport:
    result = ExerciseResult(
        id="x",
        title="X",
        client="Tapline",
        track="build",
        difficulty=1,
        status=Status.NOT_YET,
        digest=Digests(exercise="", work=""),
        checks=checks,
    )
    return GradeReport(grader="0", isolation="full", submission="work", exercises=(result,))


def item(name: str, outcome: Outcome) -> Item:
    return Item(
        id=f"test_secret.py::test_secret_{name}[secret]",
        outcome=outcome,
        sentence=f"Told when {name} fails.",
        behaviour="secret",
        musts=("kept",),
        example=Example(call="secret()", expected="secret", seen="secret"),
        detail="secret",
        calls=("secret() -> 5",),
    )


def check(name: str) -> CheckResult:
    items = (item("one", Outcome.FAILED), item("two", Outcome.PASSED))
    return CheckResult(
        name=name,
        outcome=Outcome.FAILED,
        items=items,
        tutor_notes=("secret",),
        summary="No.",
        matrix=Matrix(columns=(Column(program="secret", sound=False),), rows=()),
    )


def test_of_a_hidden_check_only_what_is_for_the_learner_is_left():
    told = for_learner(report(check("hidden-suite")))
    assert b"secret" not in to_json(told)
    first, second = told.exercises[0].checks[0].items
    assert (first.id, second.id) == ("hidden-suite::1", "hidden-suite::2")
    assert first.behaviour == second.behaviour
    assert (first.sentence, second.sentence) == ("Told when one fails.", "")
    assert first.musts == ("kept",)


def test_a_kind_of_check_that_is_not_known_is_hidden():
    assert b"secret" not in to_json(for_learner(report(check("something-new"))))


def test_of_a_visible_check_only_the_tutors_part_is_taken_out():
    first = for_learner(report(check("examples"))).exercises[0].checks[0].items[0]
    assert first.example is not None
    assert first.id.startswith("test_secret.py")
    assert (first.detail, first.calls) == ("", ())


def test_it_is_a_report_like_any_other():
    told = for_learner(report(check("hidden-suite")))
    assert msgspec.json.decode(to_json(told), type=GradeReport) == told


def test_no_place_of_an_exception_and_no_time_of_a_hidden_test_is_told():
    failed = msgspec.structs.replace(
        item("one", Outcome.FAILED), cause="error", where="fares.py, line 77", seconds=0.77
    )
    hidden = msgspec.structs.replace(check("hidden-suite"), items=(failed,), seconds=7.7)
    made = report(hidden)
    exercises = (msgspec.structs.replace(made.exercises[0], seconds=77.0),)
    told = to_json(for_learner(msgspec.structs.replace(made, exercises=exercises)))
    assert b"77" not in told
    assert b"7.7" not in told
    assert b"fares.py" not in told


def test_where_an_import_failed_and_what_is_wrong_in_a_file_are_told():
    for cause in ("import", ""):
        failed = msgspec.structs.replace(
            item("one", Outcome.FAILED), cause=cause, where="fares.py, line 77"
        )
        hidden = msgspec.structs.replace(check("hidden-suite"), items=(failed,))
        assert b"fares.py, line 77" in to_json(for_learner(report(hidden)))
