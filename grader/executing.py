"""Grades many pieces of work: in this process, or in a few workers that stay warm and may die.

Theory of operation. At most a few jobs per worker are under way, so memory stays flat however
many there are. A worker that is killed takes a whole pool of `concurrent.futures` with it: the
pool is made anew, and the jobs that were under way are tried again one by one, so that the one to
blame breaks alone. Workers end with us, also when we are killed.
"""

from __future__ import annotations

import ctypes
import functools
import itertools
import os
import resource
import signal
import sys
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, wait
from concurrent.futures.process import ProcessPoolExecutor
from dataclasses import dataclass, replace
from multiprocessing import resource_tracker
from multiprocessing.context import SpawnContext, SpawnProcess
from typing import Any, Protocol

import msgspec

from grader.bridge import Examiner
from grader.errors import SandboxError
from grader.grading import Task, could_not_be_graded, grade_one, grade_work
from grader.results import ExerciseResult
from grader.sandbox import Level, temporary
from grader.startup import safe_workers
from grader.submission import Submission

AHEAD = 2  # jobs per worker that are handed out
_PATIENCE = 30.0  # seconds without any result
_CLOSING = 5.0  # seconds to close the pipes to workers that were killed
_PR_SET_PDEATHSIG = 1
_PROCESSES = 32  # of one worker, at most: it, its sandboxes, what runs in them
DIED = "the process that graded this ended before it was done, twice"


@dataclass(frozen=True)
class Job:
    """One piece of work and a number to know its result by; read by the worker if it isn't yet."""

    number: int
    task: Task
    submission: Submission | None = None

    def for_worker(self) -> Job:
        """The same with absolute paths: a worker has a current folder of its own."""
        task = self.task
        solution = task.solution.absolute() if task.solution is not None else None
        exercise = msgspec.structs.replace(task.exercise, folder=task.exercise.folder.absolute())
        task = replace(task, exercise=exercise, work=task.work.absolute(), solution=solution)
        return replace(self, task=task)


Grade = Callable[[Job], ExerciseResult]


class Pool(Protocol):
    """Where jobs are graded."""

    @property
    def most(self) -> int:
        """How many jobs may be under way; it may change."""

    def make(self, *, alone: bool = False) -> Executor:
        """A `concurrent.futures` executor; with `alone` one that takes a job at a time."""

    def end(self, executor: Executor) -> None:
        """Give up whatever an executor still does."""

    def grade(self) -> Grade:
        """The function to submit; it can be pickled."""

    def check(self) -> None:
        """Called when nothing came back for a while. SandboxError when nothing ever will."""


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
        try:
            return _Workers(1 if alone else min(self.processes, _most_workers()))
        except OSError as error:
            sys.stderr.write(
                "Graded one after the other: worker processes need shared memory, and /dev/shm "
                f"can't be written ({error.strerror}).\n"
            )
            return _Here()

    def end(self, executor: Executor) -> None:
        """End its processes too: else they would finish first what nobody waits for."""
        manager = getattr(executor, "_executor_manager_thread", None)
        executor.shutdown(wait=False, cancel_futures=True)
        if isinstance(executor, _Workers):
            executor.kill()
            if manager is not None:  # else Python may end while it still closes its pipes
                manager.join(_CLOSING)

    def grade(self) -> Grade:
        """Grade with the warm examiner of the worker."""
        return functools.partial(grade_in_worker, level=self.level)

    def check(self) -> None:
        """A process that ends is noticed by its executor, and a slow one has its own deadlines."""


def _most_workers() -> int:
    """How many workers a small limit on processes allows; one that is too many ends them all."""
    limit, _ = resource.getrlimit(resource.RLIMIT_NPROC)
    return sys.maxsize if limit == resource.RLIM_INFINITY else max(1, limit // _PROCESSES)


class _Workers(ProcessPoolExecutor):
    """Spawned processes that end with us, or when they are killed."""

    def __init__(self, count: int) -> None:
        self._spawning = _Spawning()
        # A worker that is killed leaves its files in a folder of ours, which we remove.
        files = temporary.folder("workers")
        files.chmod(0o711)
        super().__init__(
            count,
            self._spawning,
            initializer=_live_with_parent,
            initargs=(os.getpid(), str(files)),
        )

    def kill(self) -> None:
        """End the processes of this executor, and no other: whoever calls us may have some too."""
        for process in self._spawning.made:
            if process.pid is not None:  # it was started
                process.kill()


class _Here(Executor):
    """Does what it is given at once, in this process."""

    def submit(self, function: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Call it; what it raises is the future's."""
        future: Future[Any] = Future()
        try:
            future.set_result(function(*args, **kwargs))
        except Exception as error:  # noqa: BLE001 - whoever asks for the result gets it
            future.set_exception(error)
        return future


class _Spawning(SpawnContext):
    """Spawns processes and keeps them in mind: an executor doesn't say which are its own."""

    def __init__(self) -> None:
        super().__init__()
        safe_workers()
        _quiet_tracker()
        self.made: list[SpawnProcess] = []

    def Process(self, *args: Any, **kwargs: Any) -> SpawnProcess:  # type: ignore[override]  # noqa: N802
        """A process that isn't started yet; called by the executor."""
        self.made.append(SpawnProcess(*args, **kwargs))
        return self.made[-1]


def _quiet_tracker() -> None:
    """Start the process that tidies up behind us when we are killed, without its warning.

    It takes its options from this process when it starts, and removes what was left all the same.
    """
    before = list(sys.warnoptions)
    sys.warnoptions.append("ignore::UserWarning:multiprocessing.resource_tracker")
    try:
        resource_tracker.ensure_running()
    finally:
        sys.warnoptions[:] = before


def grade_all(tasks: Sequence[Task], *, level: Level, jobs: int = 1) -> Iterator[ExerciseResult]:
    """Grade every task, in order; results come as soon as they and all before are known.

    Raises SandboxError when there is no sandbox at all; once there was one, a task that can't be
    graded is `broken`, and the others go on. So does a task whose worker process ends.
    """
    if jobs <= 1 or len(tasks) <= 1:
        yield from _grade_here(tasks, level)
        return
    numbered = (Job(number, task) for number, task in enumerate(tasks))
    early: dict[int, ExerciseResult] = {}
    turn = 0
    for job, result in grade_jobs(numbered, LocalPool(min(jobs, len(tasks)), level)):
        early[job.number] = result
        while turn in early:
            yield early.pop(turn)
            turn += 1


def grade_jobs(jobs: Iterable[Job], pool: Pool) -> Iterator[tuple[Job, ExerciseResult]]:
    """Results as they come, in any order; each job has exactly one, whatever becomes of workers."""
    waiting = iter(jobs)
    while True:
        executor = pool.make()
        try:
            suspects = yield from _until_broken(executor, pool, waiting)
            if not suspects:
                executor.shutdown()  # nothing is under way: workers may tidy up behind them
                return
        finally:
            pool.end(executor)
        for job in suspects:
            yield job, _alone(job, pool)


def _until_broken(
    executor: Executor, pool: Pool, waiting: Iterator[Job]
) -> Generator[tuple[Job, ExerciseResult], None, Sequence[Job]]:
    """Results until all is done, or until a worker dies: then the jobs that were under way."""
    running: dict[Future[ExerciseResult], Job] = {}
    grade = pool.grade()
    while True:
        for job in itertools.islice(waiting, max(0, pool.most - len(running))):
            try:
                running[executor.submit(grade, job.for_worker())] = job
            except BrokenExecutor:
                return [*running.values(), job]
        if not running:
            return ()
        done, _ = wait(running, timeout=_PATIENCE, return_when=FIRST_COMPLETED)
        if not done:
            pool.check()
        for future in done:
            if _is_lost(future):
                return list(running.values())
            job = running.pop(future)
            yield job, _result_of(future, job)


def _is_lost(future: Future[ExerciseResult]) -> bool:
    """Whether the executor gave it up, which says nothing of the job."""
    return future.cancelled() or isinstance(future.exception(), BrokenExecutor)


def _result_of(future: Future[ExerciseResult], job: Job) -> ExerciseResult:
    """What a worker made of a job; one that had no sandbox says so of this job only."""
    error = future.exception()
    if error is None:
        return future.result()
    return could_not_be_graded(job.task, error, job.submission)


def _alone(job: Job, pool: Pool) -> ExerciseResult:
    """One more try, with nothing beside it that could be to blame."""
    executor = pool.make(alone=True)
    try:
        future = executor.submit(pool.grade(), job.for_worker())
        while not wait([future], timeout=_PATIENCE).done:
            pool.check()
        if _is_lost(future):
            return could_not_be_graded(job.task, SandboxError(DIED), job.submission)
        executor.shutdown()
        return _result_of(future, job)
    finally:
        pool.end(executor)


def _live_with_parent(parent: int, files: str) -> None:
    """End when the main process ends, however it ends; Ctrl-C is the main process's alone.

    What is temporary lies in `files`, which the main process removes; it is the current folder
    too, so that nothing depends on where `grade` was called.
    """
    temporary.work_in(files)
    os.chdir(files)
    os.setsid()  # a terminal's Ctrl-C must not reach an examiner, whose end would look like a fault
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent:  # it ended before this was set
        os._exit(1)


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


def grade_in_worker(job: Job, *, level: Level) -> ExerciseResult:
    """Grade with the warm examiner of the process that calls this."""
    examiner = functools.partial(workers_examiner, level)
    if job.submission is None:
        return grade_one(job.task, examiner)
    return grade_work(job.task, job.submission, examiner)


@functools.cache
def workers_examiner(level: Level) -> Examiner:
    """The warm examiner of the worker process that calls this; ends with it."""
    import atexit

    examiner = Examiner(level)
    atexit.register(examiner.close)
    return examiner
