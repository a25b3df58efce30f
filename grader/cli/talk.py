"""`grade mark --talk APPRENTICE EXERCISE`: an "explain your code" talk, and what it confirms."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from grader.cli.finding import course_of
from grader.cli.mark import Marking
from grader.errors import UsageError
from grader.evidence import Talk
from grader.gradebook import Gradebook
from grader.reports.wording import listed
from grader.results import Level
from grader.summary import offer_of, rules_of, skills

MINUTES = 10


def record(
    marking: Marking,
    apprentice: str,
    exercise: str,
    by: str,
    held_on: str | None,
    solutions: Path | None,
) -> None:
    """Ask what was said, keep it, and say which codes it confirms; UsageError for a wrong date."""
    today = marking.clock().date()
    day = _day(held_on, today)
    chosen = marking.exercises[exercise]
    paper = marking.paper
    with marking.reading() as book:
        if not any(book.results(apprentice=apprentice, exercise=exercise)):
            raise UsageError(f"{apprentice} has handed in nothing for `{exercise}` to talk about.")
        before = _levels(marking, book, apprentice, solutions)
    paper.put((f"{apprentice} explains {chosen.title} ({exercise}), {day}", "bold"))
    paper.put(
        f"About {MINUTES} minutes, the work open in front of both of you: how does it work, why "
        "was it done like that, what happens if something in it is changed?"
    )
    paper.put(f"It is about {listed(list(chosen.ksbs))}.")
    asked = "What did the apprentice explain in their own words, and what could they not?"
    note = marking.dialogue.reason(asked, marking.own_names(apprentice))
    if not note or not marking.dialogue.yes("Were they able to explain their work?"):
        paper.put("Nothing was kept: only a talk in which the work was explained confirms it.")
        return
    talk = Talk(exercise=exercise, on=day, tutor=by, note=note)
    marking.write(lambda book: book.talked(apprentice, talk))
    with marking.reading() as book:
        after = _levels(marking, book, apprentice, solutions)
    ours = [code for code in chosen.ksbs if code in after]
    confirmed = [code for code in ours if after[code] is Level.CONFIRMED]
    new = [code for code in confirmed if before[code] is not Level.CONFIRMED]
    rest = [code for code in ours if code not in confirmed]
    paper.put(("Kept.", "green"))
    if new:
        paper.put(f"Confirmed now: {listed(new)}.")
    if rest:
        paper.put(
            f"Not confirmed: {listed(rest)}. A talk confirms what is consistent on its day; hold "
            "another one when they are."
        )


def _levels(
    marking: Marking, book: Gradebook, apprentice: str, solutions: Path | None
) -> dict[str, Level]:
    exercises = tuple(marking.exercises.values())
    found = skills(
        list(book.evidence(apprentice)),
        [offer_of(one, solutions) for one in exercises],
        rules_of(course_of(exercises)),
        marking.clock().date(),
        breaks=marking.person(apprentice).breaks,
        talks=book.talks(apprentice),
    )
    return {one.code: one.level for one in found}


def _day(text: str | None, today: date) -> date:
    if text is None:
        return today
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise UsageError(f"`{text}` is no date like 2026-09-01.") from None
    if day > today:
        raise UsageError(f"{day} has not come yet; a talk is recorded when it was held.")
    return day
