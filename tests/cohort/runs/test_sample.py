"""The invented cohort: the same for a seed, with every kind of work in it, graded as it merits."""

from __future__ import annotations

import contextlib
import csv
import sqlite3
from collections import Counter

import pytest

from grader.cli.sample import compare_with
from grader.cohort.sample import read_sample, write_sample
from grader.errors import UsageError

from .conftest import ID, ROOT

SOLUTIONS = ROOT / "solutions"


def _texts(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.fixture
def every(course_exercise):
    return [course_exercise(name) for name in (ID, "first-unit")]


def test_a_seed_gives_the_same_cohort_again(tmp_path, every):
    for name, seed in (("one", 3), ("again", 3), ("other", 4)):
        write_sample(tmp_path / name, every, SOLUTIONS, apprentices=6, seed=seed)
    assert _texts(tmp_path / "one") == _texts(tmp_path / "again")
    assert _texts(tmp_path / "one") != _texts(tmp_path / "other")
    with pytest.raises(UsageError, match="isn't an empty folder"):
        write_sample(tmp_path / "one", every, SOLUTIONS, apprentices=6, seed=3)


def test_every_kind_of_work_is_there(tmp_path, every):
    sample = write_sample(tmp_path / "s", every, SOLUTIONS, apprentices=10, seed=1)
    assert read_sample(tmp_path / "s") == sample
    kinds = {one.kind.split("/")[0].split()[0] for one in sample.hand_ins}
    assert kinds >= {"right", "sound", "faulty", "starter", "missing", "syntax", "notebook"}
    assert kinds >= {"broken", "loops", "exits"}
    rounds = Counter(one.round for one in sample.hand_ins)
    assert rounds["round-1"] == 20
    assert 0 < rounds["round-2"] < 20
    people = list(csv.DictReader((tmp_path / "s" / "identity.csv").read_text().splitlines()))
    assert len(people) == 10
    for row in people:
        assert (tmp_path / "s" / "round-1" / row["folder"]).is_dir()
    for name in sample.unmatched:
        assert (tmp_path / "s" / "round-1" / name).is_dir()


@pytest.mark.slow
def test_a_whole_sample_is_graded_as_it_merits(tmp_path, every, grade_cohort, capsys):
    """Both rounds; what belongs to nobody is listed, and a changed result is noticed."""
    home, book = tmp_path / "s", tmp_path / "gradebook.db"
    sample = write_sample(home, every[:1], SOLUTIONS, apprentices=12, seed=2)
    more = ("--exercises", ROOT / "exercises", "--only", ID, "--identity", home / "identity.csv")
    for turn, day in zip(sample.rounds, sample.handed_in, strict=True):
        run = grade_cohort(tmp_path, book, *more, "--handed-in", day, submissions=f"s/{turn}")
        text, code = run.finish()
        assert code == (turn == "round-1"), text
        if turn == "round-1":
            assert all(name.split("/")[0] in text for name in sample.unmatched)
    assert compare_with(home, book) == 0
    count = len(sample.hand_ins)
    assert capsys.readouterr().out == f"{count} of {count} hand-ins got what they merit.\n"

    with contextlib.closing(sqlite3.connect(book)) as db, db:
        db.execute("update result set status = 'met' where status <> 'met'")
    assert compare_with(home, book) == 1
    assert "is met, and should be" in capsys.readouterr().out


def test_a_folder_without_a_sample_is_named(tmp_path):
    with pytest.raises(UsageError, match="holds no sample"):
        compare_with(tmp_path, tmp_path / "gradebook.db")
