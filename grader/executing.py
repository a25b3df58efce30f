"""Grades many tasks: in this process, or in a few worker processes that stay warm."""

from __future__ import annotations

import functools
import multiprocessing
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool

from grader.bridge import Examiner
from grader.errors import SandboxError
from grader.grading import Task, could_not_be_graded, grade_one
from grader.results import ExerciseResult
from grader.sandbox import Level

_DIED = "the process that graded this ended before it was done, twice"


def grade_all(tasks: Sequence[Task], *, level: Level, jobs: int = 1) -> Iterator[ExerciseResult]:
    """Grade every task, in order; results come as soon as they and all before are known.

    Raises SandboxError when there is no sandbox at all; once there was one, a task that can't be
    graded is `broken`, and the others go on. So does a task whose worker process ends.
    """
    if jobs <= 1 or len(tasks) <= 1:
        yield from _grade_here(tasks, level)
        return
    done = 0
    while done < len(tasks):
        for result in _grade_in_pool(tasks[done:], level, jobs):
            done += 1
            yield result
        if done < len(tasks):  # a worker ended: the one at its turn is a suspect, and goes alone
            yield _grade_alone(tasks[done], level)
            done += 1


def _grade_in_pool(tasks: Sequence[Task], level: Level, jobs: int) -> Iterator[ExerciseResult]:
    """Results in order, until all are known or a worker process has ended."""
    with _pool(min(jobs, len(tasks))) as pool:
        futures = [pool.submit(_grade_in_worker, task, level) for task in tasks]
        try:
            for task, future in zip(tasks, futures, strict=True):
                yield _result_of(future, task)
        except BrokenProcessPool:
            return
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


def _grade_alone(task: Task, level: Level) -> ExerciseResult:
    with _pool(1) as pool:
        try:
            return _result_of(pool.submit(_grade_in_worker, task, level), task)
        except BrokenProcessPool:
            return could_not_be_graded(task, SandboxError(_DIED))


def _pool(workers: int) -> ProcessPoolExecutor:
    # Spawned, not forked: a worker must start with one thread and nothing of ours open.
    context = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(workers, mp_context=context)


def _result_of(future: Future[ExerciseResult], task: Task) -> ExerciseResult:
    """What a worker made of a task; one that had no sandbox says so of this task only."""
    try:
        return future.result()
    except SandboxError as error:
        return could_not_be_graded(task, error)


def _grade_here(tasks: Sequence[Task], level: Level) -> Iterator[ExerciseResult]:
    made: list[Examiner] = []

    def examiner() -> Examiner:
        if not made:
            made.append(Examiner(level))
        return made[0]

    try:
        for task in tasks:
            yield grade_one(task, examiner)
    finally:
        for one in made:
            one.close()


def _grade_in_worker(task: Task, level: Level) -> ExerciseResult:
    return grade_one(task, functools.partial(workers_examiner, level))


@functools.cache
def workers_examiner(level: Level) -> Examiner:
    """The warm examiner of the worker process that calls this; ends with it."""
    import atexit

    examiner = Examiner(level)
    atexit.register(examiner.close)
    return examiner
