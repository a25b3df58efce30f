"""From hand-ins to a gradebook: dated, counted or not, with what there is to say of them."""

from __future__ import annotations

import io
import zipfile
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from grader.catalogue import Attempts
from grader.cohort.grading import Material, grade_found
from grader.cohort.identity import Identity, Person
from grader.cohort.intake import take_in
from grader.evidence import Help, Mode
from grader.grading import result_of
from grader.results import Status
from tests.cohort.conftest import MADE, zipped


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

    def go(attempts=None, people=()):
        intake = take_in(root, {"small": unit.work}, Identity(people))
        known = intake.identity.people
        rules = attempts or Attempts()
        material = Material({"small": unit}, small.solution.parent, "full", rules, known)
        pool = Threads()
        return list(grade_found(intake.found, material, book, pool)), pool.graded

    root.mkdir()
    go.root = root
    return go


def put(run, make, who, day, text, **options):
    made = MADE + timedelta(days=day)
    name = f"hand-in-{who}-{made:%Y%m%d-%H%M%S}.zip"
    (run.root / name).write_bytes(make(who, "small", made=made, text=text, **options))


def test_a_hand_in_is_an_attempt_at_the_time_of_its_manifest(run, hand_in_zip, book):
    hints = [{"at": "", "source": "ticket"}]
    put(run, hand_in_zip, "heron-1", 0, b"x = 1\n", attempt=2, hints=hints)
    (step,), ((learner, text),) = run()
    assert step.result.status is Status.MET
    assert "another version of this exercise" in step.remarks[-1]
    assert (learner.id, learner.attempt, text) == ("heron-1", 2, b"x = 1\n")
    (stored,) = book.results()
    assert (stored.handed_in_at, stored.mode, stored.help) == (MADE, Mode.ASSESSED, Help.HINT)
    assert stored.seed_attempt == 2
    (known,), graded = run()
    assert (known.result, graded) == (None, [])


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
    days = [(one.handed_in_at - MADE).days for one in book.results()]
    assert days == [0, 1, 2]
