"""The notebooks that are committed: as they would be built, plain, and good to hand in."""

from __future__ import annotations

import json

import nbformat
import pytest
from click.testing import CliRunner

from grader.cli.main import cli
from grader.lab.notebooks import build, save
from grader.lab.sync import sync_notebook
from grader.submission import read_submission
from grader.workspace import History, Workspace
from grader.workspace.course import exercises_under

from .conftest import ROOT

BOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))


def test_committed_notebooks_are_as_they_would_be_built():
    every = exercises_under([ROOT / "exercises"])
    built = build(Workspace(ROOT / "exercises"), every)
    assert [one.name for one in built if one.drifted] == [], "run: grade notebooks --replace"
    assert {path.name for path in BOOKS} == {one.name for one in built}


@pytest.mark.parametrize("path", BOOKS, ids=lambda path: path.stem)
def test_a_notebook_is_plain(path):
    book = nbformat.read(path, as_version=4)
    nbformat.validate(book)
    ids = [cell["id"] for cell in book.cells]
    assert len(ids) == len(set(ids))
    for cell in book.cells:
        assert cell["id"].startswith(path.stem)
        assert cell.metadata == {}
        if cell.cell_type == "code":
            assert cell.outputs == []
            assert cell.execution_count is None
        assert "## Hints" not in cell.source


def test_the_debugging_page_is_in_the_exercise_on_debugging():
    for name in ("print-trace", "start-here"):
        text = (ROOT / "notebooks" / f"{name}.ipynb").read_text()
        assert "Enable Debugger" in text
        assert "| `p NAME` |" in text


@pytest.fixture
def books(course, workspace):
    save(workspace, build(workspace, exercises_under([course])))
    return course.parent / "notebooks"


def _edit(path, mark, text):
    book = json.loads(path.read_text())
    (cell,) = [
        one for one in book["cells"] if "".join(one["source"]).startswith(f"%%workfile {mark}\n")
    ]
    cell["source"] = f"%%workfile {mark}\n{text}"
    path.write_text(json.dumps(book))


def test_a_fresh_notebook_agrees_with_the_starters(books, workspace, course):
    before = {path: path.read_bytes() for path in course.rglob("*") if path.is_file()}
    done = sync_notebook(workspace, books / "price-a-journey.ipynb")
    assert [one.state for one in done] == ["same", "same"]
    assert before == {path: path.read_bytes() for path in course.rglob("*") if path.is_file()}


def test_an_edited_notebook_is_written_and_can_be_handed_in_without_the_file(books, workspace):
    path = books / "price-a-journey.ipynb"
    _edit(path, "price-a-journey/fares.py", "one = 1")
    done = sync_notebook(workspace, path)
    assert [one.state for one in done] == ["written", "same"]
    read = read_submission(path, ("fares.py", "test_fares.py"), exercise="price-a-journey")
    assert read.files["fares.py"] == b"one = 1\n"
    assert [one.level for one in read.findings] == []


def test_a_notebook_beside_the_work_is_compared_with_it(books, course):
    folder = course / "price-a-journey"
    path = folder / "mine.ipynb"
    path.write_bytes((books / "price-a-journey.ipynb").read_bytes())
    _edit(path, "price-a-journey/fares.py", "one = 1")
    work = ("fares.py", "test_fares.py")
    read = read_submission(folder, work, exercise="price-a-journey")
    (found,) = [one for one in read.findings if one.file == "fares.py"]
    assert "is not the same as its cell in mine.ipynb; the file was graded" in found.sentence
    (folder / "fares.py").unlink()
    read = read_submission(folder, work, exercise="price-a-journey")
    assert read.files["fares.py"] == b"one = 1\n"
    assert "its cell in mine.ipynb was graded" in read.findings[0].sentence


def test_the_command_never_replaces_somebodys_notebook_unasked(books, workspace, course):
    def grade(*words):
        return CliRunner().invoke(cli, ["notebooks", *words, "--exercises", str(course)])

    assert grade("--check").exit_code == 0
    path = books / "price-a-journey.ipynb"
    built = path.read_bytes()
    _edit(path, "price-a-journey/fares.py", "one = 1")
    edited = path.read_bytes()
    (books / "first-unit.ipynb").unlink()
    checked = grade("--check")
    assert (checked.exit_code, "price-a-journey.ipynb" in checked.output) == (1, True)
    done = grade()
    assert "1 notebook written" in done.output
    assert "Left as they are" in done.output
    assert path.read_bytes() == edited
    grade("--replace")
    assert path.read_bytes() == built
    history = History(workspace)
    assert [history.content(one) for one in history.entries()] == [edited]
    # A starter that was worked on in the file is taken from the kept copies, or said.
    (course / "price-a-journey" / "fares.py").write_text("one = 1\n")
    assert "isn't here any more" in str(grade("--check").exception)
