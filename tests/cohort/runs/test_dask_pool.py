"""Bundles arrive whole or not at all; a cluster gives the same report, also when a worker dies."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import msgspec
import pytest
from distributed import Client

from grader.catalogue import exercise_digest
from grader.cohort.dask_pool import Bundle, DaskPool, Tls, bundle_of, unpack
from grader.errors import SandboxError, UsageError
from grader.sandbox import Level

from .conftest import ID, ROOT, contents

DASK = Path(sys.executable).with_name("dask")


def test_a_bundle_holds_what_grading_reads(tmp_path, course_exercise):
    exercise, solutions = course_exercise(ID), ROOT / "solutions"
    bundle = bundle_of([exercise], solutions)
    assert bundle_of([exercise], solutions) == bundle
    folder = unpack(bundle, tmp_path)
    assert unpack(bundle, tmp_path) == folder
    there = msgspec.structs.replace(exercise, folder=folder / "exercises" / ID)
    assert exercise_digest(there, folder / "solutions" / ID) == exercise_digest(
        exercise, solutions / ID
    )
    assert (folder / "exercises" / "course.toml").is_file()
    assert (folder / "exercises" / "starters.json").is_file()
    assert oct(folder.stat().st_mode)[-3:] == "700"


def test_a_bundle_that_was_changed_is_refused(tmp_path, course_exercise):
    bundle = bundle_of([course_exercise(ID)], ROOT / "solutions")
    with pytest.raises(SandboxError, match="damaged"):
        unpack(Bundle(bundle.name, bundle.packed + b"x"), tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_cluster_that_is_not_there_is_told(tmp_path):
    bundle = Bundle("sha256:0", b"")
    with pytest.raises(UsageError, match="isn't a file"):
        DaskPool("tls://127.0.0.1:1", bundle, Level.FULL, Tls(*[tmp_path / "none.pem"] * 3))
    pool = DaskPool("no address", bundle, Level.FULL)
    with pytest.raises(SandboxError, match="No Dask scheduler answers at `no address`"):
        pool.make()


@pytest.mark.slow
def test_a_worker_that_optimises_is_refused():
    """`-O` in front of a worker would leave out assertions of hidden suites."""
    code = (
        "from grader.cohort.dask_pool import Bundle, Room\n"
        "from grader.sandbox import Level\n"
        "print(Room(Bundle('sha256:0', b''), Level.NONE)._unfit())\n"
    )
    done = subprocess.run([sys.executable, "-O", "-c", code], capture_output=True, text=True)
    assert done.stdout == (
        "its Python runs with -O, by which tests are left out; start it without\n"
    ), done.stderr


@pytest.fixture
def cluster(tmp_path):
    """A scheduler and workers, as processes; an address and a way to start one more worker."""
    file = tmp_path / "scheduler.json"
    started = []

    def start(*words):
        log = (tmp_path / f"log-{len(started)}").open("w")
        argv = [DASK, *words, "--scheduler-file", file, "--no-dashboard"]
        made = subprocess.Popen(list(map(str, argv)), stdout=log, stderr=log)
        log.close()
        started.append(made)
        return made

    def worker(*words):
        folder = tmp_path / f"worker-{len(started)}"
        once = ("--no-nanny", "--nthreads", "1", "--host", "127.0.0.1")
        return start("worker", *once, "--local-directory", folder, *words)

    start("scheduler", "--host", "127.0.0.1", "--port", "0")
    end = time.monotonic() + 60
    while not file.is_file() and time.monotonic() < end:
        time.sleep(0.1)
    yield file, worker
    for one in reversed(started):
        one.kill()
        one.wait()


def _wait_for(file, workers):
    with Client(scheduler_file=str(file), set_as_default=False) as client:
        client.wait_for_workers(workers, timeout=120)
        return client.scheduler.address


WEAK = """
from grader.cohort import dask_pool
from grader.sandbox import Level
dask_pool.best_level = lambda: Level.BASIC
"""


@pytest.mark.slow
def test_a_cluster_gives_the_same_also_when_a_worker_dies(
    cluster, small_cohort, grade_cohort, undisturbed, tmp_path
):
    file, worker = cluster
    workers = [worker(), worker()]
    weak = tmp_path / "weak.py"
    weak.write_text(WEAK)
    worker("--preload", weak)
    address = _wait_for(file, 3)
    book = small_cohort / "cluster.db"
    run = grade_cohort(small_cohort, book, "--cluster", address)
    first = run.lines(3)
    assert "Not used: tcp://" in first[0]
    assert "isolation basic, and full was asked for" in first[0]
    os.kill(workers[0].pid, signal.SIGKILL)
    text, code = run.finish()
    assert code == 0, text
    assert contents(book) == undisturbed


@pytest.mark.slow
def test_workers_that_can_not_be_used_are_refused(cluster, small_cohort, grade_cohort, tmp_path):
    file, worker = cluster
    weak = tmp_path / "weak.py"
    weak.write_text(WEAK)
    worker("--preload", weak)
    address = _wait_for(file, 1)
    text, code = grade_cohort(
        small_cohort, small_cohort / "refused.db", "--cluster", address
    ).finish()
    assert code == 2
    assert "No worker of the cluster" in text
    assert "isolation basic, and full was asked for" in text
    assert "Traceback" not in text
