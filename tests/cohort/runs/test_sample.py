"""The invented cohort: the same for a seed, with every kind of work in it, graded as it merits."""

from __future__ import annotations

import csv
import json
import sqlite3
from collections import Counter

import pytest

from grader.cohort.sample import read_sample, write_sample
from grader.errors import UsageError
from grader.results import Outcome

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


def _wrong(expected, status, checks):
    """Why a result isn't what its work merits, if so."""
    if status not in expected.status:
        return f"{expected.kind}: {status}"
    outcomes = [
        item["outcome"] for one in checks if one["name"] == "hidden-suite" for item in one["items"]
    ]
    passes = "passes" if set(outcomes) <= {Outcome.PASSED} else "fails"
    return "" if expected.hidden in ("", passes) or not outcomes else f"{expected.kind}: {passes}"


@pytest.mark.slow
def test_a_whole_sample_is_graded_as_it_merits(tmp_path, every, grade_cohort):
    """Both rounds; what belongs to nobody is listed."""
    sample = write_sample(tmp_path / "s", every[:1], SOLUTIONS, apprentices=12, seed=2)
    book = tmp_path / "gradebook.db"
    more = ("--exercises", ROOT / "exercises", "--only", ID)
    more += ("--identity", tmp_path / "s" / "identity.csv")
    for turn, day in zip(sample.rounds, sample.handed_in, strict=True):
        run = grade_cohort(tmp_path, book, *more, "--handed-in", day, submissions=f"s/{turn}")
        text, code = run.finish()
        assert code == (turn == "round-1"), text
        if turn == "round-1":
            assert all(name.split("/")[0] in text for name in sample.unmatched)
        found = _graded(book, day)
        for one in sample.hand_ins:
            if one.round == turn and (one.apprentice, one.exercise) in found:
                assert _wrong(one, *found[one.apprentice, one.exercise]) == ""
            elif one.round == turn and turn == "round-1":
                assert one.kind == "starter"


def _graded(book, day):
    with sqlite3.connect(book) as db:
        rows = db.execute(
            """select apprentice, exercise, status, report from attempt as a
            join result as r on r.attempt = a.id
            where r.state = 'current' and a.handed_in_at like ? || '%'""",
            [day],
        ).fetchall()
    return {(a, e): (status, json.loads(report)["checks"]) for a, e, status, report in rows}
