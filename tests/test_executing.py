"""Jobs are graded whatever becomes of the workers; each has exactly one result."""

from __future__ import annotations

import functools
import multiprocessing
import multiprocessing.connection
import os
import signal
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import dataclass, field, replace

import pytest

from grader.catalogue import Exercise
from grader.executing import Job, LocalPool, grade_all, grade_jobs
from grader.grading import Task, result_of
from grader.results import Status
from grader.sandbox import Level
from grader.submission import Submission


@pytest.fixture
def jobs(tmp_path):
    exercise = Exercise(
        id="tiny",
        folder=tmp_path,
        title="Tiny",
        client="Tapline",
        track="build",
        difficulty=1,
        minutes=10,
        duties=(),
        ksbs=("S1",),
        work=("tiny.py",),
    )

    def make(*texts):
        return [
            Job(number, Task(exercise, tmp_path), Submission(files={"tiny.py": text.encode()}))
            for number, text in enumerate(texts)
        ]

    return make


def _grade(job, marker=None):
    """What a worker does, told by the text of the work."""
    text = job.submission.files["tiny.py"].decode()
    if text == "kill":
        os.kill(os.getpid(), signal.SIGKILL)
    if text == "kill once" and not os.path.exists(marker):
        open(marker, "w").close()
        os.kill(os.getpid(), signal.SIGKILL)
    if text == "raise":
        raise ValueError("a fault of ours")
    return result_of(job.task, job.submission, Status.MET)


@dataclass
class FakePool:
    """Processes that need no sandbox."""

    marker: str = ""
    most: int = 4
    made: list[object] = field(default_factory=list)

    def make(self, *, alone=False):
        self.made.append(alone)
        return ProcessPoolExecutor(1 if alone else 2)

    def end(self, executor):
        executor.shutdown(wait=True, cancel_futures=True)

    def check(self):
        pass

    def grade(self):
        return functools.partial(_grade, marker=self.marker)


def _statuses(jobs, pool):
    done = [(job.number, result.status.value) for job, result in grade_jobs(jobs, pool)]
    assert len(done) == len(set(done))
    return dict(done)


def test_every_job_has_a_result(jobs):
    assert _statuses(jobs(*["ok"] * 9), FakePool()) == dict.fromkeys(range(9), "met")
    assert _statuses([], FakePool()) == {}


def test_a_job_that_raises_breaks_alone(jobs):
    found = list(grade_jobs(jobs("ok", "raise", "ok"), FakePool()))
    by_number = {job.number: result for job, result in found}
    assert [by_number[n].status for n in range(3)] == ["met", "broken", "met"]
    assert "a fault of ours" in by_number[1].checks[0].tutor_notes[0]


def test_a_job_that_kills_its_worker_breaks_alone(jobs):
    statuses = _statuses(jobs("ok", "ok", "kill", *["ok"] * 6), FakePool())
    assert statuses == {**dict.fromkeys(range(9), "met"), 2: "broken"}


def test_jobs_beside_a_worker_that_was_killed_are_graded_after_all(jobs, tmp_path):
    pool = FakePool(marker=str(tmp_path / "killed"))
    statuses = _statuses(jobs("ok", "kill once", *["ok"] * 5), pool)
    assert statuses == dict.fromkeys(range(7), "met")
    assert pool.made[0] is False
    assert True in pool.made


def test_work_is_read_only_a_little_ahead(jobs):
    taken = []

    def reading():
        for job in jobs(*["ok"] * 50):
            taken.append(job.number)
            yield job

    class Threads(FakePool):
        def make(self, *, alone=False):
            return ThreadPoolExecutor(1)

    results = grade_jobs(reading(), Threads())
    next(results)
    assert len(taken) <= 2 * FakePool.most
    results.close()


def test_a_local_pool_grades_with_a_warm_examiner(jobs):
    """An exercise without checks can't be weighed: broken, by the real worker."""
    found = list(grade_jobs(jobs("ok"), LocalPool(1, Level.FULL)))
    assert [result.status for _, result in found] == ["broken"]


def test_results_of_a_pool_come_in_order_and_work_is_read_there(jobs):
    """Exercises without checks can't be weighed: broken, by the real workers."""
    tasks = [job.task for job in jobs("ok", "ok", "ok")]
    tasks = [replace(task, work=task.work / str(n)) for n, task in enumerate(tasks)]
    assert [one.status for one in grade_all(tasks, level=Level.FULL, jobs=2)] == ["broken"] * 3


def test_a_pool_that_is_given_up_leaves_no_process(jobs):
    """A sentinel is ready once its process has ended, whoever reaps it: `is_alive` can lag."""
    before = set(multiprocessing.active_children())
    results = grade_jobs(jobs(*["ok"] * 9), LocalPool(2, Level.FULL))
    next(results)
    workers = {worker.sentinel for worker in set(multiprocessing.active_children()) - before}
    results.close()
    assert workers
    while workers:  # until all have ended: what was begun is ended first
        workers -= set(multiprocessing.connection.wait(workers))


def test_a_pool_that_is_given_up_ends_its_own_processes_alone(jobs):
    here, there = multiprocessing.get_context("spawn").Pipe()
    other = multiprocessing.get_context("spawn").Process(target=_echo_one, args=(there,))
    other.start()
    try:
        results = grade_jobs(jobs(*["ok"] * 3), LocalPool(1, Level.FULL))
        next(results)
        results.close()
        here.send("still here")
        there.close()
        assert here.recv() == "still here"
    finally:
        other.kill()
        other.join()


def _echo_one(pipe):
    pipe.send(pipe.recv())


def test_a_pool_may_shrink_midway(jobs):
    """On a cluster, workers are lost while more jobs are under way than the rest may have."""

    @dataclass
    class Shrinking(FakePool):
        asked: int = 0

        @property
        def most(self):
            self.asked += 1
            return 4 if self.asked < 3 else 1

        @most.setter
        def most(self, value):
            pass

    assert _statuses(jobs(*["ok"] * 9), Shrinking()) == dict.fromkeys(range(9), "met")
