"""One apprentice of a cohort: a review sheet of one page, then the portfolio planning view."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from grader.catalogue import Exercise
from grader.reports.cohort_figures import practice_hours
from grader.reports.document import document
from grader.reports.exercise_page import exercises_section
from grader.reports.markup import Html, bullets, element, facts, folded, joined, scrolled
from grader.reports.skill_page import Here, skills_section
from grader.reports.wording import (
    STATEMENT,
    STATUS,
    TRUST,
    check_words,
    count,
    level_words,
    told_status,
)
from grader.results import (
    ApprenticeReport,
    AttemptResult,
    Comment,
    GradeReport,
    Level,
    Status,
)
from grader.standard import code_order, standard

SILENT_DAYS = 21
LATEST = 3  # comments on the sheet, which is one page
_SHOWN_AT_WORK = ("Date", "Project or task", "Witness (role)")
_PRACTISED = ("KSB", "Exercise", "Check", "Outcome", "Who vouches", "Handed in", "Work")


class Programme(NamedTuple):
    """Where somebody is in their programme; `breaks` are days that don't count."""

    start: date | None = None
    gateway: date | None = None
    break_days: int = 0


def apprentice_page(
    report: ApprenticeReport,
    programme: Programme,
    exercises: Sequence[Exercise],
    today: date,
    graded: str,
) -> str:
    """Return the page; everything on it goes by the pseudonym."""
    facts_ = standard()
    as_report = GradeReport(
        grader="",
        isolation="full",
        submission=report.apprentice,
        exercises=report.exercises,
        ksbs=report.ksbs,
    )
    here = Here.of(as_report, facts_)
    return document(
        f"{report.apprentice}: practice so far",
        _header(report, today),
        joined(
            _review(report, programme, exercises, today),
            _portfolio(report),
            exercises_section(report.exercises, here, tutor=False, exercises=exercises),
            skills_section(as_report, here),
        ),
        graded=graded,
    )


def _header(report: ApprenticeReport, today: date) -> Html:
    places = {
        "review": "Progress review",
        "portfolio": "Portfolio planning",
        "exercises": "Exercises",
        "skills": "Skill report",
    }
    # No link to the index: this page is handed out by itself.
    links = [element("a", words, href=f"#{place}") for place, words in places.items()]
    return element(
        "header",
        element("h1", report.apprentice),
        element("p", f"{today.day} {today:%B %Y}", class_="quiet"),
        element("p", STATEMENT, class_="statement"),
        element("nav", *(joined(link, " ") for link in links), aria_label="On this page"),
    )


# -- the review sheet


def _review(
    report: ApprenticeReport, programme: Programme, exercises: Sequence[Exercise], today: date
) -> Html:
    met = [one for one in report.exercises if one.status is Status.MET]
    open_ = [one for one in report.exercises if one.status is not Status.MET]
    minutes = {one.id: one.minutes for one in exercises}
    hours = practice_hours(met, minutes)
    return element(
        "section",
        element("h2", "Progress review", id="review"),
        facts(
            ("Programme", _programme(programme, today)),
            ("Pace", _pace(len(met), len(exercises), programme, today)),
            ("Last hand-in", _last(report.exercises, today)),
            ("Met", _names(met)),
            ("Not met yet", bullets([_open_line(one) for one in open_]) if open_ else "none"),
            ("Practice hours", f"about {hours:.1f} (estimate: the minutes of what is met)"),
            ("KSBs", _levels(report)),
            ("From the tutor", _comments(report.comments)),
        ),
        _lines_to_fill(),
        aria_labelledby="review",
        class_="review",
    )


def _programme(programme: Programme, today: date) -> str:
    parts = [f"started {programme.start}"] if programme.start else []
    if programme.gateway:
        days = (programme.gateway - today).days
        when = f"in {count(days, 'day')}" if days >= 0 else f"{count(-days, 'day')} ago"
        parts.append(f"gateway {programme.gateway} ({when})")
    return ", ".join(parts)


def _pace(met: int, every: int, programme: Programme, today: date) -> str:
    """Exercises met beside the share of the programme that has gone by, breaks left out."""
    if programme.start is None or programme.gateway is None or every == 0:
        return ""
    whole = (programme.gateway - programme.start).days - programme.break_days
    gone = min(max((today - programme.start).days - programme.break_days, 0), max(whole, 1))
    share = gone / max(whole, 1)
    due = round(share * every)
    told = f"{met} of {count(every, 'exercise')} met, {share:.0%} of the programme gone by"
    behind = f"{count(due - met, 'exercise')} behind" if met < due else "on pace"
    return f"{told}: {behind}"


def _last(results: Sequence[AttemptResult], today: date) -> str:
    if not results:
        return "nothing handed in yet"
    last = max(date.fromisoformat(one.handed_in_at[:10]) for one in results)
    days = (today - last).days
    silent = f", silent for {count(days // 7, 'week')}" if days >= SILENT_DAYS else ""
    return f"{last}{silent}"


def _names(results: Sequence[AttemptResult]) -> str:
    return ", ".join(one.title for one in results) or "none yet"


def _open_line(result: AttemptResult) -> str:
    slipped = f", slipped from {STATUS[result.best]}" if result.slipped else ""
    why = f". {' '.join(result.unreadable)}" if result.unreadable else ""
    return f"{result.title}: {told_status(result)}{slipped}{why}"


def _levels(report: ApprenticeReport) -> str:
    tally = {level: sum(one.level is level for one in report.ksbs) for level in Level}
    return ", ".join(f"{number} {level}" for level, number in tally.items() if number)


def _comments(comments: Sequence[Comment]) -> Html:
    """The latest ones, newest first, with who and when; earlier ones open by a click."""
    told = [
        joined(
            element("q", one.text),
            element("span", f" {one.by}, {one.at.partition('T')[0]}", class_="quiet"),
        )
        for one in reversed(comments)
    ]
    latest, earlier = told[:LATEST], told[LATEST:]
    if not earlier:
        return bullets(list(latest))
    more = folded(count(len(earlier), "earlier comment"), bullets(list(earlier)))
    return joined(bullets(list(latest)), more)


def _lines_to_fill() -> Html:
    """Room for what apprentice, tutor and employer agree on."""
    rows = [
        element("tr", element("th", words, scope="row"), element("td", ""))
        for words in ("Agreed next steps", "Apprentice", "Tutor", "Employer")
    ]
    return element("table", element("caption", "To agree"), *rows, class_="fill")


# -- the portfolio planning view


def _portfolio(report: ApprenticeReport) -> Html:
    rows = list(_evidence_rows(report))
    return element(
        "section",
        element("h2", "Portfolio planning view", id="portfolio"),
        element("p", STATEMENT, class_="statement"),
        _missing(report),
        _evidence_table(rows) if rows else element("p", "No evidence yet.", class_="quiet"),
        aria_labelledby="portfolio",
    )


def _evidence_rows(report: ApprenticeReport) -> Iterator[Html]:
    """A row for each piece of evidence, with empty cells for what is filled in by hand."""
    for skill in sorted(report.ksbs, key=lambda one: code_order(one.code)):
        for line in skill.evidence:
            cells = (
                skill.code,
                line.exercise,
                check_words(line.check),
                f"{'✓' if line.met else '○'} {line.outcome}",
                TRUST[line.trust],
                line.at.partition("T")[0],
                line.work.removeprefix("sha256:")[:12],
            )
            told = [
                element("td", cell, data_label=name)
                for name, cell in zip(_PRACTISED, cells, strict=True)
            ]
            told += [
                element("td", "", data_label=name, class_="by-hand") for name in _SHOWN_AT_WORK
            ]
            yield element("tr", *told)


def _evidence_table(rows: Sequence[Html]) -> Html:
    groups = element(
        "tr",
        element("th", "Practised here", scope="colgroup", colspan=str(len(_PRACTISED))),
        element("th", "Shown at work", scope="colgroup", colspan=str(len(_SHOWN_AT_WORK))),
    )
    names = (*_PRACTISED, *_SHOWN_AT_WORK)
    head = element("tr", *(element("th", name, scope="col") for name in names))
    table = element(
        "table",
        element("caption", "Every piece of evidence, and room for what was shown at work"),
        element("thead", groups, head),
        element("tbody", *rows),
        class_="portfolio",
    )
    return scrolled(table, "Evidence, practised here and shown at work")


def _missing(report: ApprenticeReport) -> Html:
    """What would raise each KSB that has something to show."""
    shown = [one for one in report.ksbs if one.missing and one.evidence]
    return facts(
        *(
            (f"{one.code}, {level_words(one)}", bullets(list(one.missing)))
            for one in sorted(shown, key=lambda one: code_order(one.code))
        )
    )
