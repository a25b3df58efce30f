"""The Python that graded stands in every form of a report: on it rests which syntax is allowed."""

from __future__ import annotations

import io
import json
import platform
from collections import Counter
from datetime import date

import pytest
from rich.console import Console

from grader.reports.cohort_json import cohort_json
from grader.reports.cohort_pages import Cohort, write_pages
from grader.reports.cohort_terminal import show_done
from grader.reports.html_report import page
from grader.reports.terminal import render
from grader.results import ApprenticeReport, GradeReport, Status, to_json
from tests.reports.test_cohort_csv_and_pages import attempt

VERSION = "3.98.7"
SAID = f"Python {VERSION}"
TODAY = date(2026, 3, 9)


@pytest.fixture
def person(monkeypatch):
    monkeypatch.setattr(platform, "python_version", lambda: VERSION)
    return ApprenticeReport(apprentice="heron-1", exercises=(attempt(Status.MET),))


@pytest.fixture
def report(person):
    return GradeReport(
        grader="0", isolation="full", python=VERSION, submission="x", exercises=person.exercises
    )


def test_in_the_report_of_one_submission(report):
    console = Console(file=io.StringIO(), width=100)
    render(report, console)
    assert SAID in console.file.getvalue()
    assert SAID in page(report, today=TODAY, tutor=False, exercises=())
    assert json.loads(to_json(report))["python"] == VERSION


def test_where_a_cohort_was_graded_and_in_its_json(person):
    console = Console(file=io.StringIO(), width=100)
    show_done(Counter({Status.MET: 1}), 0, (), console)
    assert SAID in console.file.getvalue()
    assert json.loads(b"".join(cohort_json("0", "full", (), [person])))["python"] == VERSION


def test_on_every_page_of_a_cohort(person, tmp_path):
    write_pages(tmp_path, [person], Cohort((), "0", "full", TODAY), lambda one: one)
    pages = [*tmp_path.rglob("*.html")]
    assert len(pages) >= 2
    assert [one.name for one in pages if SAID not in one.read_text("utf-8")] == []
