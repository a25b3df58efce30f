"""Whatever is killed and whenever: what was graded is kept, and the next run goes on from there.

Moments are chosen by a seed and counted in results that were logged. At most two gradings more
may end before the signal does its work, so that some are always left.
"""

from __future__ import annotations

import contextlib
import os
import random
import shutil
import signal
import sqlite3
from pathlib import Path

import pytest

from grader.sandbox import bubblewrap

from .conftest import ID, PEOPLE, contents, descendants, still_there

MOMENTS = [random.Random(f"20260914 {turn}").choice([1, 2]) for turn in range(3)]
PLACES = sorted(random.Random(20260914).sample(range(1, PEOPLE - 4), 3))

PYTHONS = ("Warning", "leaked", "Traceback", "Exception ignored")  # words of Python's own


def _kept(gradebook):
    with contextlib.closing(sqlite3.connect(gradebook)) as db, db:
        return db.execute("select count(*) from result where status <> 'broken'").fetchone()[0]


@pytest.mark.slow
@pytest.mark.parametrize(
    "how", [signal.SIGKILL, signal.SIGINT, signal.SIGTERM, signal.SIGHUP], ids=str
)
def test_the_main_process_may_be_ended_three_times(small_cohort, grade_cohort, undisturbed, how):
    book = small_cohort / f"ended-{how}.db"
    known = 0
    for count in MOMENTS:
        run = grade_cohort(small_cohort, book)
        run.lines(count)
        family = descendants(run.process.pid)
        assert family
        run.process.send_signal(how)
        text, code = run.finish()
        ended = -how if how == signal.SIGKILL else 128 + how
        assert (code, "the same command goes on" in text) == (ended, how == signal.SIGINT)
        assert not [word for word in PYTHONS if word in text], text
        assert still_there(family) == []
        before, known = known, _kept(book)
        assert before + count <= known < PEOPLE
    text, code = grade_cohort(small_cohort, book).finish()
    assert code == 0, text
    assert f"{known} hand-ins known already" in text
    assert f"{PEOPLE - known} hand-ins graded" in text
    assert contents(book) == undisturbed


@pytest.mark.slow
@pytest.mark.parametrize("place", PLACES)
def test_a_worker_may_be_killed(small_cohort, grade_cohort, undisturbed, place):
    """Its job is tried again; nothing is broken and nothing is graded twice for good."""
    book = small_cohort / f"worker-{place}.db"
    run = grade_cohort(small_cohort, book)
    run.lines(place)
    workers = [pid for pid in _children(run.process.pid) if "spawn_main" in _command(pid)]
    os.kill(random.Random(place).choice(workers), signal.SIGKILL)
    text, code = run.finish()
    assert code == 0, text
    assert contents(book) == undisturbed


@pytest.mark.slow
def test_work_that_can_not_be_graded_stops_nothing_else(small_cohort, grade_cohort, undisturbed):
    """A program that never ends, one that ends the process, and a folder nobody may read."""
    folder = small_cohort / "mixed"
    shutil.copytree(small_cohort / "submissions", folder)
    for name, text in (
        ("osprey-1", "while True:\n    pass\n"),
        ("osprey-2", "import os\nos._exit(0)\n"),
        ("osprey-3", "def price(:\n"),
    ):
        (folder / name / ID).mkdir(parents=True)
        (folder / name / ID / "fares.py").write_text(text)
    book = small_cohort / "mixed.db"
    text, code = grade_cohort(small_cohort, book, submissions="mixed").finish()
    assert code == 0, text
    found = contents(book)
    assert [row for row in found if row[0].startswith("heron")] == [
        (*row[:13], found[n][13], *row[14:]) for n, row in enumerate(undisturbed)
    ]
    assert [row[10] for row in found if row[0].startswith("osprey")] == ["not-yet"] * 3


@pytest.mark.slow
def test_a_full_disk_is_named_and_the_rest_is_kept(small_cohort, grade_cohort, undisturbed):
    """The gradebook lies on a disk of 400 kB; with room again, the same command goes on."""
    room = small_cohort / "small-disk"
    room.mkdir()
    out = small_cohort / "out"
    out.mkdir()
    disk = [bubblewrap.find(), "--dev-bind", "/", "/", "--size", "400000", "--tmpfs", str(room)]
    copy = f'"$@"; code=$?; cp {room}/gradebook.db* {out}; exit $code'
    run = grade_cohort(
        small_cohort,
        room / "gradebook.db",
        prefix=[*disk, "--", "sh", "-c", copy, "sh"],
    )
    text, code = run.finish()
    assert code == 2, text
    assert "Could not be kept" in text
    assert "can't be written: database or disk is full" in " ".join(text.split())
    first = _kept(out / "gradebook.db")
    assert 0 < first < PEOPLE
    text, code = grade_cohort(small_cohort, out / "gradebook.db").finish()
    assert code == 0, text
    assert contents(out / "gradebook.db") == undisturbed


def _children(pid):
    return [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def _command(pid):
    return Path(f"/proc/{pid}/cmdline").read_text()
