"""A report on a console: what holds, one thing to mend first, where each skill stands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from rich.console import Console

from grader.catalogue import Exercise
from grader.reports.faults import NEXT, faults_of
from grader.reports.next_step import next_step, opening, title_of
from grader.reports.paper import Paper
from grader.reports.skills_view import show_skills
from grader.reports.telling import (
    CheckLine,
    Problem,
    Telling,
    about,
    also_behind,
    mending,
    tell,
    why,
)
from grader.reports.tutor_view import show_for_tutor
from grader.reports.wording import (
    STATUS,
    clause_words,
    count,
    graded_words,
    isolation_warning,
    status_words,
)
from grader.results import Example, ExerciseResult, GradeReport, Outcome, Status

# More than this many that are not started are told in one line.
UNSTARTED = 3
# As long a list as anyone reads; mending the first ones shortens it.
ALSO = 8


def render(
    report: GradeReport,
    console: Console,
    *,
    tutor: bool = False,
    exercises: Sequence[Exercise] = (),
) -> None:
    """Write a report; `tutor` adds every test in full.

    `exercises` of the course, if they are at hand, give titles, files and times of what comes next.
    """
    paper = Paper(console)
    paper.gap()
    if len(report.exercises) != 1:
        _overview(report, paper)
    unstarted = [one for one in report.exercises if one.status is Status.NOT_STARTED]
    folded = unstarted[1:] if len(unstarted) > UNSTARTED else []
    for result in report.exercises:
        if result not in folded:
            _exercise(result, paper, exercises, tutor=tutor)
            if tutor:
                show_for_tutor(result, paper)
    if folded:
        names = ", ".join(one.id for one in folded)
        paper.put(names, label=f"{len(folded)} more not started yet: ")
        paper.gap()
    show_skills(report, paper, lambda id_: title_of(id_, report, exercises))
    _foot(report, paper)
    paper.put(next_step(report, exercises), label="Next: ", style="bold green")


def _overview(report: GradeReport, paper: Paper) -> None:
    tally = Counter(one.status for one in report.exercises)
    parts = [f"{tally[status]} {STATUS[status]}" for status in Status if tally[status]]
    told = f": {', '.join(parts)}" if parts else " found"
    paper.put((f"{count(len(report.exercises), 'exercise')}{told}", "bold"))
    paper.gap()


def _exercise(
    result: ExerciseResult, paper: Paper, exercises: Sequence[Exercise], *, tutor: bool
) -> None:
    told = tell(result)
    sign, style = paper.sign(result.status)
    words = status_words(result.status, provisional=result.provisional)
    paper.put(
        (result.title, "bold"),
        (": ", "bold"),
        (words, f"bold {style}"),
        label=f"{sign} ",
        style=style,
    )
    paper.put((about(result), "dim"), indent=2)
    if told.unreadable:
        paper.gap()
        paper.put(("Can't be read, so mend this first", "bold yellow"), indent=2)
        for line in told.unreadable:
            paper.put((line, "bold"), indent=4)
    if result.out_of_time:
        paper.put((result.out_of_time, "bold yellow"), indent=2)
    if told.provisional:
        paper.put((told.provisional, "cyan"), indent=2)
    if result.status is Status.NOT_STARTED:
        paper.put(opening(result, exercises), indent=2)
        _list(paper, "Noticed in your files", told.findings)
        paper.gap()
        return
    _broken(result, told, paper, tutor=tutor)
    if told.holding:
        paper.gap()
        paper.put((told.holding, "green"), indent=2)
    _problems(result, told, paper)
    _list(paper, "Your tutor still has to mark", told.waiting)
    _list(paper, "From your tutor", told.judged)
    _list(paper, "Noticed in your files", told.findings)
    _checks(told.checks, paper)
    paper.gap()


def _broken(result: ExerciseResult, told: Telling, paper: Paper, *, tutor: bool) -> None:
    if not told.broken and result.status is not Status.BROKEN:
        return
    paper.gap()
    lines = told.broken or ("it could not be graded",)
    paper.put(("This is not your fault. Tell your tutor:", "bold"), indent=2)
    for line in lines:
        paper.put(f"{result.id}: {line}", indent=4)
    paper.put(NEXT, indent=2)
    if tutor:
        paper.gap()
        paper.put(("For the tutor", "bold"), indent=2)
        for line in faults_of(result):
            paper.put(line, indent=4)


def _problems(result: ExerciseResult, told: Telling, paper: Paper) -> None:
    if not told.problems:
        return
    first, *others = told.problems
    paper.gap()
    head = mending(result)
    clauses = clause_words(first.clauses[:3])
    paper.put((f"{head}: {clauses}" if clauses else head, "bold"), indent=2)
    _first(first, paper)
    if others:
        paper.gap()
        paper.put(("Also to mend", "bold"), indent=2)
        for problem in others[:ALSO]:
            _other(problem, paper)
        if len(others) > ALSO:
            paper.put(f"and {len(others) - ALSO} more, once these are mended", indent=4)


def _first(problem: Problem, paper: Paper) -> None:
    must = ("Must-have: ", "bold red") if problem.must else ""
    paper.put(must, (problem.sentence, "bold"), indent=4)
    _row(paper, "Why", why(problem))
    if problem.shared:
        paper.put(problem.shared, indent=4)
    _row(paper, "Start", problem.start)
    _row(paper, "Hint", problem.hint)
    _row(paper, "Think", problem.feedback)
    if problem.example:
        _example(problem.example, paper)
    if problem.more:
        paper.put((also_behind(problem), "dim"), indent=4)


def _row(paper: Paper, label: str, text: str) -> None:
    if text:
        paper.put(text, indent=4, label=f"{label:<7}", style="cyan")


def _example(example: Example, paper: Paper) -> None:
    calls = [line for line in example.call.split("\n") if line.strip()]
    for number, line in enumerate(calls):
        label = "Try    " if number == 0 else " " * 7
        paper.put((line, "bold"), indent=4, label=label, style="cyan")
    for label, text in (
        ("expected", example.expected),
        ("your program gave", example.seen),
        ("the difference", example.difference),
    ):
        if text:
            paper.put(text, indent=11, label=f"{label:<19}", style="dim")


def _other(problem: Problem, paper: Paper) -> None:
    pieces = [("Must-have: ", "red")] if problem.must else []
    pieces.append((problem.sentence, ""))
    clauses = clause_words(problem.clauses[:3])
    notes = [clauses, f"{len(problem.more)} more like it" if problem.more else ""]
    told = "; ".join(filter(None, notes))
    if told:
        pieces.append((f" ({told})", "dim"))
    paper.put(*pieces, indent=4, label=paper.bullet)


def _list(paper: Paper, head: str, lines: Sequence[str]) -> None:
    if not lines:
        return
    paper.gap()
    paper.put((head, "bold"), indent=2)
    for line in lines:
        paper.put(line, indent=4, label=paper.bullet)


def _checks(lines: Sequence[CheckLine], paper: Paper) -> None:
    if not lines:
        return
    paper.gap()
    paper.put(("Checks", "bold"), indent=2)
    for line in lines:
        sign, style = paper.sign(line.outcome)
        note = (f" ({line.note})", "dim") if line.note else ""
        paper.put(f"{line.name}: {line.points}", note, indent=4, label=f"{sign} ", style=style)
        if line.summary and line.outcome is not Outcome.BROKEN:
            paper.put((line.summary, "dim"), indent=6)


def _foot(report: GradeReport, paper: Paper) -> None:
    if not report.exercises:
        return
    paper.put((graded_words(report.isolation, report.grader, report.python), "dim"))
    warning = isolation_warning(report.isolation)
    if warning:
        paper.put((warning, "yellow"))
