"""Prints what cells and spawns cost, in milliseconds and against starting a bare Python.

Run it with `python tests/benchmarks/sandbox.py [LEVEL]`.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Callable

from grader.sandbox import Level, Policy, Sandbox

ROUNDS = 100
ENTRY = "_inside.canary:nothing"


def milliseconds(action: Callable[[], object], rounds: int = ROUNDS) -> float:
    """Return the median time of `action`."""
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        action()
        times.append(time.perf_counter() - start)
    return statistics.median(times) * 1000


def main() -> None:
    """Measure and print."""
    level = Level.parse(sys.argv[1]) if len(sys.argv) > 1 else Level.FULL
    bare = milliseconds(lambda: subprocess.run([sys.executable, "-c", "pass"], check=True), 30)
    start = time.perf_counter()
    with Sandbox(level=level, preload=["_inside.canary"]) as sandbox:
        warm = (time.perf_counter() - start) * 1000
        found = {
            "a bare python -c pass": bare,
            "starting the sandbox (once)": warm,
            "a cell, made and closed": milliseconds(lambda: sandbox.cell().close()),
            "the same with its own network": milliseconds(
                lambda: sandbox.cell(Policy(loopback=level == Level.FULL)).close(), 30
            ),
        }
        with sandbox.cell() as cell:
            found["putting 10 files"] = milliseconds(
                lambda: cell.put({f"f{n}.py": b"x = 1\n" * 100 for n in range(10)})
            )
            pids: list[int] = []
            found["a spawn, until it is locked down"] = milliseconds(
                lambda: pids.append(cell.spawn(ENTRY, None, []))
            )
            found["a spawn, until it has ended"] = milliseconds(
                lambda: cell.wait(cell.spawn(ENTRY, None, []), 10)
            )
    for name, value in found.items():
        print(f"{name:35} {value:8.2f} ms  {value / bare:6.2f} x")


if __name__ == "__main__":
    main()
