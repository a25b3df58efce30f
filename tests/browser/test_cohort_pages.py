"""Pages of a cohort and of one report as people see them: axe-core's rules, wide and narrow."""

from __future__ import annotations

import shutil
import subprocess

import pytest

from tests.browser.conftest import GRADE, ROOT
from tests.browser.test_access import serious
from tests.copying import make_course

pytestmark = [pytest.mark.slow, pytest.mark.browser]
ID = "price-a-journey"
DESKTOP, PHONE = (1280, 900), (375, 740)
KINDS = {
    "index": "index.html",
    "apprentice": "apprentice/*.html",
    "exercise": "exercise/*.html",
    "KSB": "ksb/ksb-S1.html",
    "duty": "duty/duty-D1.html",
}


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    """One page of each kind, made from an invented cohort that was really graded."""
    home = tmp_path_factory.mktemp("tutor")
    make_course(home, ID, solutions=True)

    def grade(*words):
        done = subprocess.run([*GRADE, *words], cwd=home, capture_output=True, text=True)
        assert done.returncode in (0, 1), done.stderr

    grade("sample", "--to", "sample", "--apprentices", "4")
    book = ("--gradebook", "gradebook.db", "--identity", "sample/identity.csv")
    grade("cohort", "sample/round-1", *book, "--handed-in", "2026-09-14", "--html", "cohort")
    someone = next(path for path in sorted((home / "cohort" / "apprentice").iterdir()))
    name = someone.stem.removeprefix("apprentice-")
    grade("comment", name, "Well done, and now the tests.", "--by", "tutor-1", *book[:2])
    grade("report", *book, "--html", "cohort")
    for name in ("fares.py", "test_fares.py"):  # work with a table of tests and programs
        shutil.copy(ROOT / "solutions" / ID / name, home / "exercises" / ID)
    grade(f"exercises/{ID}", "--html", "single", "-v")
    found = {kind: next((home / "cohort").glob(pattern)) for kind, pattern in KINDS.items()}
    return {**found, "apprentice": someone, "report": home / "single" / "index.html"}


@pytest.fixture
def open_page(browser):
    """Open a file and all that folds in it; axe-core is let past the policy against scripts."""
    contexts = []

    def open_(path, scheme, size):
        width, height = size
        context = browser.new_context(
            viewport={"width": width, "height": height}, color_scheme=scheme, bypass_csp=True
        )
        contexts.append(context)
        page = context.new_page()
        page.goto(path.as_uri())
        page.evaluate("() => document.querySelectorAll('details').forEach(one => one.open = true)")
        return page

    yield open_
    for context in contexts:
        context.close()


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(pages, open_page, scheme, size):
    found = {kind: serious(open_page(path, scheme, size), "body") for kind, path in pages.items()}
    assert {kind: one for kind, one in found.items() if one} == {}


def test_no_page_scrolls_sideways_on_a_phone(pages, open_page):
    script = "() => document.documentElement.scrollWidth - innerWidth"
    widths = {
        kind: open_page(path, "light", PHONE).evaluate(script) for kind, path in pages.items()
    }
    assert {kind: by for kind, by in widths.items() if by > 0} == {}


def test_what_scrolls_by_itself_is_reached_by_keyboard(pages, open_page):
    script = """() => [...document.querySelectorAll('body *')].filter(one =>
        one.scrollWidth > one.clientWidth + 1 && one.tabIndex < 0
        && ['auto', 'scroll'].includes(getComputedStyle(one).overflowX)
        && one.getClientRects().length).map(one => one.className)"""
    found = {kind: open_page(path, "light", PHONE).evaluate(script) for kind, path in pages.items()}
    assert {kind: one for kind, one in found.items() if one} == {}
