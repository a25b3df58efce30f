"""The levels of KSBs on a console: a bar, words, what is missing, and the next exercise."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from grader.reports.paper import Paper
from grader.reports.wording import FILLED, STATEMENT, by_line, first_words, level_words
from grader.results import GradeReport, Level, SkillResult, Status
from grader.standard import code_order

PARTS = 3


def concerned(report: GradeReport) -> tuple[SkillResult, ...]:
    """Return the KSBs that this report is about: of exercises that were started, or evidenced."""
    started = [one for one in report.exercises if one.status is not Status.NOT_STARTED]
    codes = {code for result in started for code in result.ksbs}
    found = [skill for skill in report.ksbs if skill.code in codes or has_evidence(skill)]
    return tuple(sorted(found, key=lambda skill: code_order(skill.code)))


def has_evidence(skill: SkillResult) -> bool:
    """Say whether there is anything to show for a KSB, be it practice or awaiting a tutor."""
    levels = {skill.level, skill.practice_level}
    return bool(skill.evidence) or skill.awaiting_tutor or levels != {Level.NO_EVIDENCE}


def bar(skill: SkillResult, *, unicode: bool) -> str:
    """Draw a level in three characters; dots, an empty bar and a question mark never look alike."""
    level = skill.practice_level
    if level is Level.NO_EVIDENCE:
        if skill.awaiting_tutor:
            return "‹?›" if unicode else "<?>"
        return "···" if unicode else "..."
    filled = FILLED[level]
    full, empty = ("▰", "▱") if unicode else ("#", "-")
    return full * filled + empty * (PARTS - filled)


def show_skills(report: GradeReport, paper: Paper, title: Callable[[str], str]) -> None:
    """Write the table of the KSBs concerned; `title` turns an exercise's id into words."""
    skills = concerned(report)
    if not skills:
        return
    paper.put(("Skills", "bold"))
    paper.put((STATEMENT, "dim"), indent=2)
    if any(skill.practice_level is not skill.level for skill in skills):
        told = "“Would be” is what this practice would come to. It counts once it is handed in."
        paper.put((told, "dim"), indent=2)
    paper.gap()
    for skill in skills:
        _skill(skill, paper)
    missing = by_line({skill.code: skill.missing for skill in skills})
    chosen = {one.code: [title(one.next_exercise)] for one in skills if one.next_exercise}
    _raise("What would raise them", missing, paper)
    _raise("Exercises that help next", by_line(chosen), paper)
    paper.gap()


def _skill(skill: SkillResult, paper: Paper) -> None:
    label = f"{skill.code:<4}{bar(skill, unicode=paper.unicode)}  "
    urgent = [flag for flag in skill.overlays if flag.startswith("open must")]
    pieces = [(level_words(skill), style_of(skill))]
    pieces += [(f", {flag}", "red") for flag in urgent]
    paper.put(*pieces, indent=2, label=label)
    room = paper.width - 11
    if room >= 40:
        paper.put((first_words(paper.safe(skill.text), room), "dim"), indent=11)


def _raise(head: str, lines: Mapping[str, tuple[str, ...]], paper: Paper) -> None:
    if not lines:
        return
    paper.gap()
    paper.put((head, "bold"), indent=2)
    for line, codes in lines.items():
        paper.put(line, (f" ({', '.join(codes)})", "dim"), indent=4, label=paper.bullet)


def style_of(skill: SkillResult) -> str:
    """Return the colour of a level; the words say the same."""
    if skill.practice_level is Level.NO_EVIDENCE:
        return "magenta" if skill.awaiting_tutor else "dim"
    if skill.practice_level is Level.NOT_MET:
        return "yellow"
    return "cyan" if skill.practice_level is Level.EMERGING else "green"
