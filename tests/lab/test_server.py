"""What the extension says and does, without JupyterLab."""

from __future__ import annotations

import asyncio
import json
import re
import tomllib
from pathlib import Path

import pytest

from grader import __version__
from grader.errors import UsageError
from grader.lab import launching, server
from grader.lab.server import cells, running
from grader.lab.server.course_view import NO_COURSE, Place, overview
from grader.lab.sync import sync_cell
from grader.results import ExerciseResult, Status
from grader.workspace.progress import note

ROOT = Path(__file__).parents[2]
OURS = launching.LABEXTENSIONS / "apprentice-grader"
MARK = "price-a-journey/fares.py"
NOTEBOOK = "notebooks/price-a-journey.ipynb"


@pytest.fixture
def place(course):
    return Place(course.parent)


def _save(place, *texts, name=NOTEBOOK):
    cells = [{"cell_type": "code", "source": f"%%workfile {MARK}\n{text}"} for text in texts]
    path = place.root / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps({"nbformat": 4, "cells": cells}))


def _bars(found):
    return {one["code"]: (one["met"], one["exercises"]) for one in found["ksbs"]}


def test_one_version_everywhere():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
    page = json.loads((OURS / "package.json").read_text())["version"]
    script = re.search(r"VERSION = '(.+?)'", (OURS / "static" / "server.js").read_text())
    assert script is not None
    assert {project, page, script[1]} == {__version__}


def test_the_page_part_loads_what_is_there():
    build = json.loads((OURS / "package.json").read_text())["jupyterlab"]["_build"]
    assert (OURS / build["load"]).is_file()
    for path in (OURS / "static").glob("*.js"):
        for name in re.findall(r"from '\./(.+?)'", path.read_text()):
            assert (OURS / "static" / name).is_file()
        assert "innerHTML" not in path.read_text()


def test_the_server_part_is_found_by_its_name():
    assert server._jupyter_server_extension_points() == [{"module": server.MODULE}]
    named = json.loads((ROOT / "grader/lab/server/apprentice-grader.json").read_text())
    assert named == {"ServerApp": {"jpserver_extensions": {server.MODULE: True}}}


def test_the_sidebar_of_a_new_course(place):
    found = overview(place)
    states = [one["state"] for track in found["tracks"] for one in track["exercises"]]
    assert states == ["not-started", "not-started"]
    assert (found["next"], found["done"], found["has_id"]) == ("price-a-journey", 0, False)
    assert _bars(found)["S1"][0] == 0


def test_the_sidebar_moves_with_what_was_found(place, fares, course_exercise):
    fares.write_text("one = 1\n")
    assert overview(place)["tracks"][0]["exercises"][0]["state"] == "in-progress"
    from grader.catalogue import digest_of
    from grader.results import Digests
    from grader.submission import read_folder

    exercise = place.exercise("price-a-journey")
    work = digest_of(read_folder(exercise.folder, exercise.work).files)
    place.workspace.folder.mkdir()
    result = ExerciseResult(
        id=exercise.id,
        title="",
        client="",
        track="",
        difficulty=1,
        status=Status.MET,
        digest=Digests(exercise="", work=work),
    )
    before = _bars(overview(place))
    note(place.workspace, [result])
    found = overview(place)
    assert found["tracks"][0]["exercises"][0]["state"] == "met"
    assert _bars(found)["S1"] == (before["S1"][0] + 1, before["S1"][1])


def test_without_a_course_it_says_how_to_start(tmp_path):
    with pytest.raises(UsageError) as caught:
        overview(Place(tmp_path))
    assert str(caught.value) == NO_COURSE


@pytest.mark.parametrize(
    "path",
    [
        "../a.ipynb",
        "a/../../b.ipynb",
        "/a.ipynb",
        "a.py",
        "a\\b.ipynb",
        "\0.ipynb",
        "",
        7,
        "a" * 1001,
    ],
)
def test_no_path_leads_out(place, path):
    with pytest.raises(UsageError):
        place.notebook(path)


def test_no_link_is_followed(place, tmp_path):
    (tmp_path / "a.ipynb").write_text("{}")
    (place.root / "a.ipynb").symlink_to(tmp_path / "a.ipynb")
    (place.root / "b").symlink_to(tmp_path)
    for path in ("a.ipynb", "b/a.ipynb"):
        with pytest.raises(UsageError, match="is no notebook of this course"):
            place.notebook(path)
    with pytest.raises(UsageError, match="isn't saved yet"):
        place.notebook("c.ipynb")


def test_a_saved_cell_is_written_and_a_conflict_told(place, fares):
    exercise = place.exercise("price-a-journey")
    _save(place, "one = 1\n")
    assert [one["state"] for one in cells.synced(place, exercise, [NOTEBOOK])] == ["written"]
    assert cells.synced(place, exercise, [NOTEBOOK]) == []
    fares.write_text("one = 2\n")
    assert cells.synced(place, exercise, [NOTEBOOK])[0]["state"] == "cell-older"
    _save(place, "one = 3\n")
    (told,) = cells.synced(place, exercise, [NOTEBOOK])
    assert told["state"] == "conflict"
    assert "%take" not in told["sentence"]
    assert "-one = 2" in told["difference"]
    assert fares.read_text() == "one = 2\n"


@pytest.mark.parametrize(("take", "stands"), [("cell", "one = 3\n"), ("file", "one = 2\n")])
def test_a_choice_is_carried_out(place, fares, take, stands):
    sync_cell(place.workspace, MARK, "one = 1\n", NOTEBOOK)
    fares.write_text("one = 2\n")
    _save(place, "one = 3\n")
    (told,) = cells.synced(place, place.exercise("price-a-journey"), [NOTEBOOK])
    done = cells.choose(place, NOTEBOOK, MARK, take, told["seen"])
    assert fares.read_text() == stands
    assert done["state"] == {"cell": "written", "file": "taken"}[take]
    assert done.get("text", stands) == stands


def test_a_choice_that_isnt_one_is_refused(place):
    _save(place, "one = 1\n")
    for mark, take in ((MARK, "neither"), ("price-a-journey/other.py", "cell")):
        with pytest.raises(UsageError):
            cells.choose(place, NOTEBOOK, mark, take, "")


@pytest.mark.parametrize(
    ("take", "number", "stands"),
    [("cell", 1, "one = 1\n"), ("cell", 2, "one = 2\n"), ("file", 0, "one = 0\n")],
)
def test_of_two_cells_one_is_chosen(place, fares, take, number, stands):
    fares.write_text("one = 0\n")
    exercise = place.exercise("price-a-journey")
    _save(place, "one = 1\n", "one = 2\n")
    (told,) = cells.synced(place, exercise, [NOTEBOOK])
    assert (told["state"], told["cells"]) == ("repeated", (1, 2))
    assert f"{NOTEBOOK} has 2 cells for {MARK}" in told["sentence"]
    assert "%take" not in told["sentence"]
    assert fares.read_text() == "one = 0\n"
    again = cells.choose(place, NOTEBOOK, MARK, "cell", told["seen"])
    assert (again["state"], fares.read_text()) == ("repeated", "one = 0\n")
    done = cells.choose(place, NOTEBOOK, MARK, take, told["seen"], number)
    assert done["state"] == {"cell": "written", "file": "taken"}[take]
    assert fares.read_text() == stands
    left = [one["state"] for one in cells.synced(place, exercise, [NOTEBOOK])]
    assert left == {"cell": [], "file": ["cell-older"]}[take]
    with pytest.raises(UsageError, match="Cell 7 isn't for"):
        cells.choose(place, NOTEBOOK, MARK, "cell", told["seen"], 7)


def _checked(exercise):
    async def run():
        runner = running.Runner()
        check = runner.start(exercise, [])
        assert runner.busy
        assert runner.find(check.id) is check
        await check.task
        return check

    return asyncio.run(run())


def test_it_grades_as_grade_does(place):
    check = _checked(place.exercise("price-a-journey"))
    assert (check.state, check.trouble) == ("done", "")
    assert json.loads(check.report)["submission"] == "exercises/price-a-journey"
    assert check.page.startswith("<!DOCTYPE html>")


def test_what_grade_says_when_it_cant_is_told(place, monkeypatch):
    exercise = place.exercise("price-a-journey")
    (exercise.folder / "exercise.toml").write_text("format = 9\n")
    check = _checked(exercise)
    assert check.state == "failed"
    assert "exercise.toml" in check.trouble


def test_a_report_that_is_too_long_is_not_shown(place, monkeypatch):
    monkeypatch.setattr(running, "MOST_BYTES", 100)
    assert "too long" in _checked(place.exercise("price-a-journey")).trouble


def test_a_check_is_ended_with_all_it_started(place, fares):
    fares.write_text("while True:\n    pass\n")

    async def run():
        runner = running.Runner()
        check = runner.start(place.exercise("price-a-journey"), [])
        await asyncio.wait([check.task], timeout=0.5)
        await runner.cancel(check)
        return check

    assert asyncio.run(run()).state == "cancelled"


def test_lab_gets_settings_of_its_own(place, course):
    exercises = place.exercises()
    assert launching.prepare(place.workspace, exercises) == []
    assert launching.prepare(place.workspace, exercises) == []
    assert (place.root / "notebooks" / "start-here.ipynb").is_file()
    home = place.workspace.folder / "lab" / "config" / "labconfig"
    settings = json.loads((home / "default_setting_overrides.json").read_text())
    assert settings["@jupyterlab/docmanager-extension:plugin"]["autosaveInterval"] == 5
    environ = launching.surroundings(place.workspace, {"HOME": "/home/x"})
    ours = [value for name, value in environ.items() if name.startswith("JUPYTER")]
    assert len(ours) == 5
    assert all(value.startswith(str(place.workspace.folder)) for value in ours)


def test_lab_opens_what_was_begun(place, fares):
    exercises = place.exercises()
    assert launching.first_page(place.workspace, exercises) == ""
    launching.prepare(place.workspace, exercises)
    assert launching.first_page(place.workspace, exercises) == "notebooks/start-here.ipynb"
    fares.write_text("one = 1\n")
    page = launching.first_page(place.workspace, exercises)
    assert page == NOTEBOOK
    words = launching.command(place.root, page, port=9000, browser=False)
    assert f"--LabApp.default_url=/lab/tree/{NOTEBOOK}" in words
    assert "--no-browser" in words
    assert "--ServerApp.port=9000" in words
