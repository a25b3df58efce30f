"""The words of the reports: statuses, checks, counts and ranges of clauses."""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Iterable, Mapping, Sequence

from grader.results import CheckResult, ExerciseResult, Level, Outcome, SkillResult, Status, Trust

STATEMENT = "Practice evidence. No gateway decision is made by this tool alone."

STATUS = {
    Status.MET: "met",
    Status.PARTLY: "partly met",
    Status.NOT_YET: "not met yet",
    Status.MUST_FAILED: "must-have failed",
    Status.NOT_STARTED: "not started yet",
    Status.PENDING: "awaiting tutor",
    Status.BROKEN: "could not be graded",
}
OUTCOME = {
    Outcome.PASSED: "passed",
    Outcome.FAILED: "not passed",
    Outcome.SKIPPED: "not run",
    Outcome.PENDING: "awaiting tutor",
    Outcome.BROKEN: "could not be run",
}
TRUST = {
    Trust.OBSERVED: "seen by the grader",
    Trust.REPORTED: "reported by your own program",
    Trust.JUDGED: "judged by a tutor",
}
CHECKS = {
    "examples": "examples",
    "hidden-suite": "hidden tests",
    "own-tests": "your own tests",
    "faulty-variants": "faulty variants",
    "artefacts": "files handed in",
    "style": "style",
    "questions": "questions",
    "rubric": "tutor's marking",
}
AWAITING = "awaiting tutor"
# Filled parts of a bar of three. "no evidence yet" has no bar at all: it isn't the same as none.
FILLED = {
    Level.NO_EVIDENCE: 0,
    Level.NOT_MET: 0,
    Level.EMERGING: 1,
    Level.CONSISTENT: 2,
    Level.CONFIRMED: 3,
}

_WORD = re.compile(r"[^\W\d_][^\W_]*([-'’][^\W_]+)*[?!,.;:]?")
_NUMBER = re.compile(r"(\d+)")


def check_words(name: str) -> str:
    """Return what a learner calls a check; a kind that isn't known keeps its name."""
    return CHECKS.get(name, name)


def told_status(result: ExerciseResult) -> str:
    """A status in words; that work could not be read goes before all that it brought about."""
    return f"can't be read, {STATUS[result.status]}" if result.unreadable else STATUS[result.status]


def status_words(status: Status, *, provisional: bool) -> str:
    """Return a status in words; one that was told without all checks says so."""
    words = STATUS[status]
    return f"{words} so far (provisional)" if provisional and status is Status.MET else words


def level_words(skill: SkillResult) -> str:
    """Return the level in words, practice as what it would be, and whether a tutor has to mark."""
    words: str = skill.level
    if skill.practice_level is not skill.level:
        words = f"would be: {skill.practice_level} (now: {skill.level})"
    elif skill.awaiting_tutor and skill.level is Level.NO_EVIDENCE:
        return AWAITING
    return f"{words}, {AWAITING}" if skill.awaiting_tutor else words


def points_needed(check: CheckResult) -> int:
    """Return the smallest number of points that passes a check."""
    points = range(check.points_max + 1)
    # A quotient and a decimal such as 0.8 round to the same float; a product need not.
    enough = (one for one in points if check.points_max and one / check.points_max >= check.needed)
    return next(enough, check.points_max)


def points_words(check: CheckResult) -> str:
    """Say how far a check got: "7 of 9 points, 8 needed", or by tests where it has no points."""
    if check.outcome in (Outcome.SKIPPED, Outcome.BROKEN):
        return OUTCOME[check.outcome]
    if check.outcome is Outcome.PENDING and not check.points:
        return OUTCOME[check.outcome]
    if check.points_max:
        reached = f"{check.points} of {count(check.points_max, 'point')}"
        return f"{reached}, {points_needed(check)} needed"
    if any(item.points for item in check.items):
        passed = sum(item.outcome is Outcome.PASSED for item in check.items)
        return f"{passed} of {len(check.items)} passed"
    return OUTCOME[check.outcome]


def graded_words(isolation: str, grader: str, python: str) -> str:
    """Return what a report came about with: the line at its foot."""
    version = f" · Python {python}" if python else ""
    return f"Graded at isolation {isolation or 'unknown'} · grader {grader}{version}"


def isolation_warning(isolation: str) -> str:
    """Return what it means that a program was not fully shut off; nothing at "full"."""
    if isolation == "full":
        return ""
    return (
        "Not full isolation: while it runs, the graded program is not completely shut off from "
        "this computer. That is fine for your own code. For anyone else's, run “grade doctor” "
        "first: it says what is missing and how to get it."
    )


def count(number: int, thing: str) -> str:
    """Return "1 point", "2 points"."""
    return f"{number} {thing}" + ("" if number == 1 else "s")


def seconds_words(seconds: float) -> str:
    """Return a time in seconds, short: "0.07 s"."""
    return f"{seconds:.2f} s" if math.isfinite(seconds) else "? s"


def listed(words: Sequence[str], last: str = "and") -> str:
    """Return "a, b and c"."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


def natural(text: str) -> tuple[tuple[tuple[int, int, str], ...], str]:
    """Sort key that puts 1.2 before 1.10; works for any text, and never takes two for equal."""
    # Very long digit strings would be slow, or refused, as numbers.
    parts = tuple(
        (0, int(part), "") if part.isdecimal() and len(part) < 10 else (1, 0, part)
        for part in _NUMBER.split(text)
        if part
    )
    return parts, text


def clause_ranges(clauses: Iterable[str]) -> str:
    """Return "1.1 to 1.3, 2.1 and 3.2": neighbours of one section joined."""
    ordered = sorted(set(clauses), key=natural)
    runs: list[list[str]] = []
    for clause in ordered:
        if runs and _follows(runs[-1][-1], clause):
            runs[-1].append(clause)
        else:
            runs.append([clause])
    return listed([run[0] if len(run) == 1 else f"{run[0]} to {run[-1]}" for run in runs])


def clause_words(clauses: Sequence[str]) -> str:
    """Return "clause 2.2" or "clauses 2.2 and 2.3"; nothing for none."""
    if not clauses:
        return ""
    return ("clause " if len(set(clauses)) == 1 else "clauses ") + clause_ranges(clauses)


def by_line(groups: Mapping[str, Sequence[str]]) -> dict[str, tuple[str, ...]]:
    """Turn lines by code into codes by line, so that a line of several codes is told once."""
    found: dict[str, tuple[str, ...]] = {}
    for code, lines in groups.items():
        for line in unique(lines):
            found[line] = (*found.get(line, ()), code)
    return found


def first_words(text: str, limit: int) -> str:
    """Return the text cut between words to at most `limit` characters, with "…" if cut."""
    if len(text) <= limit:
        return text
    cut = text[: limit - 1]
    return (cut.rpartition(" ")[0] or cut).rstrip(" ,.;:") + "…"


def sentence(text: str) -> str:
    """Return a phrase as a sentence: a capital first, unless it names a file; a full stop last."""
    text = text.strip()
    first = text.partition(" ")[0]
    if _WORD.fullmatch(first):
        text = text[0].upper() + text[1:]
    return text if not text or text.endswith((".", "!", "?", "…")) else text + "."


def unique(lines: Iterable[str]) -> tuple[str, ...]:
    """Return each line once, in order, without empty ones."""
    return tuple(dict.fromkeys(line for line in lines if line))


def _follows(one: str, two: str) -> bool:
    """Say whether two clauses are neighbours, as 2.2 and 2.3; 1.3 and 2.1 are not."""
    head_one, dot_one, last_one = one.rpartition(".")
    head_two, dot_two, last_two = two.rpartition(".")
    if (head_one, dot_one) != (head_two, dot_two) or not dot_one:
        return False
    pair = [last for last in (last_one, last_two) if re.fullmatch(r"[0-9]{1,6}", last)]
    return len(pair) == 2 and all(int(b) - int(a) == 1 for a, b in itertools.pairwise(pair))
