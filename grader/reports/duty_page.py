"""The duties of the HTML page: our map and the standard's map, side by side and never merged."""

from __future__ import annotations

from grader.reports.markup import Html, bullets, element, facts, folded, id_of, joined
from grader.reports.skill_page import Here, code_links, rows_of
from grader.reports.wording import first_words
from grader.results import DutyResult, GradeReport

_TWO_MAPS = (
    "Two maps, kept apart. Ours says which exercises practise a duty. The standard's says which "
    "KSBs it lists for the duty. Neither follows from the other."
)


def duties_section(report: GradeReport, here: Here) -> Html:
    """Return the section on duties; nothing where the report has none."""
    if not report.duties:
        return Html("")
    return element(
        "section",
        element("h2", "Duties", id="duties"),
        element("p", _TWO_MAPS, class_="quiet"),
        rows_of([_duty(duty, here) for duty in report.duties]),
        aria_labelledby="duties",
    )


def _duty(duty: DutyResult, here: Here) -> Html:
    summary = joined(
        element("span", duty.code, class_="code"),
        element("span", first_words(duty.text, 110), class_="short"),
        element("span", _progress(duty), class_="level"),
    )
    known = here.standard.duties.get(duty.code)
    notes = [f"On the list: {note}" for note in known.notes] if known else []
    exercises = [
        f"{'✓' if one in duty.met else '○'} {one}{_met(one, duty)}" for one in duty.exercises
    ]
    inside = element(
        "div",
        element("blockquote", duty.text),
        facts(
            (
                "Our map: exercises that practise it",
                bullets(list(exercises), class_="checks") or "none yet",
            ),
            (
                "The standard's map: KSBs it lists",
                code_links(duty.standard_ksbs, here) or "none",
            ),
        ),
        *(element("p", note, class_="quiet") for note in notes),
        id=id_of("duty", duty.code),
        class_="inside",
    )
    return folded(summary, inside, class_="skill duty")


def _met(exercise: str, duty: DutyResult) -> str:
    return ": met" if exercise in duty.met else ": not met yet"


def _progress(duty: DutyResult) -> str:
    if not duty.exercises:
        return "no exercise offers it yet"
    return f"{len(duty.met)} of {len(duty.exercises)} exercises met"
