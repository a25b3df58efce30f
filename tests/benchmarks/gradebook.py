"""What a large gradebook costs: to open it, to know work again, and to report on everybody.

Run: python tests/benchmarks/gradebook.py [ATTEMPTS] [PER_APPRENTICE]. Attempts are synthetic: one
real result, graded once, stored for many invented people. Prints seconds and peak memory.
"""

from __future__ import annotations

import contextlib
import resource
import sqlite3
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec

from grader.catalogue import Exercise
from grader.cli.finding import exercises_under
from grader.cli.telling_cohort import Telling
from grader.cohort.identity import Identity
from grader.evidence import Mode, records_of
from grader.executing import grade_all
from grader.gradebook import Gradebook, Key
from grader.grading import Task
from grader.results import ExerciseResult
from grader.sandbox import best_level

ROOT = Path(__file__).parents[2]
BEGIN = datetime(2026, 9, 1, 9, tzinfo=UTC)


def main() -> None:
    """Measure and print."""
    attempts = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    each = int(sys.argv[2]) if len(sys.argv) > 2 else 60
    exercises = exercises_under([ROOT / "exercises"])
    results = _real_results(exercises)
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "gradebook.db"
        with _timed(f"written: {attempts:,} attempts, {each} for each apprentice"):
            _fill(path, results, attempts, each)
        print(f"size: {path.stat().st_size / 1e6:,.0f} MB")
        with _timed("reopened, migrations looked at"), Gradebook(path):
            pass
        with Gradebook(path) as book:
            with _timed("1,000 hand-ins looked up"):
                for _ in range(1000):
                    book.attempts("a-7", results[0].id)
                    book.has(7, Key("sha256:aa", "0.1.0", "full"))
            told = Telling(exercises, ROOT / "solutions", "full", Identity())
            with _timed("reports of everybody (apprentice_reports)"):
                count = sum(1 for _ in told.reports(book))
        print(f"apprentices: {count:,}")
        print(f"peak memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MB")


def _real_results(exercises: Sequence[Exercise]) -> list[ExerciseResult]:
    tasks = [
        Task(one, ROOT / "solutions" / one.id, ROOT / "solutions" / one.id) for one in exercises
    ]
    made = list(grade_all(tasks, level=best_level()))
    for one in made:
        print(f"a result of {one.id}: {len(msgspec.json.encode(one)):,} bytes, {one.status}")
    return made


def _fill(path: Path, results: list[ExerciseResult], attempts: int, each: int) -> None:
    with Gradebook(path):
        pass  # the schema
    with contextlib.closing(sqlite3.connect(path)) as db, db:
        db.execute("pragma synchronous = off")
        now = BEGIN.isoformat(timespec="microseconds")
        people = [(f"a-{n}", now) for n in range(-(-attempts // each))]
        db.executemany("insert into apprentice values (?, ?)", people)
        db.execute("insert into work values ('sha256:bb', x'00', 1)")
        texts = [msgspec.json.encode(one).decode() for one in results]
        for number in range(attempts):
            learner, turn = f"a-{number // each}", number % each
            result = results[turn % len(results)]
            at = BEGIN + timedelta(days=turn, seconds=number % 86_400)
            records = records_of(result, learner=learner, attempt=number, mode=Mode.ASSESSED, at=at)
            db.execute(
                "insert into attempt values (?, ?, ?, 'assessed', ?, 'sha256:bb', 1, 'none')",
                (number, learner, result.id, at.isoformat(timespec="microseconds")),
            )
            db.execute(
                "insert into result values "
                "(?, ?, 'current', ?, 'sha256:aa', '0.1.0', 'full', ?, 3, 3, 1.0, ?, ?)",
                (
                    *(number, number, now, result.status.value),
                    msgspec.json.encode(records).decode(),
                    texts[turn % len(texts)],
                ),
            )


@contextlib.contextmanager
def _timed(what: str) -> Iterator[None]:
    began, used = time.perf_counter(), time.process_time()
    yield
    wall, cpu = time.perf_counter() - began, time.process_time() - used
    print(f"{what}: {wall:.2f} s wall, {cpu:.2f} s of processor time", flush=True)


if __name__ == "__main__":
    main()
