"""What it costs to try a learner's tests on six faulty and three correct programs.

Run: python tests/benchmarks/variants.py [RUNS]. Against nine cold `pytest` runs of the same tests
on the same programs; the grader makes ten runs, since a correct program comes twice. Prints
medians in milliseconds of processor time and of wall time, and the ratios. The processor time of
the grader is rather too high: what a run used is added to what is seen of it afterwards, since
the end of a cell takes some of it out of sight.
"""

from __future__ import annotations

import contextlib
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
from grading import cpu, timed

from grader.bridge import Examiner, own_tests
from grader.catalogue import Exercise, given_files, read_exercise
from grader.checks import Context, all_checks
from grader.checks.faulty_variants import CHECK, FaultyVariantsOptions
from grader.checks.faulty_variants_programs import Wanted, programs_of
from grader.checks.variants import FAULTY_FILE, read_variants
from grader.sandbox import best_level
from grader.standard import standard

ROOT = Path(__file__).parents[2]
NAME = "first-unit"
FAULTY, CORRECT = 6, 3


def main() -> None:
    """Measure and print."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    exercise, solution = _exercise(), ROOT / "solutions" / NAME
    faulty = read_variants(exercise, solution).faulty
    variants = tuple(one.name for one in faulty[:FAULTY])
    with tempfile.TemporaryDirectory() as name, Examiner(best_level()) as examiner:
        folder = Path(name)
        _copy_solution(solution, folder)
        work = {one: (solution / one).read_bytes() for one in exercise.work}
        given = {one: (exercise.folder / one).read_bytes() for one in given_files(exercise)}
        context = Context(exercise, work, given, folder, examiner)
        options = FaultyVariantsOptions(variants=variants)
        places = _laid_out(context, variants, folder)
        assert CHECK.run(context, options).outcome == "passed"
        warm, cold = [], []
        for _ in range(runs):
            with _counting() as spent:
                used, wall = timed(lambda: CHECK.run(context, options))
            warm.append((used + 1000 * sum(spent), wall))
            cold.append(timed(lambda: [_cold(place) for place in places]))
    print(f"isolation {examiner.level.label}, {runs} runs, medians")
    for place, unit in enumerate(("cpu ", "wall")):
        ours, theirs = (statistics.median(one[place] for one in row) for row in (warm, cold))
        each = ours / (FAULTY + CORRECT + 1)
        print(f"{unit}  tried {ours:6.0f} ms ({each:.0f} a run)", end="   ")
        print(f"cold pytest {theirs:6.0f} ms   ratio {theirs / ours:.1f}")


@contextlib.contextmanager
def _counting() -> Iterator[list[float]]:
    """Note the processor time of each run of tests, while its processes can be seen."""
    spent: list[float] = []
    converse = own_tests.converse

    def counted(*arguments: Any) -> Any:
        before = cpu()
        said = converse(*arguments)
        spent.append(cpu() - before)
        return said

    own_tests.converse = counted
    try:
        yield spent
    finally:
        own_tests.converse = converse


def _exercise() -> Exercise:
    found = read_exercise(
        ROOT / "exercises" / NAME,
        kinds={kind: check.options for kind, check in all_checks().items()},
        known_codes=standard().ksbs,
        known_duties=standard().duties,
    )
    return msgspec.structs.replace(found, checks={})


def _copy_solution(solution: Path, folder: Path) -> None:
    """The reference, all faulty programs, and two of the sound ones."""
    sound = sorted((solution / "sound").glob("*.py"))[: CORRECT - 1]
    for path in (*solution.glob("*.py"), solution / FAULTY_FILE, *sound):
        target = folder / path.relative_to(solution)
        target.parent.mkdir(exist_ok=True)
        target.write_bytes(path.read_bytes())


def _laid_out(context: Context, variants: tuple[str, ...], folder: Path) -> list[Path]:
    """A folder for each program, with the tests beside it."""
    places = []
    for program in programs_of(context.exercise, folder, Wanted(variants)):
        place = folder / "cold" / program.name
        place.mkdir(parents=True)
        for name, data in {**context.files, **program.files}.items():
            (place / name).parent.mkdir(parents=True, exist_ok=True)
            (place / name).write_bytes(data)
        places.append(place)
    return places


def _cold(folder: Path) -> None:
    words = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"]
    subprocess.run(words, cwd=folder, check=False, capture_output=True)


if __name__ == "__main__":
    main()
