"""From hand-ins to a gradebook: dated, counted or not, with what there is to say of them."""

from __future__ import annotations

import io
import os
import sqlite3
import zipfile
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from grader.catalogue import Attempts, digest_of
from grader.cohort.grading import Material, grade_found
from grader.cohort.identity import Identity, Person
from grader.cohort.intake import take_in
from grader.cohort.standing import counting
from grader.evidence import Help, Mode
from grader.gradebook import HandIn
from grader.grading import result_of
from grader.results import Status
from tests.cohort.conftest import MADE, zipped

NOW = MADE + timedelta(days=18)


class Threads:
    """A pool in which everything is met, and what was graded is noted."""

    most = 2

    def __init__(self):
        self.graded = []

    def make(self, *, alone=False):
        return ThreadPoolExecutor(1)

    def end(self, executor):
        executor.shutdown()

    def grade(self):
        return self._met

    def _met(self, job):
        self.graded.append((job.task.learner, job.submission.files["zones.py"]))
        return result_of(job.task, job.submission, Status.MET)


@pytest.fixture
def unit(small):
    return small.exercise(("zones.py",), "[checks.style]\n")


@pytest.fixture
def run(tmp_path, unit, book, small):
    """Take in what lies in `in` and grade it; steps by apprentice, and what was graded."""
    root = tmp_path / "in"

    def go(attempts=None, people=(), now=NOW, shares=None):
        intake = take_in(root, {"small": unit.work}, Identity(people))
        known = intake.identity.people
        rules = attempts or Attempts()
        material = Material({"small": unit}, small.solution.parent, "full", rules, known)
        pool = Threads()
        steps = grade_found(intake.found, material, book, pool, clock=lambda: now, shares=shares)
        return list(steps), pool.graded

    root.mkdir()
    go.root = root
    return go


def put(run, make, who, day, text, **options):
    made = MADE + timedelta(days=day)
    name = f"hand-in-{who}-{made:%Y%m%d-%H%M%S}.zip"
    (run.root / name).write_bytes(make(who, "small", made=made, text=text, **options))


def test_a_hand_in_counts_from_when_it_is_first_seen(run, hand_in_zip, book):
    hints = [{"at": "", "source": "ticket"}]
    put(run, hand_in_zip, "heron-1", 0, b"x = 1\n", hints=hints)
    (step,), ((learner, text),) = run()
    assert step.result.status is Status.MET
    assert "another version of this exercise" in step.remarks[-1]
    assert (learner.id, learner.attempt, text) == ("heron-1", 1, b"x = 1\n")
    (stored,) = book.results()
    assert (stored.handed_in_at, stored.mode, stored.help) == (NOW, Mode.ASSESSED, Help.HINT)
    assert (stored.seen_at, stored.claimed_at) == (NOW, MADE)
    (known,), graded = run()
    assert (known.result, graded) == (None, [])


@pytest.mark.parametrize("claimed", [1, 2, 5, 1000])
def test_the_gradebook_numbers_attempts_whatever_they_claim(run, hand_in_zip, book, claimed):
    put(run, hand_in_zip, "heron-1", 0, b"x = 1\n", attempt=claimed)
    put(run, hand_in_zip, "heron-1", 1, b"x = 2\n", attempt=claimed)
    steps, graded = run()
    assert [learner.attempt for learner, _ in graded] == [1, 2]
    assert [one.seed_attempt for one in book.results()] == [1, 2]
    told = [remark for one in steps for remark in one.remarks if "in the gradebook" in remark]
    assert len(told) == 2 - (claimed in (1, 2))
    assert all(f"It says that it is attempt {claimed}, and it is hand-in" in one for one in told)


def test_a_time_that_is_claimed_decides_no_order_and_no_limit(run, hand_in_zip, book):
    rules = Attempts(allowed=1, wait_hours=48)
    put(run, hand_in_zip, "heron-1", 0, b"x = 0\n")
    run(rules)
    put(run, hand_in_zip, "heron-1", -2000, b"x = 1\n")
    put(run, hand_in_zip, "heron-1", 200, b"x = 2\n")
    steps, _ = run(rules)
    texts = [book.files(one.work)["zones.py"] for one in book.results()]
    assert texts == [b"x = 0\n", b"x = 1\n", b"x = 2\n"]
    modes = [one.mode for one in book.results()]
    assert modes == [Mode.ASSESSED, Mode.PRACTICE, Mode.PRACTICE]
    told = " ".join(remark for one in steps for remark in one.remarks)
    assert "made on 2020-09-09 09:30 UTC, before hand-in 1 arrived" in told
    assert "which is still to come" in told


def test_a_clock_that_was_ahead_once_does_not_make_an_old_hand_in_the_latest(run, book):
    (run.root / "heron-1" / "small").mkdir(parents=True)
    work = run.root / "heron-1" / "small" / "zones.py"
    rules = Attempts(wait_hours=12)
    for text, now in (("x = 1\n", NOW.replace(year=2039)), ("x = 2\n", NOW)):
        work.write_text(text)
        steps, graded = run(rules, now=now)
        assert len(graded) == 1
    assert "Hand-in 1 is dated 2039-03-20, which this computer's clock" in steps[0].remarks[0]
    stored = list(book.results())
    assert book.files(counting(stored).work)["zones.py"] == b"x = 2\n"
    assert [one.mode for one in stored] == [Mode.ASSESSED, Mode.ASSESSED]
    with sqlite3.connect(book._path) as db:
        (when,) = db.execute("select latest_handed_in_at from standing").fetchone()
    assert when.startswith("2026")


def test_a_wrong_digest_is_told_on_the_result_and_to_the_tutor(run, hand_in_zip, book):
    data = hand_in_zip("heron-1", "small", text=b"x = 1\n")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    (run.root / "heron-1.zip").write_bytes(zipped(members | {"small/zones.py": b"x = 2\n"}))
    (step,), _ = run()
    said = "zones.py isn't what manifest.json says it was when it was packed"
    assert any(said in remark for remark in step.remarks)
    (stored,) = book.results()
    assert any(said in finding for finding in stored.result.findings)
    assert book.files(stored.work) == {"zones.py": b"x = 2\n"}


def lay(run, who, data):
    (run.root / who / "small").mkdir(parents=True, exist_ok=True)
    (run.root / who / "small" / "zones.py").write_bytes(data)


UNREADABLE = [
    ("x = 1\n".encode("utf-16"), "x = 2\n".encode("utf-16"), "is saved as UTF-16"),
    (b"x = '\xa31'\n", b"x = '\xa32'\n", "that isn't utf-8"),
    (b"#" * 1_000_001, b"#" * 1_000_002, "and at most 1,000,000 are read"),
]


@pytest.mark.parametrize(("first", "second", "words"), UNREADABLE)
def test_work_that_can_not_be_read_is_kept_byte_for_byte(run, book, first, second, words):
    for data in (first, second, second):
        lay(run, "heron-1", data)
        run()
    kept = list(book.results())
    assert [book.files(one.work) for one in kept] == [{"zones.py": first}, {"zones.py": second}]
    for one, data in zip(kept, (first, second), strict=True):
        assert one.work == one.result.digest.work == digest_of({"zones.py": data})
        assert words in one.result.unreadable[0]


def test_line_ends_are_kept_too_and_other_bytes_are_other_work(run, book):
    for data in (b"x = 1\r\n", b"x = 1\n"):
        lay(run, "heron-1", data)
        _, ((_, read),) = run()
        assert read == b"x = 1\n"
    assert [book.files(one.work)["zones.py"] for one in book.results()] == [
        b"x = 1\r\n",
        b"x = 1\n",
    ]


def test_work_of_an_older_gradebook_is_known_by_what_was_read(run, book):
    lay(run, "heron-1", b"x = 1\r\n")
    read = {"zones.py": b"x = 1\n"}
    attempt = book.attempt(HandIn("heron-1", "small", MADE, digest_of(read), read))
    with book._db.atomic():
        book._db.execute("update work set as_handed_in = 0")
    run()
    assert [one.attempt for one in book.results()] == [attempt.id]


def test_what_can_not_be_had_is_left_out_and_no_attempt(run, book):
    lay(run, "heron-1", b"")
    os.truncate(run.root / "heron-1" / "small" / "zones.py", 20_000_000)
    lay(run, "heron-2", b"x = 1\n")
    left, graded = run()[0]
    assert "zones.py is 20,000,000 bytes long" in left.refused
    assert "It was not graded and is no attempt" in left.refused
    assert graded.result.status is Status.MET
    assert book.attempts("heron-1", "small") == ()


def test_the_same_archive_twice_is_graded_once(run, hand_in_zip):
    put(run, hand_in_zip, "heron-1", 0, b"x = 1\n")
    (run.root / "heron-1").mkdir()
    (copied,) = run.root.glob("*.zip")
    (run.root / "heron-1" / "copy.zip").write_bytes(copied.read_bytes())
    steps, graded = run()
    assert (len(steps), len(graded)) == (2, 1)


def test_what_a_course_does_not_count_is_practice(run, hand_in_zip, book):
    for day in range(3):
        for who in ("heron-1", "heron-2"):
            put(run, hand_in_zip, who, day, f"x = {day}\n".encode())
    rules = Attempts(allowed=2)
    steps, graded = run(rules, [Person("heron-1"), Person("heron-2", extra_attempts=1)])
    assert len(graded) == 6
    told = [(one.apprentice, remark) for one in steps for remark in one.remarks]
    told = [(who, remark) for who, remark in told if "practice" in remark]
    assert [who for who, _ in told] == ["heron-1"]
    assert "hand-in 3, and 2 count" in told[0][1]
    modes = [one.mode for one in book.results(apprentice="heron-1")]
    assert modes == [Mode.ASSESSED, Mode.ASSESSED, Mode.PRACTICE]
    assert {one.mode for one in book.results(apprentice="heron-2")} == {Mode.ASSESSED}
    _, graded = run(rules, [Person("heron-1"), Person("heron-2", extra_attempts=1)])
    assert graded == []


def test_going_back_to_earlier_work_is_a_new_attempt(run, hand_in_zip, book):
    for day, text in enumerate((b"x = 1\n", b"x = 2\n", b"x = 1\n", b"x = 1\n")):
        put(run, hand_in_zip, "heron-1", day, text)
    run()
    days = [(one.claimed_at - MADE).days for one in book.results()]
    assert days == [0, 1, 2]
