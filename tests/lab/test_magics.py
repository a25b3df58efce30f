"""The magics in IPython's own shell, in this process and without a kernel."""

from __future__ import annotations

import json
import sys

import pytest
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output
from traitlets.config import Config

from grader.lab.showing import REPORT

MARK = "price-a-journey/fares.py"
WORK = f"%%workfile {MARK}\n"


@pytest.fixture
def shell(course, monkeypatch):
    monkeypatch.chdir(course.parent)
    monkeypatch.delenv("JPY_SESSION_NAME", raising=False)
    monkeypatch.setattr(sys, "path", [*sys.path])
    monkeypatch.setattr(sys, "breakpointhook", sys.breakpointhook)
    before = set(sys.modules)
    InteractiveShell.clear_instance()
    config = Config()
    config.HistoryManager.enabled = False  # no database of what was typed
    shell = InteractiveShell.instance(config=config)
    shell.run_line_magic("load_ext", "grader")
    yield shell
    InteractiveShell.clear_instance()
    for name in set(sys.modules) - before:
        if name in ("fares", "tariffs", "zones", "network"):
            del sys.modules[name]


def run(shell, text, cell_id=None):
    """Run a cell; what it showed as text, with all that it displayed."""
    with capture_output() as captured:
        shell.run_cell(text, store_history=True, cell_id=cell_id)
    shown = [one.data for one in captured.outputs]
    return captured.stdout + captured.stderr + "\n".join(one["text/plain"] for one in shown), shown


def test_a_cell_is_written_and_loaded_at_once(shell, fares):
    said, _ = run(shell, WORK + "def price(*_):\n    return 1\n")
    assert "Written to price-a-journey/fares.py. Loaded again as fares (price)." in said
    assert fares.read_text() == "def price(*_):\n    return 1\n"
    assert shell.user_ns["price"]() == 1
    # The same length in the same second: a saved compilation would be the old one.
    run(shell, WORK + "def price(*_):\n    return 2\n")
    assert shell.user_ns["price"]() == shell.user_ns["fares"].price() == 2
    assert shell.user_ns["price"].__code__.co_filename == str(fares.resolve())
    run(shell, WORK + "def other():\n    return 3\n")
    assert "price" not in shell.user_ns
    assert not (fares.parent / "__pycache__").exists()


def test_a_program_with_a_mistake_is_written_all_the_same(shell, fares):
    said, _ = run(shell, WORK + "def price(:\n")
    assert "SyntaxError" in said
    assert "Written to" in said
    assert fares.read_text() == "def price(:\n"
    said, _ = run(shell, WORK + "def f():\n    return 1 / 0\nf()\n")
    assert "ZeroDivisionError" in said
    assert "loading.py" not in said
    said, _ = run(shell, WORK + "import sys\nsys.exit(1)\n")
    assert "Written to" in said
    assert "SystemExit, see above" in said


def test_conflict_then_the_cell(shell, fares):
    run(shell, WORK + "one = 1\n")
    fares.write_text("one = 2\n")
    said, shown = run(shell, WORK + "one = 3  # <b>\n")
    assert "nothing was written" in said
    assert "-one = 2" in said
    assert "&lt;b&gt;" in shown[0]["text/html"]
    said, _ = run(shell, "%take cell")
    assert "Written to" in said
    assert fares.read_text() == "one = 3  # <b>\n"


def test_conflict_then_the_file(shell, fares):
    run(shell, WORK + "one = 1\n")
    fares.write_text("one = 2\n")
    run(shell, WORK + "one = 3\n")
    run(shell, f"%take file {MARK}")
    assert shell.user_ns["one"] == 2
    assert fares.read_text() == "one = 2\n"
    assert shell.rl_next_input == WORK + "one = 2"


@pytest.fixture
def saved(shell, course, monkeypatch):
    """Save a notebook with cells of these ids and texts, which is the kernel's."""

    def save(**texts):
        cells = [
            {"cell_type": "code", "id": name, "metadata": {}, "outputs": [], "source": WORK + text}
            for name, text in texts.items()
        ]
        path = course.parent / "mine.ipynb"
        path.write_text(json.dumps({"nbformat": 4, "nbformat_minor": 5, "cells": cells}))
        monkeypatch.setenv("JPY_SESSION_NAME", str(path))

    return save


@pytest.mark.parametrize("with_ids", [True, False])
def test_of_two_cells_for_one_file_neither_is_written(shell, fares, saved, with_ids):
    starter = fares.read_text()
    saved(upper=starter + "one = 1\n", lower=starter)
    said, _ = run(shell, WORK + starter + "one = 1\n", "upper" if with_ids else None)
    assert "mine.ipynb has 2 cells" in said
    assert "cell 1 and cell 2" in said
    assert "Nothing was written" in said
    assert fares.read_text() == starter
    said, _ = run(shell, "%take cell")
    assert "Written to" in said
    assert fares.read_text() == starter + "one = 1\n"
    said, _ = run(shell, WORK + starter, "lower" if with_ids else None)
    assert "newer text in the file" in said
    run(shell, WORK + starter + "one = 3\n", "upper" if with_ids else None)
    assert fares.read_text() == starter + ("one = 3\n" if with_ids else "one = 1\n")


def test_a_copy_of_a_cell_that_is_not_saved_yet_does_not_replace_the_other(shell, fares, saved):
    starter = fares.read_text()
    saved(upper=starter)
    run(shell, WORK + "one = 1\n", "upper")
    assert fares.read_text() == "one = 1\n"
    said, _ = run(shell, WORK + "two = 2\n", "lower")
    assert "has 2 cells" in said or "has 3 cells" in said
    assert "one not saved yet" in said
    assert fares.read_text() == "one = 1\n"
    saved(lower="two = 2\n")  # the upper one was deleted
    run(shell, WORK + "two = 3\n", "lower")
    assert fares.read_text() == "two = 3\n"


@pytest.mark.parametrize("cell_id", ["only", None, "vscode-notebook-cell:/mine.ipynb#W0sZQ=="])
def test_one_cell_is_edited_and_run_again_unsaved(shell, fares, saved, cell_id):
    saved(only="one = 0\n")
    for number in range(3):
        run(shell, WORK + f"one = {number}\n", cell_id)
        assert fares.read_text() == f"one = {number}\n"


def test_take_file_names_the_older_cell_which_is_not_written_then(shell, fares, saved):
    saved(older="one = 1\n")
    run(shell, WORK + "one = 1\n", "older")
    fares.write_text("one = 2\n")
    run(shell, WORK + "one = 3\n", "older")
    said, _ = run(shell, f"%take file {MARK}", "taking")
    assert "Delete cell 1 (" in said
    saved(older="one = 3\n", new="one = 2\n")
    run(shell, WORK + "one = 4\n", "new")
    assert fares.read_text() == "one = 4\n"
    said, _ = run(shell, WORK + "one = 3\n", "older")
    assert "newer text in the file" in said
    assert fares.read_text() == "one = 4\n"


def test_check_says_that_two_cells_are_for_one_file(shell, fares, saved):
    saved(upper="one = 1\n", lower="one = 2\n")
    said, _ = run(shell, "%check price-a-journey")
    assert "has 2 cells for price-a-journey/fares.py" in said


def test_an_older_cell_is_flagged(shell, fares):
    starter = fares.read_text()
    fares.write_text("one = 2\n")
    said, _ = run(shell, WORK + starter)
    assert "newer text in the file" in said
    assert fares.read_text() == "one = 2\n"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("%check", "Which exercise?"),
        ("%check price", "There is no exercise `price`"),
        ("%take cell price-a-journey/fares.py", "run its cell first"),
        ("%take file", "Which file?"),
        ("%take file a/b c/d", "One file at a time"),
        ("%take file ../x.py", "names no exercise"),
        ("%%workfile nowhere/x.py\nx", "names no exercise"),
    ],
)
def test_wrong_use_is_a_sentence(shell, typed, said):
    shown, _ = run(shell, typed)
    assert said in shown
    assert "Traceback" not in shown


def test_outside_of_a_course_that_is_said(shell, tmp_path, monkeypatch):
    monkeypatch.chdir("/")
    shown, _ = run(shell, "%progress")
    assert "no exercises in this folder" in shown


def test_hints_and_progress(shell):
    assert "Hint 1 of 5" in run(shell, "%hint price-a-journey")[0]
    said, shown = run(shell, "%progress")
    assert "price-a-journey  not started" in said
    assert "<table>" in shown[0]["text/html"]


def test_check_shows_a_report_in_three_forms(shell, fares):
    run(shell, WORK + fares.read_text() + "\n\ndef price(*_):\n    return 1\n")
    said, shown = run(shell, "%check")
    assert "Checking price-a-journey" in said
    (bundle,) = shown
    assert bundle[REPORT]["format"] == 1
    assert bundle[REPORT]["report"]["exercises"][0]["id"] == "price-a-journey"
    assert bundle[REPORT]["notes"] == []
    assert "Next: " in bundle["text/html"]
    assert "/tmp" not in bundle["text/plain"]
    json.dumps(bundle[REPORT])


def test_an_edited_cell_that_was_not_run_is_said(shell, course, fares, monkeypatch):
    from grader.lab.session import Session

    book = course.parent / "price-a-journey.ipynb"
    cell = {"cell_type": "code", "metadata": {}, "outputs": [], "source": WORK + "one = 9\n"}
    book.write_text(json.dumps({"nbformat": 4, "nbformat_minor": 5, "cells": [cell]}))
    monkeypatch.setenv("JPY_SESSION_NAME", str(book))
    session = Session({})
    exercise = session.exercise("")
    (said,) = session.not_graded(exercise)
    assert "was edited and not run" in said
    fares.write_text("one = 9\n")
    assert session.not_graded(exercise) == []
    book.write_text("{")
    assert "isn't JSON" in session.not_graded(exercise)[0]


def test_two_kernels_that_know_no_notebook_do_not_undo_each_other(shell, fares, course):
    from grader.lab.magics import Magics

    other = Magics(shell)
    run(shell, WORK + "one = 1\n")
    with capture_output():
        other.workfile(MARK, "one = 1\n")
    run(shell, WORK + "one = 2\n")
    with capture_output() as captured:
        other.workfile(MARK, "one = 1\n")
    assert "newer text in the file" in captured.outputs[0].data["text/plain"]
    assert fares.read_text() == "one = 2\n"


def test_kernels_that_have_ended_are_forgotten(workspace):
    from grader.lab.agreed import MOST_UNNAMED, agree, agreed_on, unnamed_home

    homes = [unnamed_home() for _ in range(MOST_UNNAMED + 1)]
    with workspace.lock():
        for home in ("mine.ipynb", *homes):
            agree(workspace, home, MARK, "sha256:1")
    known = [agreed_on(workspace, home, MARK).last for home in ("mine.ipynb", *homes)]
    assert known == ["sha256:1", None, *["sha256:1"] * MOST_UNNAMED]


def test_after_a_restart_the_saved_cell_is_what_is_set_aside(shell, course, fares, monkeypatch):
    book = course.parent / "price-a-journey.ipynb"
    cell = {"cell_type": "code", "metadata": {}, "outputs": [], "source": WORK + "one = 9\n"}
    book.write_text(json.dumps({"nbformat": 4, "nbformat_minor": 5, "cells": [cell]}))
    monkeypatch.setenv("JPY_SESSION_NAME", str(book))
    fares.write_text("one = 2\n")
    run(shell, f"%take file {MARK}")
    said, _ = run(shell, WORK + "one = 9\n")
    assert "newer text in the file" in said
    assert fares.read_text() == "one = 2\n"


def test_answers_come_with_their_questions(shell, course):
    said, _ = run(shell, "%take file first-unit/answers.toml")
    assert "Here is first-unit/answers.toml" in said
    assert "run `grade start` in a terminal" in said
    assert "question" in (course / "first-unit" / "answers.toml").read_text()


def test_breakpoint_is_ours_again(shell):
    assert sys.breakpointhook.__module__ == "grader.lab.breakpoints"
