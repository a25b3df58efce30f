"""Grades many tasks: in this process, or in a few worker processes that stay warm."""

from __future__ import annotations

import functools
import multiprocessing
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor

from grader.bridge import Examiner
from grader.grading import Task, grade_one
from grader.results import ExerciseResult
from grader.sandbox import Level


def grade_all(tasks: Sequence[Task], *, level: Level, jobs: int = 1) -> Iterator[ExerciseResult]:
    """Grade every task, in order; results come as soon as they and all before are known."""
    if jobs <= 1 or len(tasks) <= 1:
        yield from _grade_here(tasks, level)
        return
    # Spawned, not forked: a worker must start with one thread and nothing of ours open.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(min(jobs, len(tasks)), mp_context=context) as pool:
        yield from pool.map(functools.partial(_grade_in_worker, level=level), tasks)


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


def _grade_in_worker(task: Task, *, level: Level) -> ExerciseResult:
    return grade_one(task, functools.partial(workers_examiner, level))


@functools.cache
def workers_examiner(level: Level) -> Examiner:
    """The warm examiner of the worker process that calls this; ends with it."""
    import atexit

    examiner = Examiner(level)
    atexit.register(examiner.close)
    return examiner
