"""The table of a cohort: names stay whole, a narrow terminal gets a list, many are summed up."""

from __future__ import annotations

import io

from rich.console import Console

from grader.reports.cohort_terminal import LISTED, show_table
from grader.results import ApprenticeReport, Status
from tests.reports.test_cohort_csv_and_pages import attempt


def shown(number, width, status=Status.MET):
    out = io.StringIO()
    console = Console(file=out, width=width, highlight=False)
    people = [
        ApprenticeReport(apprentice=f"heron-{n}", exercises=(attempt(status),))
        for n in range(number)
    ]
    show_table(people, ["x", "a-long-name-of-an-exercise"], console)
    return out.getvalue()


def test_a_table_where_it_fits_and_a_list_where_it_does_not():
    assert "Apprentice" in shown(3, 120)
    narrow = shown(3, 60)
    assert "Apprentice" not in narrow
    assert "heron-1: x met; KSBs 0 of 0" in narrow


def test_ids_are_never_cut():
    long = ["alder-4821-" + "x" * 50 + number for number in "12"]
    for width in (80, 100, 110, 120, 400):
        out = io.StringIO()
        people = [
            ApprenticeReport(apprentice=one, exercises=(attempt(Status.MET),)) for one in long
        ]
        names = ["x", *(f"an-exercise-with-a-long-name-{number}" for number in range(5))]
        show_table(people, names, Console(file=out, width=width, highlight=False))
        joined = "".join(out.getvalue().split())
        assert all(one in joined for one in (*long, "x"))
        assert "…" not in joined


def test_many_are_summed_up():
    told = shown(300, 120, Status.PENDING)
    assert "300 apprentices" in told
    assert "300 need a look" in told
    assert f"{300 - LISTED} more of them" in told
    assert len(told.splitlines()) < 40
    fine = shown(300, 120)
    assert "Nobody needs a look" in fine
    assert "Apprentice " not in fine
