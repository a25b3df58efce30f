"""What a broken suite says to its tutor: which test or file broke, the cause, and the cure."""

from __future__ import annotations

import re
from collections.abc import Iterable

from grader.results import Item, Outcome

NAMED = 3  # tests that are named one by one
DOUBT = "The reference does not pass this test, so it says nothing."
_LINE = re.compile(r'(?:", line |\.py:)(\d+)')


def cure(place: str) -> str:
    """What to do about it; `place` is a folder."""
    return f"Mend {place} and run the same command again."


def file_fault(problem: str) -> str:
    """One sentence on a file that can't be collected; `problem` is "FILE: what pytest said"."""
    name, _, text = problem.partition(": ")
    lines = [line.removeprefix("E").strip() for line in text.splitlines() if line.strip()]
    cause = lines[-1] if lines else "no reason was given"
    numbers = [found for line in lines if name in line and (found := _LINE.search(line))]
    where = f", line {numbers[-1][1]}" if numbers else ""
    return f"{name}{where}, broke: {cause}"


def test_faults(items: Iterable[Item], place: str) -> tuple[str, ...]:
    """A sentence for each of the first tests that broke, then the cure; nothing when none did.

    A test that broke with a sound suite, by a fault of the grader's own, has another cure.
    """
    broken = [item for item in items if item.outcome is Outcome.BROKEN]
    if not broken:
        return ()
    told = [f"{item.id} broke: {_cause(item)}" for item in broken[:NAMED]]
    if len(broken) > NAMED:
        told.append(f"So did {len(broken) - NAMED} more.")
    if any(item.detail.startswith(DOUBT) for item in broken):
        return (*told, f"The reference does not pass there either. {cure(place)}")
    return (*told, "Run the same command again; if it stays so, `grade doctor` may say why.")


def _cause(item: Item) -> str:
    """The line of the tutor's detail that names the exception, or the last one."""
    lines = [line for line in item.detail.removeprefix(DOUBT).split("\n") if line.strip()]
    own = [line for line in lines if not line.startswith("raised at ")]
    # Lines of the suite come first, then the exception with its text, which may be long.
    source = re.compile(r"[\w.-]+\.py:\d+: ")
    after = [line for line in own if not source.match(line)]
    return (after or own or ["it gave no verdict"])[0].strip()
