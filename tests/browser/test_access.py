"""Both themes, the keyboard alone, and axe-core's rules on what is ours."""

from __future__ import annotations

import pytest

from tests.browser.lab_page import RIGHT, WRONG

pytestmark = [pytest.mark.slow, pytest.mark.browser]
SERIOUS = ("serious", "critical")


def serious(page, *selectors):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="the extra `browser`")
    options = {"iframes": False}
    found = axe.Axe().run(page, {"include": [[one] for one in selectors]}, options)
    return [
        (one["id"], [node["html"][:120] for node in one["nodes"]][:3])
        for one in found.response["violations"]
        if one["impact"] in SERIOUS
    ]


@pytest.mark.parametrize("theme", ["JupyterLab Light", "JupyterLab Dark"])
def test_axe_finds_nothing_serious(lab, theme):
    lab.theme(theme)
    lab.open_notebook()
    lab.type_into_cell(WRONG)
    lab.check()
    lab.page.locator('li[data-ksb="S1"] summary').click()
    assert serious(lab.page, ".ws-sidebar", ".ws-report", ".ws-check") == []
    lab.fares.write_text(RIGHT)
    lab.type_into_cell(WRONG + "# more\n")
    lab.press_check()
    lab.found("conflict")
    assert serious(lab.page, ".ws-report") == []


@pytest.mark.parametrize(
    ("theme", "dark"), [("JupyterLab Light", False), ("JupyterLab Dark", True)]
)
def test_the_report_is_in_labs_theme(lab, theme, dark):
    lab.theme(theme)
    lab.open_file()
    lab.check()
    script = "body => getComputedStyle(body).backgroundColor"
    ground = lab.report.locator("body").evaluate(script)
    brightness = sum(map(int, ground.strip("rgb()").split(",")))
    assert (brightness < 384) is dark


def test_with_the_keyboard_alone(lab):
    keyboard = lab.page.keyboard
    keyboard.press("Alt+Shift+W")
    lab.page.wait_for_function("() => document.activeElement.dataset.key")
    for _ in range(40):
        focused = lab.page.evaluate("() => document.activeElement.dataset.key || ''")
        if focused == "exercise price-a-journey":
            break
        keyboard.press("Tab")
    keyboard.press("Enter")
    for _ in range(3):
        keyboard.press("Tab")
        if lab.page.evaluate("() => document.activeElement.dataset.key") == "check price-a-journey":
            break
    keyboard.press("Enter")
    assert lab.found() == "not-started"
    assert "not started" in lab.page.evaluate("() => document.activeElement.innerText").lower()
    keyboard.press("Tab")
    assert lab.page.evaluate("() => document.activeElement.innerText") == "Check again"
    keyboard.press("Tab")
    keyboard.press("Enter")
    lab.page.locator(".jp-FileEditor .cm-content").wait_for()
    lab.page.locator(".jp-FileEditor .cm-content").focus()
    keyboard.press("Control+a")
    keyboard.insert_text(RIGHT)
    keyboard.press("Alt+Shift+C")
    lab.page.locator('.ws-report[data-status="met"]').wait_for()


def test_each_state_has_a_sign_and_words(lab):
    lines = lab.page.locator(".ws-exercise summary").all_inner_texts()
    assert lines
    assert all("○" in line and "not started" in line for line in lines)
