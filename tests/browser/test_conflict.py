"""Cell and file both changed: nothing is written until one of them is chosen."""

from __future__ import annotations

import pytest

from grader.workspace import History, Workspace
from tests.browser.lab_page import MARK, RIGHT, WRONG

pytestmark = [pytest.mark.slow, pytest.mark.browser]
OTHER = RIGHT.replace("FREE_BELOW", "RIDES_FREE_BELOW")


@pytest.fixture
def conflict(lab):
    lab.open_notebook()
    lab.type_into_cell(WRONG)
    lab.check()
    lab.fares.write_text(OTHER)
    lab.type_into_cell(RIGHT)
    lab.press_check()
    lab.found("conflict")
    return lab


def test_the_difference_is_shown_and_nothing_is_written(conflict):
    shown = conflict.page.locator(".ws-conflict pre").inner_text()
    assert "−RIDES_FREE_BELOW = 5" in shown
    assert "+FREE_BELOW = 5" in shown
    assert conflict.fares.read_text() == OTHER
    conflict.page.get_by_role("button", name="Choose later").click()
    conflict.found("trouble")
    assert conflict.fares.read_text() == OTHER


def test_the_cell_is_written(conflict):
    conflict.page.get_by_role("button", name="Write the cell").click()
    assert conflict.found() == "met"
    assert conflict.fares.read_text() == RIGHT
    history = History(Workspace(conflict.root / "exercises"))
    assert OTHER.encode() in [history.content(one) for one in history.entries(MARK)]


def test_the_file_is_kept_and_comes_into_the_cell(conflict):
    conflict.page.get_by_role("button", name="Keep the file").click()
    assert conflict.found() == "met"
    assert conflict.fares.read_text() == OTHER
    assert "RIDES_FREE_BELOW" in conflict.cell().inner_text()


def test_a_newer_file_is_checked_and_offered_to_the_cell(lab):
    lab.open_notebook()
    lab.type_into_cell(WRONG)
    lab.check()
    lab.fares.write_text(RIGHT)
    assert lab.check() == "met"
    lab.page.get_by_role("button", name="Bring the file").click()
    lab.page.locator(".ws-report .ws-banner").wait_for(state="detached")
    assert lab.found() == "met"
    assert "(adult + 1) // 2" in lab.cell().inner_text()
