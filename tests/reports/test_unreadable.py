"""Work that could not be read: the reason goes before all that it brought about, everywhere."""

from __future__ import annotations

import io
import json
from datetime import date

import msgspec
import pytest
from rich.console import Console

from grader.reports.apprentice_page import Programme, apprentice_page
from grader.reports.cohort_csv import summary_csv
from grader.reports.cohort_json import cohort_json
from grader.reports.cohort_pages import Cohort, write_pages
from grader.reports.cohort_terminal import show_table
from grader.reports.html_report import page
from grader.reports.terminal import render
from grader.results import (
    ApprenticeReport,
    CheckResult,
    EvidenceLine,
    GradeReport,
    Item,
    Level,
    Outcome,
    SkillResult,
    Status,
    Trust,
    to_json,
)
from tests.reports.test_cohort_csv_and_pages import attempt

WHY = "zones.py is saved as UTF-16, which Python can't read; save it with the encoding UTF-8."
BEHIND = "No module named zones"
TODAY = date(2026, 3, 9)


@pytest.fixture
def result():
    item = Item(id="t", outcome=Outcome.FAILED, sentence="A zone has a price.", reason=BEHIND)
    check = CheckResult(name="hidden-suite", outcome=Outcome.FAILED, points_max=3, items=(item,))
    made = attempt(Status.NOT_YET, checks=(check,))
    return msgspec.structs.replace(made, unreadable=(WHY,), findings=(WHY,))


@pytest.fixture
def report(result):
    return GradeReport(grader="0", isolation="full", submission="x", exercises=(result,))


@pytest.fixture
def person(result):
    return ApprenticeReport(apprentice="heron-1", exercises=(result,))


def on_console(width=100):
    return Console(file=io.StringIO(), width=width)


def test_the_terminal_says_it_first_and_once(report):
    console = on_console(200)
    render(report, console)
    text = console.file.getvalue()
    assert text.index("Can't be read") < text.index(WHY) < text.index(BEHIND)
    assert text.count(WHY) == 1


def test_the_page_says_it_first_and_once(report):
    text = page(report, today=TODAY, tutor=False, exercises=()).replace("&#x27;", "'")
    text = text.replace("&#39;", "'")
    assert text.index(WHY) < text.index(BEHIND)
    assert text.count(WHY) == 1


def test_json_and_csv_and_the_cohorts_table_say_it(report, person):
    assert json.loads(to_json(report))["exercises"][0]["unreadable"] == [WHY]
    assert f"can't be read, not met yet {WHY}" in summary_csv([person], ["x"])
    console = on_console()
    show_table([person], ["x"], console)
    assert "can't be read, not met yet" in console.file.getvalue()


def test_the_cohorts_pages_say_it(person, tmp_path):
    cohort = Cohort((), "0", "full", TODAY, (), {})
    write_pages(tmp_path, [person], cohort, lambda report: report)
    (path,) = (tmp_path / "apprentice").iterdir()
    told = path.read_text("utf-8").replace("&#39;", "'").replace("&#x27;", "'")
    assert "can't be read, not met yet" in told
    assert told.index(WHY) < told.index(BEHIND)


def test_what_to_ask_is_on_the_index_and_in_json(person, tmp_path):
    question = "heron-1 and heron-2 handed in the same work for x."
    write_pages(tmp_path, [person], Cohort((), "0", "full", TODAY, to_ask=(question,)), lambda r: r)
    assert question in (tmp_path / "index.html").read_text("utf-8")
    data = json.loads(b"".join(cohort_json("0", "full", (), [person], to_ask=(question,))))
    assert data["to_ask"] == [question]


def test_each_line_of_evidence_has_the_digest_of_its_own_attempt(person):
    lines = tuple(
        EvidenceLine(
            exercise="x", client="Tapline", check="hidden-suite", trust=Trust.OBSERVED,
            outcome="met", met=True, counted=True, work=f"sha256:{digit * 64}",
        )
        for digit in "ab"
    )  # fmt: skip
    skill = SkillResult(
        code="S1", text="", level=Level.EMERGING, practice_level=Level.EMERGING, evidence=lines
    )
    told = apprentice_page(
        msgspec.structs.replace(person, ksbs=(skill,)), Programme(), (), TODAY, "graded"
    )
    assert f">{'a' * 12}<" in told
    assert f">{'b' * 12}<" in told
