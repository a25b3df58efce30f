"""One more hint each time: first those of the ticket, then those of tests that fail.

Which were taken, and when, is kept in `.grader/hints.json`. It is something to talk about with a
tutor and decides nothing (curriculum, ruling 7).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

import msgspec

from grader.catalogue import Exercise
from grader.reports.telling import tell
from grader.results import ExerciseResult, Status
from grader.workspace.place import Workspace

FILE = "hints.json"
FORMAT = 1

Source = Literal["ticket", "tests"]

_HEADING = re.compile(r"#{1,6}\s+(.*?)\s*#*\s*")
_ITEM = re.compile(r"(?:[-*+]|\d{1,3}[.)])\s+(.*)")


class Taken(msgspec.Struct, frozen=True, kw_only=True):
    """One hint that was given: of which exercise, from where, when (ISO 8601, UTC), its text."""

    exercise: str
    source: Source
    at: str
    text: str


class _Document(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    format: int = FORMAT
    taken: tuple[Taken, ...] = ()


@dataclass(frozen=True)
class Given:
    """What asking for a hint gave: the hint, or None when there is no more.

    `number` counts all that were given for the exercise, `of_ticket` all that the ticket has.
    """

    hint: Taken | None
    number: int
    of_ticket: int


def ticket_hints(exercise: Exercise) -> tuple[str, ...]:
    """Return the items of the list below `## Hints` in the ticket, each as one line of text."""
    try:
        text = (exercise.folder / "README.md").read_text("utf-8-sig", "replace")
    except OSError:
        return ()
    items: list[list[str]] = []
    inside = False
    for line in text.splitlines():
        heading = _HEADING.fullmatch(line)
        if heading:
            inside = heading[1].casefold() == "hints"
        elif inside and (item := _ITEM.fullmatch(line)):
            items.append([item[1]])
        elif inside and items and line.strip():
            items[-1].append(line.strip())
    return tuple(" ".join(item) for item in items)


def test_hints(result: ExerciseResult) -> tuple[str, ...]:
    """Return the hints of what fails, in the order in which it is to be mended, each once."""
    if result.status is Status.NOT_STARTED:
        return ()
    problems = tell(result).problems
    return tuple(dict.fromkeys(problem.hint for problem in problems if problem.hint))


def taken_hints(workspace: Workspace, exercise: str) -> tuple[Taken, ...]:
    """Return the hints that were given for an exercise, in order."""
    return tuple(one for one in _read(workspace).taken if one.exercise == exercise)


def next_hint(
    workspace: Workspace, exercise: Exercise, from_tests: Callable[[], Sequence[str]]
) -> Given:
    """Give the next hint and note it; `from_tests` is asked only when the ticket has no more."""
    taken = taken_hints(workspace, exercise.id)
    known = {one.text for one in taken}
    every = ticket_hints(exercise)
    of_ticket = [text for text in every if text not in known]
    source: Source = "ticket" if of_ticket else "tests"
    texts = of_ticket or [text for text in from_tests() if text not in known]
    if not texts:
        return Given(None, len(taken), len(every))
    at = datetime.now(UTC).isoformat(timespec="seconds")
    hint = Taken(exercise=exercise.id, source=source, at=at, text=texts[0])
    with workspace.lock():
        before = _read(workspace)
        workspace.write(FILE, msgspec.structs.replace(before, taken=(*before.taken, hint)))
    return Given(hint, len(taken) + 1, len(every))


def hint_words(given: Given, exercise: Exercise) -> tuple[str, ...]:
    """Return what is said to the apprentice, paragraph by paragraph; the first is the hint."""
    if given.hint is None:
        return _no_more(given, exercise)
    place = f"Hint {given.number}"
    if given.hint.source == "ticket":
        place += f" of {given.of_ticket} in the ticket"
    else:
        place += ", from what the check found"
    noted = (
        "Noted with the time. Taking hints changes no result; it is something to talk about with "
        "your tutor."
    )
    return f"{place}: {given.hint.text}", noted


def _no_more(given: Given, exercise: Exercise) -> tuple[str, ...]:
    had = f"You have had all {given.number}; `grade hint {exercise.id} --again` shows them."
    return (
        f"There are no more hints for {exercise.title}. {had if given.number else ''}".strip(),
        "Ask your tutor next. Fill this in and take it along, so that they can help you quickly: "
        f"“I'm working on {exercise.id}. `grade exercises/{exercise.id}` says to mend clause … "
        "first. I tried …. I expected …, but I got ….”",
    )


def _read(workspace: Workspace) -> _Document:
    return workspace.read(FILE, _Document, FORMAT) or _Document()
