"""How many gradings a second, and how much memory: one and two processes, and a Dask cluster.

Run: python tests/benchmarks/cohort.py [APPRENTICES] [SECONDS-BETWEEN-LOOKS]. Grades the first
round of an invented cohort (one exercise, price-a-journey) three times with `grade cohort`, into
a new gradebook each. Prints gradings a second of the whole command and of its steady part, and
the peak resident memory of the main process and of the largest worker, in the first and in the
last third of the run: what grows with the cohort shows there.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[2]
BIN = Path(sys.executable).parent
ID = "price-a-journey"


def main() -> None:
    """Measure and print."""
    apprentices = sys.argv[1] if len(sys.argv) > 1 else "30"
    pause = float(sys.argv[2]) if len(sys.argv) > 2 else 0.2
    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        course = home / "exercises"
        course.mkdir()
        for one in (ID, "course.toml", "starters.json"):
            (course / one).symlink_to(ROOT / "exercises" / one)
        where = ("--exercises", course, "--solutions", ROOT / "solutions")
        _call("sample", "--to", home / "sample", "--apprentices", apprentices, *where)
        _measure("one process", home, where, pause, "--jobs", "1")
        _measure("two processes", home, where, pause, "--jobs", "2")
        with _cluster(home) as address:
            _measure("Dask, two workers", home, where, pause, "--cluster", address)


def _call(*words: object) -> None:
    subprocess.run([BIN / "grade", *map(str, words)], check=True, stdout=subprocess.DEVNULL)


def _measure(
    what: str, home: Path, where: tuple[object, ...], pause: float, *words: object
) -> None:
    book = home / f"{what.replace(' ', '-')}.db"
    argv = [BIN / "grade", "cohort", home / "sample" / "round-1", "--gradebook", book, *where]
    argv += ["--identity", home / "sample" / "identity.csv", *words]
    log = home / "log"
    began = time.monotonic()
    memory: list[tuple[int, int]] = []
    first = 0.0
    with log.open("w") as out:
        run = subprocess.Popen(list(map(str, argv)), stdout=out)
        while run.poll() is None:
            memory.append(_memory(run.pid))
            first = first or (time.monotonic() if log.stat().st_size else 0.0)
            time.sleep(pause)
    ended = time.monotonic()
    graded = sum(line.startswith("[") for line in log.read_text().splitlines())
    third = max(1, len(memory) // 3)
    early, late = memory[:third], memory[-third:]
    print(
        f"{what}: {graded} graded, {graded / (ended - began):.2f} a second, "
        f"{(graded - 1) / max(ended - first, 0.1):.2f} once it runs; peak MB, first and last "
        f"third: main {_most(early, 0)} and {_most(late, 0)}, "
        f"worker {_most(early, 1)} and {_most(late, 1)}",
        flush=True,
    )


def _most(memory: list[tuple[int, int]], which: int) -> int:
    return max(one[which] for one in memory) // 1024


def _memory(pid: int) -> tuple[int, int]:
    """Resident kB of a process, and of the largest of its children that Python started."""
    return _resident(pid), max((_resident(one) for one in _children(pid)), default=0)


def _resident(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0
    return next((int(one.split()[1]) for one in lines if one.startswith("VmRSS")), 0)


def _children(pid: int) -> list[int]:
    try:
        return [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []


@contextmanager
def _cluster(home: Path) -> Iterator[str]:
    """A scheduler and two workers on this machine, and their address."""
    file, started = home / "scheduler.json", []
    words = ("--scheduler-file", file, "--no-dashboard")
    worker = ("worker", "--no-nanny", "--nthreads", "1", "--local-directory", home / "worker")
    try:
        for one in (("scheduler", "--host", "127.0.0.1", "--port", "0"), worker, worker):
            argv = list(map(str, (BIN / "dask", *one, *words)))
            started.append(subprocess.Popen(argv, stderr=subprocess.DEVNULL))
        yield _address(file)
    finally:
        for made in reversed(started):
            made.kill()
            made.wait()


def _address(file: Path) -> str:
    from distributed import Client

    while not file.is_file():
        time.sleep(0.1)
    with Client(scheduler_file=str(file), set_as_default=False) as client:
        client.wait_for_workers(2)
        return str(client.scheduler.address)


if __name__ == "__main__":
    main()
