"""Work handed in as a zip archive or a notebook, as a tutor grades it."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from grader.cli.handed_in import refuse_work_without_course, work_under
from grader.errors import SubmissionError, UsageError

ROOT = Path(__file__).parents[2]
GRADE = Path(sys.executable).parent / "grade"
ID = "price-a-journey"


@pytest.fixture
def exercises(course_exercise):
    return [course_exercise(name) for name in (ID, "first-unit")]


def zipped(path: Path, *entries: tuple[str, str]) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in entries:
            archive.writestr(name, text)
    return path


def solved(name: str) -> str:
    return (ROOT / "solutions" / ID / name).read_text()


def test_a_zip_of_a_met_exercise_is_met(tmp_path):
    files = [(f"me/{ID}/{name}", solved(name)) for name in ("fares.py", "test_fares.py")]
    path = zipped(tmp_path / "me.zip", *files)
    done = subprocess.run(
        [GRADE, path, "--exercises", ROOT / "exercises", "--solutions", ROOT / "solutions",
         "--only", ID, "--json", "-"],
        capture_output=True, check=False, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    (result,) = json.loads(done.stdout)["exercises"]
    assert (result["status"], result["findings"]) == ("met", [])


def test_a_hostile_zip_is_one_plain_sentence(tmp_path):
    path = zipped(tmp_path / "me.zip", ("../x.py", ""))
    done = subprocess.run(
        [GRADE, path, "--exercises", ROOT / "exercises"],
        capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert done.returncode == 2
    assert done.stderr == (
        "`me.zip` has an entry `../x.py`, which leads outside of the folder (`..`); zip the "
        "folder that holds your work.\n"
    )


def test_work_is_found_in_folders_zips_and_notebooks(tmp_path, exercises):
    folder = tmp_path / "work"
    (folder / "first-unit").mkdir(parents=True)
    path = zipped(tmp_path / "me.zip", (f"{ID}/fares.py", ""))
    cell = {"cell_type": "code", "source": f"%%workfile {ID}/fares.py\nx = 1"}
    book = tmp_path / "mine.ipynb"
    book.write_text(json.dumps({"nbformat": 4, "cells": [cell]}))
    assert work_under([path], exercises) == {ID: path}
    assert work_under([book], exercises) == {ID: book}
    assert work_under([folder, path], exercises) == {
        ID: path,
        "first-unit": folder / "first-unit",
    }
    assert work_under([folder / "first-unit"], exercises) == {
        "first-unit": folder / "first-unit",
    }
    assert work_under([tmp_path / "nowhere"], exercises) == {}


@pytest.mark.parametrize("name", ["x.tar.gz", "fares.py", "link.zip"])
def test_what_can_not_be_taken_is_said(name, tmp_path, exercises):
    path = tmp_path / name
    if name == "link.zip":
        path.symlink_to(zipped(tmp_path / "me.zip", (f"{ID}/fares.py", "")))
    else:
        path.write_bytes(b"x")
    with pytest.raises(SubmissionError, match=name):
        work_under([path], exercises)


def test_a_file_without_a_course_is_wrong_use(tmp_path):
    path = zipped(tmp_path / "me.zip")
    refuse_work_without_course([tmp_path])
    with pytest.raises(UsageError, match=r"me.zip --exercises FOLDER"):
        refuse_work_without_course([path])
