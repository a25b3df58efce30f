"""One exercise not started, wrong and met: the three forms of the report say the same."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
GRADE = Path(sys.executable).parent / "grade"
CASES = ROOT / "tests" / "submissions" / "price-a-journey"


@pytest.fixture(scope="module")
def forms(tmp_path_factory):
    """Terminal text, JSON and page text for each state of the work."""
    works = {
        "not-started": CASES.parents[2] / "exercises" / "price-a-journey",
        "wrong": CASES / "missing-function" / "work",
        "met": CASES / "correct-loop-and-set" / "work",
    }
    made = {}
    for name, source in works.items():
        folder = tmp_path_factory.mktemp(name)
        (folder / "work" / "price-a-journey").mkdir(parents=True)
        shutil.copy(source / "fares.py", folder / "work" / "price-a-journey")
        shutil.copy(works["not-started"] / "test_fares.py", folder / "work" / "price-a-journey")
        words = [GRADE, folder / "work", "--exercises", ROOT / "exercises"]
        words += ["--json", folder / "report.json", "--html", folder / "page"]
        done = subprocess.run(words, capture_output=True, text=True, check=False, timeout=120)
        page = (folder / "page" / "index.html").read_text()
        text = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))
        made[name] = (done.stdout, json.loads((folder / "report.json").read_text()), text)
    return made


@pytest.mark.parametrize(
    ("name", "status", "words", "practised"),
    [
        ("not-started", "not-started", "not started yet", "no evidence yet"),
        ("wrong", "not-yet", "not met yet", "not met yet"),
        ("met", "met", "met", "emerging"),
    ],
)
def test_all_forms_agree(forms, name, status, words, practised):
    terminal, report, page = forms[name]
    assert report["exercises"][0]["status"] == status
    assert f"Price a journey: {words}" in terminal
    assert words in page
    ours = report["exercises"][0]["ksbs"]
    for skill in (one for one in report["ksbs"] if one["code"] in ours):
        assert skill["level"] == "no evidence yet"  # practice never counts
        assert skill["practice_level"] == practised
        assert skill["text"] in page
    if practised != "no evidence yet":
        assert f"would be: {practised}" in terminal
        assert f"would be: {practised}" in page


def test_the_page_asks_for_nothing_outside(forms):
    for _, _, page in forms.values():
        assert "No gateway decision is made by this tool alone." in page


def test_own_tests_are_reported_and_raise_nothing(forms):
    _, report, _ = forms["met"]
    own = next(c for c in report["exercises"][0]["checks"] if c["name"] == "own-tests")
    assert own["trust"] == "reported"
    assert all(item["trust"] == "reported" for item in own["items"])
