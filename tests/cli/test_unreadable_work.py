"""Work that can't be read: the reason is what is to be mended first, in every form of a report."""

from __future__ import annotations

import html
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
GRADE = Path(sys.executable).parent / "grade"
EXERCISE = ROOT / "exercises" / "price-a-journey"
PROGRAM = (ROOT / "solutions" / EXERCISE.name / "fares.py").read_text() + "# caf\u00e9\n"


def _linked(file: Path) -> None:
    elsewhere = file.parents[1] / "elsewhere.py"
    elsewhere.write_text(PROGRAM)
    file.symlink_to(elsewhere)


KINDS = {
    "latin-1": (lambda file: file.write_bytes(PROGRAM.encode("latin-1")), "0xE9) that isn't utf-8"),
    "utf-16": (lambda file: file.write_bytes(PROGRAM.encode("utf-16")), "is saved as UTF-16"),
    "zero": (lambda file: file.write_bytes(PROGRAM.encode() + b"\0"), "has a zero byte on line"),
    "folder": (lambda file: file.mkdir(), "is a folder and a file is needed"),
    "link": (_linked, "is a link, and links aren't followed"),
}


@pytest.fixture(params=[pytest.param(kind, marks=pytest.mark.slow) for kind in KINDS])
def graded(request, tmp_path):
    """The sentence to expect, and the report in the terminal, in JSON and as text of the page."""
    make, sentence = KINDS[request.param]
    work = tmp_path / "theirs" / EXERCISE.name
    work.mkdir(parents=True)
    shutil.copy(EXERCISE / "test_fares.py", work)
    make(work / "fares.py")
    words = [GRADE, tmp_path / "theirs", "--exercises", ROOT / "exercises"]
    words += ["--only", EXERCISE.name, "--solutions", ROOT / "solutions"]
    words += ["--json", tmp_path / "report.json", "--html", tmp_path / "page"]
    done = subprocess.run(words, capture_output=True, text=True, check=False, timeout=120)
    page = re.sub(r"<[^>]+>", " ", (tmp_path / "page" / "index.html").read_text())
    said = [" ".join(html.unescape(text).split()) for text in (done.stdout, page)]
    (result,) = json.loads((tmp_path / "report.json").read_text())["exercises"]
    return sentence, *said, result


def test_the_reason_comes_first_everywhere(graded):
    sentence, terminal, page, result = graded
    for text in (terminal, page):
        assert text.count(sentence) == 1
        assert text.index("so mend this first") < text.index(sentence)
        assert text.index(sentence) < text.index("To mend after that")
        assert "No module named" not in text
        assert "First thing to mend" not in text
    (why,) = result["unreadable"]
    assert sentence in why
    reasons = [
        (check["name"], item["reason"])
        for check in result["checks"]
        for item in check["items"]
        if item["outcome"] == "failed" and check["name"] != "faulty-variants"
    ]
    assert {name for name, _ in reasons} == {"examples", "hidden-suite", "own-tests"}
    assert {reason for _, reason in reasons} == {why}
