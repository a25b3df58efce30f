"""One KSB or one duty over a cohort."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from grader.catalogue import Exercise
from grader.reports.cohort_figures import Figures
from grader.reports.document import document
from grader.reports.heat_map import heat_map, legend
from grader.reports.markup import Html, bullets, element, facts, id_of, joined
from grader.reports.wording import STATEMENT
from grader.results import Level
from grader.standard import standard


def ksb_page(code: str, figures: Figures, exercises: Sequence[Exercise], graded: str) -> str:
    """Return the page of one KSB: its wording, its exercises, and where everybody stands."""
    ksb = standard().ksbs[code]
    ours = [one for one in exercises if code in one.ksbs]
    tally = figures.levels.get(code) or Counter()
    words = [*Level, "awaiting tutor"]
    told = ", ".join(f"{tally[word]} {word}" for word in words if tally[word])
    main = joined(
        element("blockquote", ksb.text),
        facts(
            ("The cohort", told or "no exercise of this course offers it"),
            ("Exercises", _exercise_links(ours)),
            ("Duties", bullets([f"{d.code} {d.text}" for d in standard().duties_of(code)])),
        ),
        legend(),
        _people([code], figures) if tally else Html(""),
    )
    return document(f"{code}: where the cohort stands", _header(code), main, graded=graded)


def duty_page(code: str, figures: Figures, exercises: Sequence[Exercise], graded: str) -> str:
    """Return the page of one duty: our exercises for it, and the KSBs that the standard lists."""
    duty = standard().duties[code]
    ours = [one for one in exercises if code in one.duties]
    listed = [one for one in duty.ksbs if one in figures.levels]
    main = joined(
        element("blockquote", duty.text),
        facts(
            ("Our map: exercises", _exercise_links(ours)),
            ("The standard's map: KSBs", ", ".join(duty.ksbs)),
        ),
        legend(),
        _people(listed, figures) if listed else Html(""),
    )
    return document(f"{code}: where the cohort stands", _header(code), main, graded=graded)


def _header(code: str) -> Html:
    return element(
        "header",
        element("h1", code),
        element("p", STATEMENT, class_="statement"),
        element("nav", element("a", "All apprentices", href="../index.html")),
    )


def _exercise_links(exercises: Sequence[Exercise]) -> Html | str:
    links = [
        element("a", one.title, href=f"../exercise/{id_of('exercise', one.id)}.html")
        for one in exercises
    ]
    return bullets(list(links)) if links else "none in this course yet"


def _people(codes: Sequence[str], figures: Figures) -> Html:
    columns = [(code, f"../ksb/{id_of('ksb', code)}.html") for code in codes]
    links = {
        name: f"../apprentice/{id_of('apprentice', name)}.html#ksb-{codes[0]}"
        for name in figures.skills
    }
    return heat_map("Where everybody stands", columns, figures.skills, links)
