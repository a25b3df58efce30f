"""In a pack, as an apprentice has it: examples and own tests decide, provisionally."""

from __future__ import annotations

import pytest

from tests.browser.lab_page import RIGHT, WRONG

SOLUTIONS = False
pytestmark = [pytest.mark.slow, pytest.mark.browser]


def test_edit_check_mend_check(lab):
    lab.open_notebook()
    lab.type_into_cell(WRONG)
    assert lab.check() == "partly"
    sentence = "Half of 345 is 172 and a half, so a child pays 173."
    lab.report.get_by_text(sentence).first.wait_for()
    lab.type_into_cell(RIGHT)
    assert lab.check() == "met"
    assert "provisional" in lab.page.locator(".ws-report h2").inner_text()
    lab.page.locator("details.ws-met").wait_for()
    assert lab.bar("S1").startswith("1 of")
