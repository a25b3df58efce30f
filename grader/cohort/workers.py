"""Grades many pieces of work at once, in worker processes that stay warm and may die.

Theory of operation. At most a few jobs per worker are under way, so memory stays flat whatever
the cohort's size. A worker that is killed takes a whole pool of `concurrent.futures` with it: the
pool is made anew, and the jobs that were under way are tried again one by one, so that the one to
blame breaks alone. Workers end with us, also when we are killed.
"""

from __future__ import annotations

import ctypes
import functools
import itertools
import multiprocessing
import os
import signal
import sys
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, wait
from concurrent.futures.process import ProcessPoolExecutor
from dataclasses import dataclass
from typing import Protocol

from grader.executing import workers_examiner
from grader.grading import Task, could_not_be_graded, grade_work
from grader.results import ExerciseResult
from grader.sandbox import Level
from grader.submission import Submission

AHEAD = 2  # jobs per worker that are handed out
_PR_SET_PDEATHSIG = 1


@dataclass(frozen=True)
class Job:
    """One piece of work, read already, and a number to know its result by."""

    number: int
    task: Task
    submission: Submission


Grade = Callable[[Job], ExerciseResult]


class Pool(Protocol):
    """Where jobs are graded."""

    @property
    def most(self) -> int:
        """How many jobs may be under way."""

    def make(self, *, alone: bool = False) -> Executor:
        """A `concurrent.futures` executor; with `alone` one that takes a job at a time."""

    def end(self, executor: Executor) -> None:
        """Give up whatever an executor still does."""

    def grade(self) -> Grade:
        """The function to submit; it can be pickled."""


@dataclass(frozen=True)
class LocalPool:
    """Processes on this machine."""

    processes: int
    level: Level

    @property
    def most(self) -> int:
        """A worker that is done finds its next job waiting."""
        return AHEAD * self.processes

    def make(self, *, alone: bool = False) -> Executor:
        """Spawned, not forked: a worker must start with one thread and nothing of ours open."""
        return ProcessPoolExecutor(
            1 if alone else self.processes,
            multiprocessing.get_context("spawn"),
            initializer=_live_with_parent,
            initargs=(os.getpid(),),
        )

    def end(self, executor: Executor) -> None:
        """End its processes too: else they would finish first what nobody waits for."""
        executor.shutdown(wait=False, cancel_futures=True)
        for process in multiprocessing.active_children():
            process.kill()

    def grade(self) -> Grade:
        """Grade with the warm examiner of the worker."""
        return functools.partial(_grade_in_worker, level=self.level)


def grade_jobs(jobs: Iterable[Job], pool: Pool) -> Iterator[tuple[Job, ExerciseResult]]:
    """Results as they come, in any order; each job has exactly one, whatever becomes of workers."""
    waiting = iter(jobs)
    suspects: Sequence[Job] = ()
    while True:
        executor = pool.make()
        try:
            suspects = yield from _until_broken(executor, pool, waiting)
        finally:
            pool.end(executor)
        if not suspects:
            return
        for job in suspects:
            yield job, _alone(job, pool)


def _until_broken(
    executor: Executor, pool: Pool, waiting: Iterator[Job]
) -> Generator[tuple[Job, ExerciseResult], None, Sequence[Job]]:
    """Results until all is done, or until a worker dies: then the jobs that were under way."""
    running: dict[Future[ExerciseResult], Job] = {}
    grade = pool.grade()
    while True:
        for job in itertools.islice(waiting, pool.most - len(running)):
            try:
                running[executor.submit(grade, job)] = job
            except BrokenExecutor:
                return [*running.values(), job]
        if not running:
            return ()
        done, _ = wait(running, return_when=FIRST_COMPLETED)
        for future in done:
            error = future.exception()
            if isinstance(error, BrokenExecutor):
                return list(running.values())
            job = running.pop(future)
            yield (
                job,
                future.result()
                if error is None
                else could_not_be_graded(job.task, error, job.submission),
            )


def _alone(job: Job, pool: Pool) -> ExerciseResult:
    """One more try, with nothing beside it that could be to blame."""
    executor = pool.make(alone=True)
    try:
        return executor.submit(pool.grade(), job).result()
    except Exception as error:  # noqa: BLE001 - whatever it is, the other jobs go on
        return could_not_be_graded(job.task, error, job.submission)
    finally:
        pool.end(executor)


def _live_with_parent(parent: int) -> None:
    """End when the main process ends, however it ends; Ctrl-C is the main process's alone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent:  # it ended before this was set
        os._exit(1)


def _grade_in_worker(job: Job, *, level: Level) -> ExerciseResult:
    return grade_work(job.task, job.submission, functools.partial(workers_examiner, level))
