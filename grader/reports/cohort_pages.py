"""A cohort as a folder of HTML pages: an index, and one page for each apprentice, KSB, exercise."""

from __future__ import annotations

import dataclasses
import platform
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path

from grader.catalogue import Exercise
from grader.reports.apprentice_page import Programme, apprentice_page
from grader.reports.cohort_exercise_page import cohort_exercise_page
from grader.reports.cohort_figures import Figures
from grader.reports.document import document
from grader.reports.faults import Faults
from grader.reports.heat_map import heat_map, legend
from grader.reports.intake_view import intake_page
from grader.reports.ksb_page import duty_page, ksb_page
from grader.reports.markup import Html, bullets, element, id_of, joined
from grader.reports.skill_page import GROUPS
from grader.reports.wording import STATEMENT, count, graded_words
from grader.results import ApprenticeReport, IntakeEntry
from grader.standard import standard

_WHOSE = (
    "Each page in the folder apprentice can be handed to the apprentice it is about. This page and "
    "all others are the tutor's: they name other apprentices and rules that hidden tests look at."
)


@dataclasses.dataclass(frozen=True)
class Cohort:
    """What all pages say about how they came about."""

    exercises: Sequence[Exercise]
    grader: str
    isolation: str
    today: date
    unmatched: Sequence[str] = ()
    programmes: Mapping[str, Programme] = dataclasses.field(default_factory=dict)
    intake: Sequence[IntakeEntry] = ()
    to_ask: Sequence[str] = ()

    @property
    def graded(self) -> str:
        """The line of every footer."""
        words = graded_words(self.isolation, self.grader, platform.python_version())
        return f"{words} · {self.today}"


def page_name(kind: str, name: str) -> str:
    """The file of a page, relative to the index."""
    return f"{kind}/{id_of(kind, name)}.html"


def write_pages(
    folder: Path,
    apprentices: Iterable[ApprenticeReport],
    cohort: Cohort,
    disclosed: Callable[[ApprenticeReport], ApprenticeReport],
) -> None:
    """Write every page; apprentices are taken one at a time.

    An apprentice's page can be handed out: it shows what `disclosed` leaves of the report.
    """
    figures = Figures()
    for report in apprentices:
        figures.add(report)
        programme = cohort.programmes.get(report.apprentice, Programme())
        told = disclosed(report)
        text = apprentice_page(told, programme, cohort.exercises, cohort.today, cohort.graded)
        _write(folder, page_name("apprentice", report.apprentice), text)
    for exercise in cohort.exercises:
        text = cohort_exercise_page(exercise, figures, cohort.graded)
        _write(folder, page_name("exercise", exercise.id), text)
    for code in standard().ksbs:
        text = ksb_page(code, figures, cohort.exercises, cohort.graded)
        _write(folder, page_name("ksb", code), text)
    for code in standard().duties:
        text = duty_page(code, figures, cohort.exercises, cohort.graded)
        _write(folder, page_name("duty", code), text)
    if cohort.intake:
        _write(folder, "intake.html", intake_page(cohort.intake, cohort.graded))
    _write(folder, "index.html", _index(figures, cohort))


def _write(folder: Path, name: str, text: str) -> None:
    """Put a page in its place whole, so that a reader never sees half of one."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(path.name + ".new")
    fresh.write_text(text, "utf-8", errors="replace")
    fresh.replace(path)


def _index(figures: Figures, cohort: Cohort) -> str:
    people = len(figures.skills)
    header = element(
        "header",
        element("h1", "Cohort report"),
        element("p", f"{count(people, 'apprentice')} · {cohort.today}", class_="quiet"),
        element("p", STATEMENT, class_="statement"),
        element("p", _WHOSE, class_="quiet"),
    )
    main = joined(
        _not_graded(figures.faults),
        _left_out(cohort.unmatched),
        joined(element("h2", "To ask"), bullets(list(cohort.to_ask)))
        if cohort.to_ask
        else Html(""),
        element("p", element("a", "What was handed in, label by label", href="intake.html"))
        if cohort.intake
        else Html(""),
        element("h2", "Exercises"),
        _exercises(figures, cohort),
        element("h2", "KSBs"),
        legend(),
        *_skill_maps(figures),
        element("h2", "Duties"),
        bullets([_duty_link(code) for code in standard().duties], class_="duties"),
    )
    return document("Cohort report", header, main, graded=cohort.graded)


def _not_graded(faults: Faults) -> Html:
    if not faults:
        return Html("")
    head = element("p", element("strong", "Could not be graded, by no fault of the apprentices:"))
    return element("div", head, bullets(list(faults)), class_="notice")


def _left_out(sentences: Sequence[str]) -> Html:
    if not sentences:
        return Html("")
    head = element("p", element("strong", f"{count(len(sentences), 'thing')} left out:"))
    return element("div", head, bullets(list(sentences)), class_="notice")


def _people(figures: Figures) -> dict[str, str]:
    return {name: page_name("apprentice", name) for name in figures.skills}


def _exercises(figures: Figures, cohort: Cohort) -> Html:
    columns = [(one.id, page_name("exercise", one.id)) for one in cohort.exercises]
    return heat_map("Latest hand-ins", columns, figures.exercises, _people(figures))


def _skill_maps(figures: Figures) -> list[Html]:
    """A map for each of knowledge, skills and behaviours that the course offers."""
    maps = []
    for kind, title in GROUPS:
        codes = [code for code in figures.levels if standard().ksbs[code].kind == kind]
        if codes:
            columns = [(code, page_name("ksb", code)) for code in codes]
            maps.append(heat_map(title, columns, figures.skills, _people(figures)))
    return maps


def _duty_link(code: str) -> Html:
    text = f"{code} {standard().duties[code].text}"
    return element("a", text, href=page_name("duty", code))
