"""A report as one HTML page that needs nothing else: no script, no font, no request."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

from grader.catalogue import Exercise
from grader.reports.document import document
from grader.reports.duty_page import duties_section
from grader.reports.exercise_page import exercises_section
from grader.reports.markup import Html, element, joined
from grader.reports.next_step import next_step
from grader.reports.skill_page import Here, skills_section
from grader.reports.skills_view import has_evidence
from grader.reports.wording import STATEMENT, STATUS, graded_words, isolation_warning
from grader.results import GradeReport, Status
from grader.standard import standard


def page(
    report: GradeReport,
    *,
    today: date,
    tutor: bool = False,
    exercises: Sequence[Exercise] = (),
) -> str:
    """Return a whole page; `tutor` adds every test in full, folded.

    `exercises` of the course, if they are at hand, give titles, files and times of what comes next.
    """
    facts = standard()
    here = Here.of(report, facts)
    return document(
        "Practice report",
        _header(report, today),
        joined(
            _summary(report, exercises),
            exercises_section(report.exercises, here, tutor=tutor, exercises=exercises),
            skills_section(report, here),
            duties_section(report, here),
        ),
        graded=graded_words(report.isolation, report.grader, report.python),
    )


def _header(report: GradeReport, today: date) -> Html:
    links = [("exercises", "Exercises"), ("skills", "Skill report")]
    links += [("duties", "Duties")] if report.duties else []
    return element(
        "header",
        element("h1", "Practice report"),
        element("p", f"{report.submission} · {today.day} {today:%B %Y}", class_="quiet"),
        element("p", STATEMENT, class_="statement"),
        element(
            "nav",
            *(joined(element("a", words, href=f"#{place}"), " ") for place, words in links),
            aria_label="On this page",
        ),
    )


def _summary(report: GradeReport, exercises: Sequence[Exercise]) -> Html:
    tally = Counter(one.status for one in report.exercises)
    told = [f"{tally[status]} {STATUS[status]}" for status in Status if tally[status]]
    evidenced = sum(has_evidence(one) for one in report.ksbs)
    warning = isolation_warning(report.isolation)
    return joined(
        element(
            "div",
            element("p", element("strong", "Next: "), next_step(report, exercises)),
            class_="next",
        ),
        element("p", warning, class_="notice") if warning else Html(""),
        element(
            "p",
            f"Exercises: {', '.join(told) or 'none'}. "
            f"KSBs with something to show: {evidenced} of {len(report.ksbs)}.",
        ),
    )
