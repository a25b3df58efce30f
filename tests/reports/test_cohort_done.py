"""What a run over a cohort says that it did: figures that add up."""

from __future__ import annotations

from collections import Counter

import pytest

from grader.reports.cohort_terminal import show_done
from grader.results import Status
from tests.reports.conftest import screen, written


@pytest.mark.parametrize(
    ("untouched", "told"),
    [
        (1, "1 more hand-in holds only the starters as given: not graded, and not kept."),
        (3, "3 more hand-ins hold only the starters as given: not graded, and not kept."),
    ],
)
def test_starters_as_given_are_not_among_the_graded(untouched, told):
    statuses = Counter({Status.MET: 4, Status.NOT_YET: 11, Status.PARTLY: 3})
    statuses[Status.NOT_STARTED] = untouched
    console = screen(200, "utf-8")
    show_done(statuses, 2, [], console)
    text = written(console)
    assert "18 hand-ins graded (4 met, 3 partly met, 11 not met yet)" in text
    assert told in text
    assert "2 hand-ins known already" in text
