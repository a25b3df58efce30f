"""What one grading costs, against a cold `pytest --cov --cov-branch` run of the same tests.

Run: python tests/benchmarks/grading.py [RUNS]. Prints medians in milliseconds of processor time
(of all processes) and of wall time, and the ratios; the two are run in turn.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from grader.bridge import Examiner, Run
from grader.sandbox import best_level

ROOT = Path(__file__).parents[2]
EXERCISE = ROOT / "exercises" / "price-a-journey"
SOLUTION = ROOT / "solutions" / "price-a-journey"
MARKERS = ("ksb", "behaviour", "must", "hint", "feedback", "clause")


def main() -> None:
    """Measure and print."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 7
    files = {
        "fares.py": (SOLUTION / "fares.py").read_bytes(),
        "tariffs.py": (EXERCISE / "tariffs.py").read_bytes(),
    }
    run = Run(SOLUTION / "hidden", ("fares",), files, EXERCISE, ("tariffs",))
    with tempfile.TemporaryDirectory() as name, Examiner(best_level()) as examiner:
        folder = _laid_out(Path(name), files)
        examiner.run(run)
        warm, cold = [], []
        for _ in range(runs):
            warm.append(timed(lambda: examiner.run(run)))
            cold.append(timed(lambda: _cold(folder)))
    print(f"isolation {examiner.level.label}, {runs} runs, medians")
    for place, unit in enumerate(("cpu ", "wall")):
        ours, theirs = (statistics.median(one[place] for one in row) for row in (warm, cold))
        print(f"{unit}  grading {ours:7.0f} ms   cold pytest --cov {theirs:7.0f} ms", end="   ")
        print(f"ratio {theirs / ours:.2f}")


def _laid_out(folder: Path, files: dict[str, bytes]) -> Path:
    for name, data in files.items():
        (folder / name).write_bytes(data)
    shutil.copy(SOLUTION / "hidden" / "test_fares_hidden.py", folder)
    lines = "".join(f"    {marker}: the author's\n" for marker in MARKERS)
    (folder / "pytest.ini").write_text(f"[pytest]\nmarkers =\n{lines}")
    return folder


def _cold(folder: Path) -> None:
    words = [sys.executable, "-m", "pytest", "-q", "--cov=.", "--cov-branch"]
    subprocess.run(words, cwd=folder, check=True, capture_output=True)


def timed(work: Callable[[], object]) -> tuple[float, float]:
    """Milliseconds of processor time, children's included, and of wall time.

    Processes of the sandbox are children of a child that lives on: their share comes from
    /proc and is counted where that is readable.
    """
    before, began = cpu(), time.perf_counter()
    work()
    wall = time.perf_counter() - began
    return (cpu() - before) * 1000, wall * 1000


def cpu() -> float:
    """Seconds of processor time of this process and all below it that are alive or waited for."""
    own = os.times()
    total = own.user + own.system + own.children_user + own.children_system
    return total + sum(map(_cpu_of, _descendants(os.getpid())))


def _descendants(pid: int) -> list[int]:
    try:
        text = Path(f"/proc/{pid}/task/{pid}/children").read_text()
    except OSError:
        return []
    children = [int(word) for word in text.split()]
    return [one for child in children for one in (child, *_descendants(child))]


def _cpu_of(pid: int) -> float:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return sum(int(field) for field in fields[11:15]) / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    main()
