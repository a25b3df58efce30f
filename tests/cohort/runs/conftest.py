"""A small course and work for it; `grade cohort` as a command that can be stopped midway."""

from __future__ import annotations

import contextlib
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import msgspec
import pytest

from tests.copying import faulty_work, make_course

ROOT = Path(__file__).parents[3]
GRADE = Path(sys.executable).with_name("grade")
ID = "price-a-journey"
PEOPLE = 14  # so many that work is left wherever a run is stopped


@pytest.fixture(scope="module")
def small_cohort(tmp_path_factory):
    """One exercise, and people each with another program and no tests of their own."""
    home = tmp_path_factory.mktemp("tutor")
    make_course(home, ID, solutions=True)
    solution = ROOT / "solutions" / ID
    faulty = [files["fares.py"] for files in faulty_work(ID).values()]
    programs = ((solution / "fares.py").read_bytes(), *faulty[: PEOPLE - 1])
    for number, program in enumerate(programs, 1):
        folder = home / "submissions" / f"heron-{number}" / ID
        folder.mkdir(parents=True)
        (folder / "fares.py").write_bytes(program)
    return home


class Running:
    """`grade cohort` at work."""

    def __init__(self, home, gradebook, *words, submissions="submissions", prefix=()):
        argv = [*prefix, GRADE, "cohort", submissions, "--gradebook", gradebook]
        argv += ["--handed-in", "2026-09-14", "--jobs", "2", *words]
        self.process = subprocess.Popen(
            list(map(str, argv)),
            cwd=home,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
            # As from a terminal: what a shell starts in the background ignores Ctrl-C.
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
        )

    def lines(self, count):
        """Wait until this many results were logged."""
        return [self.process.stdout.readline() for _ in range(count)]

    def finish(self):
        """The rest of the output and the exit code."""
        text, _ = self.process.communicate(timeout=600)
        return text, self.process.returncode


@pytest.fixture
def grade_cohort():
    """Start `grade cohort`; whatever still runs at the end is killed."""
    started = []

    def start(*words, **options):
        started.append(Running(*words, **options))
        return started[-1]

    yield start
    for one in started:
        if one.process.poll() is None:
            one.process.kill()
        one.process.communicate()


def descendants(pid):
    """Every process that a process brought about, while they are its children."""
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return []
    return [one for child in children for one in (int(child), *descendants(int(child)))]


def still_there(pids, within=20.0):
    """Which of these run on; they have a while to end."""
    end = time.monotonic() + within
    while (left := [pid for pid in pids if _runs(pid)]) and time.monotonic() < end:
        time.sleep(0.05)
    return left


def _runs(pid):
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return False
    return stat.rpartition(")")[2].split()[0] not in "ZX"


def contents(gradebook):
    """What a gradebook says, less the times at which it was made."""
    with contextlib.closing(sqlite3.connect(gradebook)) as db, db:
        rows = db.execute(
            """select a.apprentice, a.exercise, a.mode, a.handed_in_at, a.work, a.seed_attempt,
                r.state, r.exercise_digest, r.grader, r.isolation, r.status, r.points,
                r.points_max, r.evidence, r.report
            from attempt as a join result as r on r.attempt = a.id
            where r.state in ('current', 'proposed') order by a.apprentice, a.exercise, a.id"""
        ).fetchall()
        assert db.execute("pragma integrity_check").fetchall() == [("ok",)]
    return [(*row[:-1], _timeless(msgspec.json.decode(row[-1]))) for row in rows]


def _timeless(value):
    if isinstance(value, dict):
        return {name: _timeless(one) for name, one in value.items() if name != "seconds"}
    return [_timeless(one) for one in value] if isinstance(value, list) else value


@pytest.fixture(scope="module")
def undisturbed(small_cohort):
    """What grading the small cohort comes to."""
    run = Running(small_cohort, "undisturbed.db")
    text, code = run.finish()
    assert code == 0, text
    return contents(small_cohort / "undisturbed.db")
