"""A suite that is broken names the test or the file, the cause and the cure."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from grader.checks.suite_faults import DOUBT, file_fault
from grader.checks.suite_faults import test_faults as faults_in
from grader.reports.faults import Faults, faults_of
from grader.reports.html_report import page
from grader.reports.terminal import render
from grader.results import CheckResult, GradeReport, Outcome, Status
from tests.reports.conftest import exercise, hidden, item, screen, written

NOW = datetime(2026, 3, 2, tzinfo=UTC)
SYNTAX = """/lib/ast.py:50: in parse
E     File "/course/solutions/small/hidden/test_x.py", line 289
E       def (
E   SyntaxError: invalid syntax"""
IMPORT = """ImportError while importing test module '/course/test_x.py'.
/lib/importlib/__init__.py:126: in import_module
/course/solutions/small/hidden/test_x.py:12: in <module>
    import nosuchmodule
E   ModuleNotFoundError: No module named 'nosuchmodule'"""
MEND = "Mend solutions/small/hidden and run the same command again."


def broken(id_, detail):
    return item(id_, "broken", detail=detail)


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (SYNTAX, "test_x.py, line 289, broke: SyntaxError: invalid syntax"),
        (IMPORT, "test_x.py, line 12, broke: ModuleNotFoundError: No module named 'nosuchmodule'"),
        ("In test_q: function uses no argument 'zz'", "test_x.py, broke: In test_q: function uses"),
        ("", "test_x.py, broke: no reason was given"),
    ],
)
def test_a_file_that_can_not_be_collected(said, told):
    assert file_fault(f"test_x.py: {said}").startswith(told)


@pytest.mark.parametrize(
    ("detail", "cause"),
    [
        ("fixture 'zz' not found", "fixture 'zz' not found"),
        ("test_x.py:3: x = 1/0\nZeroDivisionError: division by zero", "ZeroDivisionError: divi"),
        ("test_x.py:3: f()\nKeyError: 'a\nb'\nraised at x.py, line 3", "KeyError: 'a"),
        ("", "it gave no verdict"),
    ],
)
def test_a_test_that_its_reference_does_not_pass(detail, cause):
    first, cure = faults_in(
        [item("a"), broken("y", f"{DOUBT}\n{detail}")], "solutions/small/hidden"
    )
    assert first.startswith(f"test_fares_hidden.py::y broke: {cause}")
    assert cure.endswith(MEND)


def test_many_tests_are_counted_and_a_fault_of_the_grader_is_nothing_to_mend():
    several = [broken(str(number), "the pipe is gone") for number in range(5)]
    told = faults_in(several, "solutions/small/hidden")
    assert (len(told), told[3]) == (5, "So did 2 more.")
    assert "Run the same command again" in told[4]
    assert "Mend" not in told[4]
    assert faults_in([item("a"), item("b", "failed")], "x") == ()


def a_broken_result():
    notes = (f"{file_fault(f'test_x.py: {SYNTAX}')}\nlong", "Other:\nreason", MEND)
    check = hidden(broken("y", ""), outcome="broken", tutor_notes=notes)
    fine = CheckResult(name="style", outcome=Outcome.PASSED, tutor_notes=("unimportant",))
    return exercise(Status.BROKEN, check, fine)


def test_a_fault_is_told_once_with_whose_work_waits():
    faults = Faults()
    assert not faults
    for who in ("heron-2", "heron-1", "heron-2"):
        faults.add(who, a_broken_result())
    faults.add("heron-3", exercise(Status.MET, hidden(tutor_notes=("a note",))))
    assert list(faults) == [
        "price-a-journey: hidden tests: test_x.py, line 289, broke: SyntaxError: invalid syntax. "
        f"Other: reason. {MEND} Not graded until then: heron-1 and heron-2."
    ]
    assert list(faults_of(exercise(Status.MET, hidden()))) == []


def test_pages_tell_the_tutor_why_and_the_learner_what_happens_next():
    result = a_broken_result()
    report = GradeReport(grader="0", isolation="full", submission="x", exercises=(result,))
    for tutor in (True, False):
        text = page(report, today=NOW.date(), tutor=tutor)
        console = screen(80, "utf-8")
        render(report, console, tutor=tutor)
        plain = " ".join(written(console).split())
        for words in ("not your fault", "What happens next: your tutor puts it right"):
            assert words in text
            assert words in plain
        assert ("SyntaxError" in text, "SyntaxError" in plain) == (tutor, tutor)
