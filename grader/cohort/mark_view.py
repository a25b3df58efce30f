"""One mark explained: every hand-in, which one counts and why, and what would make it again."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from rich.console import Console

from grader.gradebook import Stored, StoredJudgement
from grader.reports.paper import Paper
from grader.reports.tutor_view import show_for_tutor
from grader.reports.wording import OUTCOME, STATUS, TRUST, check_words, points_words

Judgements = Callable[[str, str, str], Sequence[StoredJudgement]]


def show_mark(
    attempts: Sequence[Stored], counts: Stored, judgements: Judgements, console: Console
) -> None:
    """Write it all down; `attempts` are of one apprentice and exercise, in order of arrival."""
    paper = Paper(console)
    first = attempts[0]
    paper.gap()
    paper.put((f"{first.apprentice}, {first.result.title}", "bold"))
    for one in attempts:
        note = "  ← this one counts: the latest" if one is counts else ""
        words = f"hand-in {one.number}, {one.handed_in_at:%Y-%m-%d %H:%M} UTC, {one.mode}: "
        if one.claimed_at and one.claimed_at != one.handed_in_at:
            note += f"  (it says that it was made {one.claimed_at:%Y-%m-%d %H:%M} UTC)"
        paper.put((f"{words}{STATUS[one.result.status]}{note}", ""), indent=2)
    paper.gap()
    paper.put(("What makes the same mark again", "bold"))
    for name, value in (
        ("work", counts.work),
        ("exercise", counts.key.exercise_digest),
        ("grader", counts.key.grader),
        ("isolation", counts.key.isolation),
        ("seed", f"{counts.apprentice}, attempt {counts.seed_attempt}"),
        ("graded", f"{counts.graded_at:%Y-%m-%d %H:%M} UTC"),
        ("help", str(counts.help)),
    ):
        paper.put(value, indent=2, label=f"{name:10}")
    paper.gap()
    paper.put(("What it rests on", "bold"))
    for check in counts.result.checks:
        required = "" if check.required else ", not required"
        words = f"{check_words(check.name)}: {OUTCOME[check.outcome]}, {points_words(check)}"
        paper.put(f"{words}, {TRUST[check.trust]}{required}", indent=2, label=paper.bullet)
    for kept in judgements(counts.apprentice, counts.exercise, counts.work):
        words = f"{kept.criterion}: {kept.level}, by {kept.by} on {kept.at:%Y-%m-%d}: {kept.reason}"
        paper.put(words, indent=2, label=paper.bullet)
    show_for_tutor(counts.result, paper)
