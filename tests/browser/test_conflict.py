"""Cell and file both changed: nothing is written until one of them is chosen."""

from __future__ import annotations

import json

import pytest

from grader.workspace import History, Workspace
from tests.browser.lab_page import ID, MARK, RIGHT, WRONG

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


@pytest.fixture
def two_cells(lab):
    """Two cells are for one file; the upper one was edited, and Check pressed."""
    path = lab.root / "notebooks" / f"{ID}.ipynb"
    book = json.loads(path.read_text())
    cells = book["cells"]
    (first,) = [n for n, one in enumerate(cells) if f"%%workfile {MARK}" in "".join(one["source"])]
    cells.insert(first + 1, {**cells[first], "id": "second"})
    path.write_text(json.dumps(book))
    before = lab.fares.read_text()
    lab.open_notebook()
    lab.type_into_cell(RIGHT)
    lab.press_check()
    lab.found("conflict")
    assert lab.fares.read_text() == before
    return lab, before, first + 1


def test_of_two_cells_for_one_file_none_is_written_unasked(two_cells):
    lab, before, upper = two_cells
    for name in (f"Write cell {upper} to", f"Write cell {upper + 1} to", "Keep the file"):
        assert lab.page.get_by_role("button", name=name).is_visible()
    lab.page.get_by_role("button", name="Choose later").click()
    lab.found("trouble")
    assert lab.fares.read_text() == before


def test_the_chosen_one_of_two_cells_is_written(two_cells):
    lab, _, upper = two_cells
    lab.page.get_by_role("button", name=f"Write cell {upper} to").click()
    assert lab.found() == "met"
    assert lab.fares.read_text() == RIGHT


def test_the_file_is_kept_against_two_cells(two_cells):
    lab, before, _ = two_cells
    lab.page.get_by_role("button", name="Keep the file").click()
    lab.found()
    assert lab.fares.read_text() == before
