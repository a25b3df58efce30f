"""All there is to know about one KSB: wording, maps, rules, and how one's own level came about."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console

from grader.catalogue import Exercise
from grader.evidence import FacetRule, Rules
from grader.reports.paper import Paper
from grader.reports.skills_view import bar, style_of
from grader.reports.wording import STATEMENT, TRUST, check_words, count, level_words, listed
from grader.results import EvidenceLine, SkillResult
from grader.standard import Ksb, Standard


def explain(
    code: str,
    skill: SkillResult | None,
    standard: Standard,
    exercises: Sequence[Exercise],
    rules: Rules,
    console: Console,
) -> None:
    """Write everything about one KSB; `skill` is one's own result, None if nothing was graded.

    Raises KeyError for a code that is no KSB of the standard.
    """
    ksb = standard.ksbs[code]
    paper = Paper(console)
    paper.put((ksb.text, "bold"), label=f"{code} ({ksb.kind})  ")
    for note in ksb.notes:
        paper.put((f"On the wording: {note}", "dim"), indent=2)
    if skill is not None:
        _own(skill, paper)
    _rules(ksb, rules, paper)
    _maps(ksb, standard, exercises, paper)
    paper.gap()
    _last(skill, exercises, code, paper)


def how_reached(ksb: Ksb, rules: Rules) -> tuple[str, ...]:
    """Say in sentences what the levels of a KSB ask for."""
    asks = [
        f"met in {count(rules.exercises, 'exercise')} for {count(rules.clients, 'client')}",
        "one of them of difficulty 2 or 3",
        "not by questions alone",
    ]
    if ksb.kind == "knowledge":
        asks.append("applied at least once, not only answered")
    if ksb.kind == "behaviour":
        asks.append(f"on two dates {count(rules.apart_days, 'day')} apart")
    if ksb.code in rules.tutor_only:
        asks.append("judged by a tutor in each of them")
    if ksb.code in rules.facets:
        asks.append("with the facets below")
    asks.append("and no must-have open")
    share = f"{rules.needed * 100:g} %"
    return (
        f"Met in an exercise: at least {share} of the points for {ksb.code} there, and none of "
        "its must-haves failed.",
        "emerging: met or partly met in one exercise.",
        f"consistent: {', '.join(asks)}.",
        "confirmed: consistent, and talked over with your tutor.",
    )


def _own(skill: SkillResult, paper: Paper) -> None:
    _head("Where you stand", paper)
    picture = bar(skill, unicode=paper.unicode)
    paper.put((level_words(skill), style_of(skill)), indent=2, label=f"{picture}  ")
    for overlay in skill.overlays:
        paper.put(overlay, indent=4, label=paper.bullet)
    paper.put((STATEMENT, "dim"), indent=2)
    _head("How it came about", paper)
    for line in skill.evidence:
        _evidence(line, paper)
    if not skill.evidence:
        paper.put("No evidence yet.", indent=2)
    if skill.missing:
        _head("What is missing", paper)
        for missing in skill.missing:
            paper.put(missing, indent=2, label=paper.bullet)


def _evidence(line: EvidenceLine, paper: Paper) -> None:
    sign = ("✓" if line.met else "○") if paper.unicode else ("[+]" if line.met else "[ ]")
    points = f"{line.points} of {count(line.points_max, 'point')}" if line.points_max else ""
    counts = "counts" if line.counted else "" if line.note else "does not count"
    told = [line.outcome, points, TRUST[line.trust], counts, line.at.partition("T")[0]]
    told += [f"facet {facet}" for facet in line.facets]
    where = f"{line.exercise} (for {line.client}), {check_words(line.check)}: "
    style = "green" if line.met else "yellow"
    facts = ", ".join(filter(None, told))
    paper.put((where, "bold"), facts, indent=2, label=f"{sign} ", style=style)
    if line.note:
        paper.put((line.note, "dim"), indent=4 if paper.unicode else 6)


def _rules(ksb: Ksb, rules: Rules, paper: Paper) -> None:
    _head(f"What the levels ask for (rules, version {rules.version})", paper)
    for line in how_reached(ksb, rules):
        paper.put(line, indent=2, label=paper.bullet)
    facets = rules.facets.get(ksb.code)
    if facets is not None:
        paper.put(f"Facets (our rule, not the standard's): {_facets(facets)}", indent=2)
    musts = sorted(must for must, codes in rules.musts.items() if ksb.code in codes)
    if musts:
        told = f"{', '.join(musts)}. A failed one holds {ksb.code} back until it is passed."
        paper.put(f"Must-haves (register): {told}", indent=2)


def _facets(rule: FacetRule) -> str:
    names = ", ".join(rule.names)
    needed = "all" if rule.needed >= len(rule.names) else f"{rule.needed} of them"
    always = f", always {listed(rule.always)}" if rule.always else ""
    return f"{names}; {needed} needed{always}."


def _maps(ksb: Ksb, standard: Standard, exercises: Sequence[Exercise], paper: Paper) -> None:
    _head("Exercises that carry it (our map)", paper)
    carrying = [one for one in exercises if ksb.code in one.ksbs]
    for one in carrying:
        about = f": {one.title}, for {one.client}, difficulty {one.difficulty} of 3"
        paper.put((one.id, "bold"), about, indent=2, label=paper.bullet)
    if not carrying:
        paper.put("None of these exercises carries it yet.", indent=2)
    _head("Duties that name it (the standard's map)", paper)
    duties = standard.duties_of(ksb.code)
    for duty in duties:
        paper.put(duty.text, indent=2, label=f"{duty.code:<4}")
    if not duties:
        paper.put("None.", indent=2)


def _last(
    skill: SkillResult | None, exercises: Sequence[Exercise], code: str, paper: Paper
) -> None:
    """End with what to do next."""
    titles = {one.id: one.title for one in exercises}
    carrying = [one.id for one in exercises if code in one.ksbs]
    chosen = skill.next_exercise if skill else next(iter(carrying), "")
    if chosen:
        title = f"{titles[chosen]} ({chosen})" if chosen in titles else chosen
        paper.put(f"Work on {title}.", label="Next: ", style="bold green")
    elif skill is None or not carrying:
        paper.put("No exercise offers it yet.", label="Next: ", style="bold green")
    else:
        told = skill.missing[0] if skill.missing else f"Nothing more to do for {code}."
        paper.put(told, label="Next: ", style="bold green")


def _head(text: str, paper: Paper) -> None:
    paper.gap()
    paper.put((text, "bold"))
