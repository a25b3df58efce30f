"""Beside solutions/: from the sidebar to a met exercise; a kernel restarted; a check cancelled."""

from __future__ import annotations

import pytest

from tests.browser.lab_page import RIGHT, SENTENCE, WRONG

pytestmark = [pytest.mark.slow, pytest.mark.browser]


def test_edit_check_mend_check(lab):
    assert lab.bar("S1").startswith("0 of")
    lab.open_notebook()
    lab.type_into_cell(WRONG)
    assert lab.check() == "partly"
    assert lab.fares.read_text() == WRONG
    lab.report.get_by_text(SENTENCE).first.wait_for()
    assert "partly met" in lab.entry().inner_text()

    lab.type_into_cell(RIGHT)
    assert lab.check() == "met"
    lab.page.locator("details.ws-met").wait_for()
    assert "met" in lab.entry().locator("summary").inner_text()
    assert lab.bar("S1").startswith("1 of")


def test_editing_the_file_itself(lab):
    lab.open_file()
    lab.type_into_file(WRONG)
    assert lab.check() == "partly"
    lab.page.locator(".lm-TabBar-tab", has_text="fares.py").first.click()
    lab.type_into_file(RIGHT)
    assert lab.check() == "met"
    assert lab.fares.read_text() == RIGHT


def test_an_open_editor_shows_what_its_cell_wrote(lab):
    lab.open_file()
    lab.open_notebook()
    lab.type_into_cell(RIGHT)
    lab.check()
    lab.page.locator(".lm-TabBar-tab", has_text="fares.py").first.click()
    lab.page.locator(".jp-FileEditor .cm-content", has_text="FREE_BELOW").wait_for()


def test_a_restarted_kernel_loses_nothing(lab):
    lab.open_notebook()
    lab.type_into_cell(RIGHT)
    lab.page.evaluate(
        "() => [...jupyterapp.shell.widgets('main')].find(one => one.sessionContext)"
        ".sessionContext.session.kernel.restart()"
    )
    assert lab.check() == "met"
    assert lab.fares.read_text() == RIGHT


def test_a_check_can_be_cancelled(lab):
    lab.open_file()
    lab.type_into_file("while True:\n    pass\n")
    lab.press_check()
    lab.page.get_by_role("button", name="Cancel").click()
    lab.found("trouble")
    assert "You cancelled the check." in lab.page.locator(".ws-report").inner_text()
    lab.page.locator(".lm-TabBar-tab", has_text="fares.py").first.click()
    lab.type_into_file(RIGHT)
    assert lab.check() == "met"


def test_a_page_of_another_version_says_so(lab):
    def older(route):
        answer = route.fetch()
        route.fulfill(response=answer, json=answer.json() | {"version": "0.0.9"})

    lab.page.route("**/apprentice-grader/overview*", older)
    lab.page.reload()
    banner = lab.page.get_by_role("alert").filter(has_text="the grader is now 0.0.9")
    banner.wait_for()
    assert banner.get_by_role("button", name="Save all and reload").is_visible()
