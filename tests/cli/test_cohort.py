"""`grade cohort` and `grade report` as a tutor uses them."""

from __future__ import annotations

import contextlib
import csv
import json
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from tests.copying import faulty_work, make_course

ROOT = Path(__file__).parents[2]
GRADE = Path(sys.executable).with_name("grade")
ID = "price-a-journey"


@pytest.fixture(scope="module")
def room(tmp_path_factory):
    """A tutor's folder with a course of one exercise and five people's work."""
    home = tmp_path_factory.mktemp("tutor")
    make_course(home, ID, solutions=True)
    solution = ROOT / "solutions" / ID
    for name, program in (
        ("heron-1", (solution / "fares.py").read_bytes()),
        ("heron-2", faulty_work(ID)["fifteen_pays_full"]["fares.py"]),
        (
            "Ada Moss_123456_assignsubmission_file_",
            (solution / "sound" / "recursive.py").read_bytes(),
        ),
        ("heron-4", (ROOT / "exercises" / ID / "fares.py").read_bytes()),
    ):
        folder = home / "submissions" / name / ID
        folder.mkdir(parents=True)
        (folder / "fares.py").write_bytes(program)
    (home / "submissions" / "heron-5" / "price-a-jurney").mkdir(parents=True)
    return home


def _grade(home, *words):
    return subprocess.run(
        [GRADE, *map(str, words)], cwd=home, capture_output=True, text=True, check=False
    )


@pytest.fixture(scope="module")
def first(room):
    files = ("--json", "out.json", "--csv", "out.csv", "--html", "pages")
    return _grade(room, "cohort", "submissions", *files)


def test_everybody_is_graded_or_listed(room, first):
    assert first.returncode == 1, first.stderr
    assert "3 hand-ins graded (2 met, 1 partly met)" in first.stdout
    assert "1 more hand-in holds only the starters as given" in first.stdout
    assert "heron-5/price-a-jurney is no exercise of this course" in first.stdout
    report = json.loads((room / "out.json").read_text())
    assert (report["format"], report["isolation"]) == (1, "full")
    found = {
        one["apprentice"]: [(e["id"], e["status"]) for e in one["exercises"]]
        for one in report["apprentices"]
    }
    assert found["heron-1"] == [(ID, "met")]
    assert found["heron-2"] == [(ID, "partly")]
    assert found["heron-4"] == []
    assert "heron-5" not in found  # nothing makes an apprentice but work
    levels = {one["apprentice"]: one["ksbs"][0]["level"] for one in report["apprentices"]}
    assert levels["heron-1"] == "emerging"
    assert levels["heron-4"] == "no evidence yet"


def test_json_on_standard_output_is_json_alone(room, first):
    for words in (
        ("cohort", "submissions"),
        ("cohort", "submissions", "--preview"),
        ("report",),
    ):
        told = _grade(room, *words, "--json", "-")
        assert json.loads(told.stdout)["format"] == 1
        assert told.stderr
        assert not (room / "-").exists()


def test_somebody_in_the_identity_file_without_work_is_not_nobody(room, first):
    path = room / "identity.csv"
    assert "heron-4" in path.read_text("utf-8-sig")
    told = _grade(room, "report", "--explain", "heron-4", ID)
    assert told.returncode == 2
    assert f"heron-4 handed in nothing for `{ID}`, or only a starter" in told.stderr
    assert "nobody" not in told.stderr


def test_a_preview_writes_nothing_and_shows_the_whole_list(room):
    label = "Ada Moss_123456_assignsubmission_file_"
    told = _grade(room, "cohort", "submissions", "--preview", "--gradebook", "new/g.db")
    assert told.returncode == 1
    assert not (room / "new").exists()
    for words in (
        f"{label} → new: an id is made up when it is graded",
        f"  • {ID}: fares.py (in {label}/{ID}).",
        f'corrections.toml: people."{label}" = "ID"',
        "heron-5/price-a-jurney is no exercise of this course; is it price-a-journey? Then rename",
        f'    corrections.toml: exercises."heron-5/price-a-jurney" = "{ID}"',
        "4 hand-ins of 4 apprentices; 1 thing left out. Nothing was written.",
    ):
        assert "".join(words.split()) in "".join(told.stdout.split())
    (room / "two").mkdir()
    for number in "12":
        shutil.copytree(room / "submissions", room / "two" / f"round-{number}", dirs_exist_ok=True)
    refused = _grade(room, "cohort", "two", "--gradebook", "new.db")
    assert refused.returncode == 2
    assert "grade cohort two/round-1" in refused.stderr
    assert not (room / "new.db").exists()


def test_what_was_left_out_is_in_every_report(room, first):
    sentence = "heron-5/price-a-jurney is no exercise of this course"
    (entry,) = [
        one for one in json.loads((room / "out.json").read_text())["intake"] if one["left_out"]
    ]
    assert entry["label"] == "heron-5"
    assert sentence in (room / "pages" / "intake.html").read_text()
    assert sentence in (room / "pages" / "index.html").read_text()
    assert sentence in " ".join(_grade(room, "report").stdout.split())


def test_names_stay_in_the_identity_file(room, first):
    rows = list(csv.DictReader((room / "identity.csv").read_text("utf-8").splitlines()))
    (ada,) = [row["id"] for row in rows if "Ada Moss" in row["folder"]]
    assert oct((room / "identity.csv").stat().st_mode)[-3:] == "600"
    pages = [path.read_text() for path in (room / "pages").rglob("*.html")]
    told = [first.stdout, (room / "out.json").read_text(), (room / "out.csv").read_text(), *pages]
    assert not [text for text in told if "Ada" in text]
    assert ada in (room / "out.csv").read_text()
    with contextlib.closing(sqlite3.connect(room / "gradebook.db")) as db, db:
        assert "Ada" not in "\n".join(db.iterdump())


def test_the_same_again_grades_nothing(room, first):
    again = _grade(room, "cohort", "submissions")
    assert "0 hand-ins graded" in again.stdout
    assert "3 hand-ins known already" in again.stdout


def test_a_mark_is_explained(room, first):
    told = _grade(room, "report", "--explain", "heron-2", ID).stdout
    for words in ("hand-in 1", "this one counts", "isolation full", "sha256:", "hidden tests"):
        assert words in told
    wrong = _grade(room, "report", "--explain", "heron-9", ID)
    assert wrong.returncode == 2
    assert "is nobody in this gradebook; did you mean `heron-" in wrong.stderr
    wrong = _grade(room, "report", "--explain", "heron-1", "price-a-jurney")
    assert "handed in nothing for `price-a-jurney`; did you mean `price-a-journey`" in wrong.stderr


@pytest.mark.slow
def test_a_repaired_suite_shows_its_effect_before_it_takes_one(room, first):
    """The age of 15 is no longer tested: heron-2 would be met."""
    suite = room / "solutions" / ID / "hidden" / "test_fares_hidden.py"
    before = suite.read_text()
    kept = before.replace("pytestmark", "unused")
    suite.write_text(kept + "\n\ndef test_more():\n    '''One more.'''\n")
    try:
        look = _grade(room, "cohort", "submissions")
        assert "3 hand-ins graded again" in look.stdout
        assert "No outcome changes" in look.stdout or "Nothing has taken effect yet" in look.stdout
        with contextlib.closing(sqlite3.connect(room / "gradebook.db")) as db, db:
            states = db.execute("select state, count(*) from result group by state").fetchall()
        assert dict(states) == {"current": 3, "proposed": 3}
        accepted = _grade(room, "cohort", "submissions", "--accept")
        assert "graded again" not in accepted.stdout
        with contextlib.closing(sqlite3.connect(room / "gradebook.db")) as db, db:
            states = db.execute("select state, count(*) from result group by state").fetchall()
        assert dict(states) == {"current": 3, "superseded": 3}
    finally:
        suite.write_text(before)


def test_wrong_use_is_told(room):
    for words, said in (
        (("cohort", "none"), "isn't a folder"),
        (("cohort", "submissions", "--identity", "none.csv"), "no identity file"),
        (("cohort", "submissions", "--handed-in", "soon"), "is no date like"),
        (("cohort", "submissions", "--only", "price-a-jurney"), "did you mean `price-a-journey`"),
        (("report", "--gradebook", "none.db"), "There is no gradebook"),
        (("cohort", "submissions", "--only", "pricing"), "did you mean `price-a-journey`"),
        (("cohort", "submissions", "--only", "zebra"), "there is `price-a-journey`"),
    ):
        done = _grade(room, *words)
        assert done.returncode == 2
        assert said in done.stderr
