"""What crossing costs: a call by kind of value, a fresh candidate, a callback.

Run: python tests/benchmarks/bridge.py [CALLS]. Prints medians in microseconds of wall time for
each kind, and its ratio to the same call in one process.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
from pathlib import Path

from grader.bridge import Examiner, Run
from grader.sandbox import best_level

PROGRAM = """
class Point:
    def __init__(self, x, y): self.x, self.y = x, y
def same(value): return value
def make(n): return Point(n, n)
def apply(function, value): return function(value)
def fail(n): raise ValueError(n)
"""

SUITE = """
import json, statistics, time
from program import Point, apply, fail, make, same

N = {calls}
KINDS = {{
    "int": 7,
    "text of 20": "x" * 20,
    "list of 10 ints": list(range(10)),
    "list of 1,000 ints": list(range(1000)),
    "dict of 100": {{str(i): i for i in range(100)}},
    "bytes of 100,000": b"x" * 100_000,
}}

def median(function, *args):
    times = []
    for _ in range(N):
        began = time.perf_counter()
        function(*args)
        times.append((time.perf_counter() - began) * 1e6)
    return statistics.median(times)

def failing():
    try:
        fail(1)
    except ValueError:
        pass

def test_costs():
    point = make(1)
    costs = {{name: median(same, value) for name, value in KINDS.items()}}
    costs["object made"] = median(make, 1)
    costs["attribute"] = median(lambda: point.x)
    costs["exception"] = median(failing)
    costs["callback"] = median(apply, abs, -3)
    costs["callback of the suite"] = median(apply, lambda value: value, 3)
    assert not costs, json.dumps(costs)

"""
FRESH = """
import pytest
from program import same
@pytest.mark.parametrize("number", range(60))
def test_fresh(number):
    {call}
"""


def main() -> None:
    """Measure and print."""
    calls = int(sys.argv[1]) if len(sys.argv) > 1 else 500
    with tempfile.TemporaryDirectory() as name, Examiner(best_level()) as examiner:
        folder = Path(name)
        here = _costs_here(calls)
        there = _costs_through(examiner, folder, calls)
        print(f"isolation {examiner.level.label}, {calls} calls each, medians in µs")
        for kind, cost in there.items():
            print(f"{kind:24} {cost:8.0f}   in one process {here[kind]:8.2f}")
        idle = _seconds(examiner, folder, "pass")
        used = _seconds(examiner, folder, "assert same(1) == 1")
        print(f"a test that asks nothing  {idle * 1e3:6.2f} ms")
        print(f"a test that asks once     {used * 1e3:6.2f} ms: a fresh candidate is the rest")


def _run(examiner: Examiner, folder: Path, suite: str) -> list[tuple[float, str]]:
    (folder / "test_it.py").write_text(suite)
    run = Run(folder, ("program",), {"program.py": PROGRAM.encode()}, folder)
    return [(record.seconds, record.detail) for record in examiner.run(run).tests]


def _costs_through(examiner: Examiner, folder: Path, calls: int) -> dict[str, float]:
    [(_, detail)] = _run(examiner, folder, SUITE.format(calls=calls))
    return _read(detail)


def _costs_here(calls: int) -> dict[str, float]:
    import types

    module = types.ModuleType("program")
    exec(PROGRAM, module.__dict__)
    sys.modules["program"] = module
    space: dict[str, object] = {}
    exec(SUITE.format(calls=calls), space)
    del sys.modules["program"]  # examiners are forks of this process
    try:
        space["test_costs"]()  # type: ignore[operator]
    except AssertionError as told:
        return _read(f"AssertionError: {told}")
    raise SystemExit("the suite told nothing")


def _read(detail: str) -> dict[str, float]:
    import json

    text = detail[detail.index("{") : detail.index("}") + 1]
    found: dict[str, float] = json.loads(text)
    return found


def _seconds(examiner: Examiner, folder: Path, call: str) -> float:
    return statistics.median(
        seconds for seconds, _ in _run(examiner, folder, FRESH.format(call=call))
    )


if __name__ == "__main__":
    main()
