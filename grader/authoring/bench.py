"""Runs trials of many exercises over a few warm worker processes, and keeps their results.

A kept result is used again as long as nothing that went into it has changed: this grader, the
exercise, its hidden side, the program that was tried.
"""

from __future__ import annotations

import concurrent.futures
import functools
import hashlib
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec

import grader
from grader.authoring.keeping import Shelf
from grader.authoring.trials import (
    Catching,
    Caught,
    Grading,
    Result,
    SuiteRan,
    Trial,
    kind_of_result,
    run_trial,
)
from grader.bridge import Examiner
from grader.catalogue import digest_of, exercise_digest, find_given, regular_files
from grader.executing import LocalPool, workers_examiner
from grader.grading import Task
from grader.results import Outcome
from grader.sandbox import Level

# Of the hidden side, what no run of the suite reads; nor does one read the ticket.
_UNREAD = ("faulty.toml", "faulty/", "sound/", "DESIGN.md", "lint.toml")


@dataclass(frozen=True)
class Order:
    """A trial of one exercise, by its id."""

    exercise: str
    trial: Trial


def run_all(
    orders: Sequence[Order],
    tasks: Mapping[str, Task],
    *,
    level: Level,
    jobs: int,
    shelf: Shelf,
    told: Callable[[int, int], None] = lambda _done, _all: None,
) -> dict[Order, Result]:
    """The result of each order: kept ones, then those that have to be run.

    `told` hears how many are done, of how many that are run. Raises GraderError.
    """
    keys = {one: key_of(tasks[one.exercise], one.trial, level) for one in orders}
    found: dict[Order, Result] = {}
    for order, key in keys.items():
        kept = shelf.find(key, kind_of_result(order.trial))
        if kept is not None:
            found[order] = kept
    left = [order for order in orders if order not in found]
    for count, (order, result) in enumerate(_run(left, tasks, level, jobs), 1):
        found[order] = result
        if _may_be_kept(result):
            shelf.keep(keys[order], result)
        told(count, len(left))
    return found


def _run(
    orders: Sequence[Order], tasks: Mapping[str, Task], level: Level, jobs: int
) -> Iterator[tuple[Order, Result]]:
    if not orders:
        return
    if jobs <= 1 or len(orders) == 1:
        with Examiner(level) as examiner:
            for order in orders:
                yield order, run_trial(tasks[order.exercise], order.trial, examiner)
        return
    pool = LocalPool(jobs, level)
    executor = pool.make()
    try:
        waiting = {
            executor.submit(_run_in_worker, tasks[order.exercise], order.trial, level): order
            for order in orders
        }
        for done in concurrent.futures.as_completed(waiting):
            yield waiting[done], done.result()
        executor.shutdown()
    finally:
        pool.end(executor)


def _run_in_worker(task: Task, trial: Trial, level: Level) -> Result:
    return run_trial(task, trial, workers_examiner(level))


def _may_be_kept(result: Result) -> bool:
    """Not what came of a busy machine: a run that broke off, or a program that was too slow."""
    if isinstance(result, SuiteRan):
        return not result.faults
    if isinstance(result, Caught):
        return not result.fault
    items = [item for check in result.checks for item in check.items]
    slow = any(item.cause == "time" for item in items)
    return not slow and all(one.outcome is not Outcome.BROKEN for one in result.checks)


# -- what went into a result


def key_of(task: Task, trial: Trial, level: Level) -> str:
    """A digest of all that a result depends on."""
    parts = (
        grader_digest().encode(),
        level.label.encode(),
        _surroundings(task, trial).encode(),
        msgspec.msgpack.encode(trial),
    )
    digest = hashlib.sha256()
    for part in parts:
        digest.update(len(part).to_bytes(8))
        digest.update(part)
    return digest.hexdigest()


@functools.cache
def grader_digest() -> str:
    """A digest of this grader's own source and of the Python that runs it."""
    home = Path(grader.__file__).parent
    names = [name for name in regular_files(home) if not name.startswith("authoring/rules/")]
    files: Mapping[str, bytes] = {name: (home / name).read_bytes() for name in names}
    return f"{sys.version} {digest_of(files)}"


def _surroundings(task: Task, trial: Trial) -> str:
    exercise, solution = task.exercise, task.solution
    if solution is None or isinstance(trial, Grading | Catching):
        return exercise_digest(exercise, solution)
    read = {
        f"solution/{name}": (solution / name).read_bytes()
        for name in regular_files(solution)
        if not name.startswith(_UNREAD)
    }
    for name in ("exercise.toml", *find_given(exercise).names):
        read[f"exercise/{name}"] = (exercise.folder / name).read_bytes()
    return digest_of(read)
