"""The same work by two people is asked about, and what the course gave is not."""

from __future__ import annotations

import json

import pytest

from grader.catalogue import text_digest
from grader.cohort.likeness import same_work

STARTER = "def price():\n    raise NotImplementedError\n"
WORK = "def price():\n    return 250  # pence\n"


@pytest.fixture
def asked(book, exercise):
    table = {"fares.py": text_digest(STARTER.encode())}
    text = json.dumps({"format": 1, "starters": {exercise.id: table}, "given": {}})
    (exercise.folder.parent / "starters.json").write_text(text)
    return lambda: list(same_work(book, [exercise]))


def test_the_same_bytes_are_asked_about(graded, asked):
    for who in ("heron-2", "heron-1", "heron-3"):
        graded(who, WORK if who != "heron-3" else WORK + "x = 1\n")
    (said,) = asked()
    assert said.startswith("heron-1 and heron-2 handed in the same work for small, byte for byte.")


def test_blanks_and_comments_make_no_difference(graded, asked):
    graded("heron-1", WORK)
    graded("heron-2", "# by me\n" + WORK.replace("    ", "\t").replace("  # pence", ""))
    (said,) = asked()
    assert "small, but for blanks and comments." in said


@pytest.mark.parametrize("text", [STARTER, "", "# nothing yet\n\n"])
def test_what_nobody_has_written_is_not_asked_about(graded, asked, text):
    graded("heron-1", text)
    graded("heron-2", text)
    assert asked() == []


def test_ones_own_work_again_is_not_asked_about(graded, asked):
    graded("heron-1", WORK)
    graded("heron-1", WORK + "\n", hours=2)
    assert asked() == []
