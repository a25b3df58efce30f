"""Who is due, and which reports name somebody."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime

import pytest

from grader.cohort.forgetting import due, months_before, reports_naming
from grader.cohort.identity import Identity, Person

NOW = datetime(2026, 3, 31, tzinfo=UTC)


@pytest.mark.parametrize(
    ("day", "months", "before"),
    [
        (date(2026, 3, 31), 1, date(2026, 2, 28)),
        (date(2026, 1, 15), 1, date(2025, 12, 15)),
        (date(2026, 1, 15), 24, date(2024, 1, 15)),
        (date(2026, 1, 15), -72, date(2032, 1, 15)),
    ],
)
def test_months(day, months, before):
    assert months_before(day, months) == before


def test_who_is_due():
    def day(year):
        return datetime(year, 3, 1, tzinfo=UTC)

    last = {"old-1": day(2023), "new-1": day(2026), "late-1": day(2023)}
    people = Identity([Person("late-1", gateway=date(2026, 6, 1)), Person("new-1")])
    assert due(last, people, 24, NOW) == ("old-1",)
    assert due(last, people, 60, NOW) == ()


def test_reports_that_name_somebody(tmp_path):
    texts = {
        "index.html": "<td>heron-1</td>",
        "apprentice/heron-1.html": "nothing",
        "apprentice/heron-12.html": "heron-12 and night-heron-1x",
        "out.json": '{"apprentice": "heron-1"}',
        "photo.png": "heron-1",
    }
    for name, text in texts.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    outside = tmp_path.parent / "outside.html"
    outside.write_text("heron-1")
    os.symlink(outside, tmp_path / "link.html")
    found = [str(path.relative_to(tmp_path)) for path in reports_naming([tmp_path], ["heron-1"])]
    assert found == ["apprentice/heron-1.html", "index.html", "out.json"]
