"""The skill report of the HTML page: a bar and words per KSB, opening to all that is behind it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from grader.reports.markup import Html, bullets, element, escaped, facts, folded, id_of, joined
from grader.reports.skills_view import has_evidence
from grader.reports.wording import AWAITING, FILLED, TRUST, check_words, first_words, level_words
from grader.results import EvidenceLine, GradeReport, Level, SkillResult
from grader.standard import Standard, code_order

GROUPS = (("knowledge", "Knowledge"), ("skill", "Skills"), ("behaviour", "Behaviours"))
SHORT = 110
_PART = 18  # width of one part of a bar, in its own units
_COLUMNS = ("Exercise", "Check", "Outcome", "Points", "Who vouches", "When", "Note")


class Here(NamedTuple):
    """What this page can link to: the codes and duties that have a place on it."""

    standard: Standard
    codes: frozenset[str]
    duties: frozenset[str]

    @classmethod
    def of(cls, report: GradeReport, standard: Standard) -> Here:
        """Return what the page of a report holds."""
        codes = {one.code for one in report.ksbs} & set(standard.ksbs)
        return cls(standard, frozenset(codes), frozenset(one.code for one in report.duties))


def skills_section(report: GradeReport, here: Here) -> Html:
    """Return the section on KSBs, in three groups; those with nothing to say are folded."""
    groups = [
        _group(title, [one for one in _ordered(report, here) if _kind(one, here) == kind], here)
        for kind, title in GROUPS
    ]
    return element(
        "section",
        element("h2", "Skill report", id="skills"),
        _legend(),
        *groups,
        aria_labelledby="skills",
    )


def level_bar(level: Level, practice: Level, *, awaiting: bool = False) -> Html:
    """Draw a level as a picture that differs by shape; words always stand beside it.

    Nothing yet is dashed, not met is three empty boxes, filled boxes count up, striped ones are
    what practice would add, and a question mark waits for a tutor.
    """
    if practice is Level.NO_EVIDENCE:
        kind = "awaiting" if awaiting else "none"
        mark = '<text x="32" y="14" text-anchor="middle">?</text>' if awaiting else ""
        shape = f'<rect class="{kind}" x="1" y="1" width="62" height="16" rx="8"/>{mark}'
        return _picture(shape)
    full, striped = FILLED[level], FILLED[practice]
    kinds = ("full" if n < full else "striped" if n < striped else "empty" for n in range(3))
    parts = "".join(
        f'<rect class="{kind}" x="{1 + part * (_PART + 2)}" y="1" width="{_PART}" height="16" '
        'rx="3"/>'
        for part, kind in enumerate(kinds)
    )
    tick = '<path class="tick" d="M48 9l4 4 7-8"/>' if level is Level.CONFIRMED else ""
    return _picture(parts + tick)


def patterns() -> Html:
    """Return the stripes that bars refer to; once a page."""
    return Html(
        '<svg class="patterns" width="0" height="0" aria-hidden="true"><defs>'
        '<pattern id="stripes" width="5" height="5" patternUnits="userSpaceOnUse" '
        'patternTransform="rotate(45)"><rect class="stripe" width="2.4" height="5"/></pattern>'
        "</defs></svg>"
    )


def code_links(codes: tuple[str, ...], here: Here) -> Html:
    """Return several codes, as links where they have a place on the page."""
    return joined(*(joined(_link("ksb", code, code in here.codes), " ") for code in codes))


def _link(kind: str, code: str, present: bool) -> Html:
    if present:
        return element("a", code, href=f"#{id_of(kind, code)}", class_="code")
    return element("span", code, class_="code")


def rows_of(rows: Sequence[Html]) -> Html:
    """Return rows in one frame, or nothing without rows."""
    return element("div", *rows, class_="rows") if rows else Html("")


def _picture(shapes: str) -> Html:
    return Html(
        '<svg class="bar" viewBox="0 0 64 18" width="64" height="18" aria-hidden="true" '
        f'focusable="false">{shapes}</svg>'
    )


def _legend() -> Html:
    items: list[str] = [joined(level_bar(level, level), " ", str(level)) for level in Level]
    waits = level_bar(Level.NO_EVIDENCE, Level.NO_EVIDENCE, awaiting=True)
    items.insert(1, joined(waits, " ", AWAITING))
    striped = level_bar(Level.EMERGING, Level.CONSISTENT)
    items.append(joined(striped, " striped: what practice would add, once handed in"))
    return bullets(items, class_="legend")


def _ordered(report: GradeReport, here: Here) -> list[SkillResult]:
    known = {one.code: one for one in report.ksbs if one.code in here.codes}
    return sorted(known.values(), key=lambda one: code_order(one.code))


def _kind(skill: SkillResult, here: Here) -> str:
    return here.standard.ksbs[skill.code].kind


def _group(title: str, skills: list[SkillResult], here: Here) -> Html:
    if not skills:
        return Html("")
    told = [one for one in skills if has_evidence(one)]
    offered = [one for one in skills if one.offered_in and one not in told]
    others = [one for one in skills if one not in told and one not in offered]
    head = element(
        "h3", f"{title} ", element("small", f"{len(told)} of {len(skills)} with evidence")
    )
    rows = rows_of([_skill(one, here) for one in (*told, *offered)])
    rest = Html("")
    if others:
        rest = folded(
            f"{len(others)} more, with no evidence yet and no exercise on offer",
            rows_of([_skill(one, here) for one in others]),
            class_="rest",
        )
    return joined(head, rows, rest)


def _skill(skill: SkillResult, here: Here) -> Html:
    summary = joined(
        element("span", skill.code, class_="code"),
        element("span", first_words(skill.text, SHORT), class_="short"),
        level_bar(skill.level, skill.practice_level, awaiting=skill.awaiting_tutor),
        element("span", level_words(skill), *_flags(skill), class_="level"),
    )
    return folded(summary, _inside(skill, here), class_="skill")


def _flags(skill: SkillResult) -> list[Html]:
    return [
        element("span", flag, class_="flag must" if flag.startswith("open must") else "flag")
        for flag in skill.overlays
        if flag != AWAITING
    ]


def _inside(skill: SkillResult, here: Here) -> Html:
    ksb = here.standard.ksbs[skill.code]
    duties = [
        joined(_link("duty", duty.code, duty.code in here.duties), f" {duty.text}")
        for duty in here.standard.duties_of(skill.code)
    ]
    notes = [f"On the wording: {note}" for note in ksb.notes]
    return element(
        "div",
        element("blockquote", ksb.text),
        *(element("p", escaped(note, 800), class_="quiet") for note in notes),
        facts(
            ("What is missing", bullets(list(skill.missing))),
            ("Next exercise", skill.next_exercise),
            ("Exercises that offer it", ", ".join(skill.offered_in)),
            ("Duties that name it (the standard's map)", bullets(list(duties))),
        ),
        _evidence(skill),
        id=id_of("ksb", skill.code),
        class_="inside",
    )


def _evidence(skill: SkillResult) -> Html:
    if not skill.evidence:
        return Html("") if has_evidence(skill) else element("p", "No evidence yet.", class_="quiet")
    head = element("tr", *(element("th", name, scope="col") for name in _COLUMNS))
    return element(
        "table",
        element("caption", f"Evidence for {skill.code}"),
        element("thead", head),
        element("tbody", *(_evidence_row(one) for one in skill.evidence)),
        class_="evidence",
    )


def _evidence_row(line: EvidenceLine) -> Html:
    sign = "✓ " if line.met else "○ "
    cells = (
        f"{line.exercise} ({line.client})",
        check_words(line.check),
        sign + line.outcome,
        f"{line.points} of {line.points_max}" if line.points_max else "",
        TRUST[line.trust],
        line.at.partition("T")[0],
        "; ".join(filter(None, [line.note, *(f"facet: {facet}" for facet in line.facets)])),
    )
    told = [
        element("td", cell, data_label=name)
        for name, cell in zip(_COLUMNS, cells, strict=True)
        if cell or name != "Note"
    ]
    told += [element("td", "", data_label="Note")] * (len(_COLUMNS) - len(told))
    return element("tr", *told, class_="counted" if line.counted else "practice")
