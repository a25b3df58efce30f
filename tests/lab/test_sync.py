"""One cell, one file: what is written, what is refused, what is kept."""

from __future__ import annotations

import json
import threading

import pytest

from grader.errors import SubmissionError
from grader.lab.sync import (
    RefusedError,
    compare_cells,
    sync_cell,
    sync_notebook,
    take_cell,
    take_file,
)
from grader.submission import MarkedCell, read_marked_cells
from grader.workspace import History, Workspace

MARK = "price-a-journey/fares.py"


def _kept(workspace):
    history = History(workspace)
    return [history.content(one) for one in history.entries(MARK)]


def test_an_edited_cell_is_written_over_the_starter_which_is_kept(workspace, fares):
    starter = fares.read_bytes()
    done = sync_cell(workspace, MARK, "one = 1")
    assert (done.state, fares.read_bytes()) == ("written", b"one = 1\n")
    assert _kept(workspace) == [starter, b"one = 1\n"]
    assert sync_cell(workspace, MARK, "one = 1\n").state == "same"


def test_the_starters_cell_does_not_replace_work_in_the_file(workspace, fares):
    starter = fares.read_text()
    fares.write_text("one = 1\n")
    done = sync_cell(workspace, MARK, starter)
    assert done.state == "cell-older"
    assert f"%take file {MARK}" in done.sentence
    assert fares.read_text() == "one = 1\n"


def test_both_changed_refuses_and_shows_both(workspace, fares):
    sync_cell(workspace, MARK, "one = 1\n")
    fares.write_text("one = 2\n")
    done = sync_cell(workspace, MARK, "one = 3\n")
    assert done.state == "conflict"
    assert "-one = 2" in done.difference
    assert "+one = 3" in done.difference
    assert fares.read_text() == "one = 2\n"
    assert b"one = 3\n" in _kept(workspace)


def test_take_cell_writes_only_over_what_was_seen(workspace, fares):
    sync_cell(workspace, MARK, "one = 1\n")
    fares.write_text("one = 2\n")
    seen = sync_cell(workspace, MARK, "one = 3\n").seen
    fares.write_text("one = 4\n")
    again = take_cell(workspace, MARK, "one = 3\n", seen)
    assert (again.state, fares.read_text()) == ("conflict", "one = 4\n")
    assert take_cell(workspace, MARK, "one = 3\n", again.seen).state == "written"
    assert b"one = 4\n" in _kept(workspace)


def test_a_text_that_was_set_aside_does_not_come_back_by_itself(workspace, fares):
    sync_cell(workspace, MARK, "one = 1\n")
    fares.write_text("one = 2\n")
    sync_cell(workspace, MARK, "one = 3\n")
    assert take_file(workspace, MARK, _cells("one = 3\n")) == "one = 2\n"
    assert sync_cell(workspace, MARK, "one = 3\n").state == "cell-older"
    assert sync_cell(workspace, MARK, "one = 5\n").state == "written"


def test_another_notebooks_old_cell_is_no_change(workspace, fares):
    sync_cell(workspace, MARK, "one = 1\n", "a.ipynb")
    sync_cell(workspace, MARK, "one = 1\n", "b.ipynb")
    sync_cell(workspace, MARK, "one = 2\n", "a.ipynb")
    assert sync_cell(workspace, MARK, "one = 1\n", "b.ipynb").state == "cell-older"
    assert sync_cell(workspace, MARK, "one = 3\n", "b.ipynb").state == "conflict"
    assert fares.read_text() == "one = 2\n"


def test_comparing_changes_nothing(workspace, fares):
    before = fares.read_bytes()
    assert compare_cells(workspace, _cells("one = 1\n")).state == "written"
    assert fares.read_bytes() == before
    assert not workspace.exists


@pytest.mark.parametrize(
    ("mark", "text", "said"),
    [
        ("price-a-journey/../../x.py", "a", "no file that you write"),
        ("../price-a-journey/fares.py", "a", "names no exercise"),
        ("price-a-journy/fares.py", "a", "price-a-journey"),
        ("price-a-journey/tariffs.py", "a", "`fares.py` and `test_fares.py`"),
        ("price-a-journey", "a", "Nothing is no file"),
        ("", "a", "names no exercise"),
        (MARK, "", "is empty"),
        (MARK, "'\ud800'", "can't be saved"),
        (MARK, "#" * 3_000_000, "bytes long"),
    ],
)
def test_refused_with_a_plain_sentence(workspace, course, mark, text, said):
    before = {path: path.read_bytes() for path in course.rglob("*") if path.is_file()}
    done = sync_cell(workspace, mark, text)
    assert done.state == "refused"
    assert said in done.sentence
    assert before == {path: path.read_bytes() for path in course.rglob("*") if path.is_file()}


def test_a_link_is_not_followed(workspace, fares, tmp_path):
    (tmp_path / "other.py").write_text("mine\n")
    fares.unlink()
    fares.symlink_to(tmp_path / "other.py")
    done = sync_cell(workspace, MARK, "one = 1\n")
    assert (done.state, "is a link" in done.sentence) == ("refused", True)
    assert (tmp_path / "other.py").read_text() == "mine\n"


def test_a_deleted_file_is_written_again_and_cannot_be_taken(workspace, fares):
    fares.unlink()
    with pytest.raises(RefusedError):
        take_file(workspace, MARK)
    assert sync_cell(workspace, MARK, "one = 1\n").state == "written"


def _cells(*texts):
    return [MarkedCell(number, MARK, text) for number, text in enumerate(texts, start=1)]


def _save(workspace, *texts, name="mine.ipynb"):
    """A notebook with a heading and one cell for each text."""
    cells = [{"cell_type": "markdown", "metadata": {}, "source": "# Mine"}]
    cells += [
        {
            "cell_type": "code",
            "metadata": {},
            "outputs": [],
            "source": f"%%workfile {MARK}\n{text}",
        }
        for text in texts
    ]
    path = workspace.folder.parent / name
    path.write_text(json.dumps({"nbformat": 4, "nbformat_minor": 5, "cells": cells}))
    return path


def test_a_saved_notebook(workspace, fares):
    path = _save(workspace, "one = 2\n")
    (done,) = sync_notebook(workspace, path)
    assert (done.state, fares.read_text()) == ("written", "one = 2\n")
    assert sync_cell(workspace, MARK, "one = 2\n", "mine.ipynb").state == "same"
    path.write_text("{")
    with pytest.raises(SubmissionError, match="isn't JSON"):
        sync_notebook(workspace, path)


@pytest.mark.parametrize("starter_first", [True, False])
def test_of_two_different_cells_neither_is_written(workspace, fares, starter_first):
    """A copy of the starter's cell stands below, or above, the one that was edited and run."""
    texts = [fares.read_text(), "one = 1\n"]
    sync_cell(workspace, MARK, "one = 1\n", "mine.ipynb")
    path = _save(workspace, *(texts if starter_first else texts[::-1]))
    (done,) = sync_notebook(workspace, path)
    assert (done.state, done.cells, fares.read_text()) == ("repeated", (2, 3), "one = 1\n")
    assert f"mine.ipynb has 2 cells for {MARK}" in done.sentence
    assert "cell 2 and cell 3" in done.sentence
    assert {text.encode() for text in texts} <= set(_kept(workspace))
    assert "one = 1" in done.difference
    assert compare_cells(workspace, read_marked_cells(path), "mine.ipynb").state == "repeated"


def test_two_cells_that_were_both_edited_are_kept_and_not_written(workspace, fares):
    starter = fares.read_bytes()
    (done,) = sync_notebook(workspace, _save(workspace, "one = 1\n", "one = 2\n", "one = 3\n"))
    assert (done.state, done.cells, fares.read_bytes()) == ("repeated", (2, 3, 4), starter)
    assert {b"one = 1\n", b"one = 2\n", b"one = 3\n"} <= set(_kept(workspace))


@pytest.mark.parametrize("other", ["one = 1\n", "one = 1", "", "\n \n"])
def test_two_cells_with_one_text_between_them_count_as_one(workspace, fares, other):
    (done,) = sync_notebook(workspace, _save(workspace, "one = 1\n", other))
    assert (done.state, fares.read_text()) == ("written", "one = 1\n")


def test_a_cell_that_lost_by_choice_is_in_nobodys_way(workspace, fares):
    path = _save(workspace, "one = 1\n", "one = 2\n")
    (done,) = sync_notebook(workspace, path)
    cells = read_marked_cells(path)
    taken = take_cell(workspace, MARK, "one = 1\n", done.seen, "mine.ipynb", cells[1:])
    assert (taken.state, fares.read_text()) == ("written", "one = 1\n")
    assert b"one = 2\n" in _kept(workspace)
    assert [one.state for one in sync_notebook(workspace, path)] == ["same"]
    path = _save(workspace, "one = 5\n", "one = 2\n")
    assert [one.state for one in sync_notebook(workspace, path)] == ["written"]
    assert fares.read_text() == "one = 5\n"
    path = _save(workspace, "one = 5\n", "one = 6\n")  # edited since: it may be meant
    assert [one.state for one in sync_notebook(workspace, path)] == ["repeated"]
    assert take_file(workspace, MARK, read_marked_cells(path), "mine.ipynb") == "one = 5\n"
    assert [one.state for one in sync_notebook(workspace, path)] == ["same"]


def test_a_copy_of_a_notebook_with_other_work_is_a_conflict(workspace, fares):
    first, copy = _save(workspace, "one = 1\n"), _save(workspace, "one = 2\n", name="copy.ipynb")
    assert [one.state for one in sync_notebook(workspace, first)] == ["written"]
    assert [one.state for one in sync_notebook(workspace, copy)] == ["conflict"]
    assert fares.read_text() == "one = 1\n"
    assert b"one = 2\n" in _kept(workspace)


def test_two_at_once_wait_for_each_other(course, fares):
    texts = [f"one = {number}\n" for number in range(8)]
    threads = [
        threading.Thread(target=sync_cell, args=(Workspace(course), MARK, text, f"{text}.ipynb"))
        for text in texts
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert fares.read_text() in texts
    assert {text.encode() for text in texts} <= set(_kept(Workspace(course)))
