"""What only the tutor sees: every test with its calls, answers and traceback."""

from __future__ import annotations

from grader.reports.paper import Paper
from grader.reports.wording import OUTCOME, TRUST, count, points_needed, seconds_words
from grader.results import Cell, CheckResult, Column, ExerciseResult, Item, Matrix, Outcome

CALLS = 40
CELLS = {Cell.PASSED: ".", Cell.FAILED: "F", Cell.NO_VERDICT: "-", Cell.UNSTEADY: "~"}
LEGEND = ", ".join(f"{sign} {cell}" for cell, sign in CELLS.items())


def show_for_tutor(result: ExerciseResult, paper: Paper) -> None:
    """Write every check of an exercise in full."""
    paper.put((f"Tutor's view of {result.id}", "bold"), indent=2)
    facts = [*result.ksbs, *result.duties, seconds_words(result.seconds)]
    paper.put((" ".join(facts), "dim"), indent=4)
    paper.put((f"exercise {result.digest.exercise}", "dim"), indent=4)
    paper.put((f"work {result.digest.work}", "dim"), indent=4)
    for check in result.checks:
        _check(check, paper)
    paper.gap()


def check_facts(check: CheckResult) -> str:
    """Return the figures of a check in one line."""
    facts = [OUTCOME[check.outcome], TRUST[check.trust].replace("your own", "the learner's")]
    facts += ["required" if check.required else "not required"]
    facts += [] if check.evidence else ["no evidence"]
    if check.points_max:
        facts.append(
            f"{check.points} of {count(check.points_max, 'point')}, "
            f"{points_needed(check)} needed ({check.needed:g})"
        )
    facts += [" ".join(check.ksbs), seconds_words(check.seconds)]
    return " · ".join(filter(None, facts))


def item_facts(item: Item) -> str:
    """Return the figures and marks of one test in one line."""
    facts = [OUTCOME[item.outcome], count(item.points, "point"), " ".join(item.ksbs)]
    named = {
        "clause": item.clause,
        "behaviour": item.behaviour,
        "facet": ", ".join(item.facets),
        "must-have": ", ".join(item.musts),
        "cause": item.cause,
    }
    facts += [f"{name} {value}" for name, value in named.items() if value]
    facts += [TRUST[item.trust].replace("your own", "the learner's"), seconds_words(item.seconds)]
    return " · ".join(filter(None, facts))


def measures_words(check: CheckResult) -> str:
    """Return what a check measured: "branch coverage 91.7"."""
    return ", ".join(
        f"{name.replace('_', ' ')} {value:g}" for name, value in check.measures.items()
    )


def _check(check: CheckResult, paper: Paper) -> None:
    paper.gap()
    paper.put(paper.sign(check.outcome), " ", (check.name, "bold"), indent=4)
    paper.put(check_facts(check), indent=6)
    if check.summary:
        paper.put(check.summary, indent=6)
    if check.measures:
        paper.put(measures_words(check), indent=6, label="measured: ")
    for note in check.tutor_notes:
        paper.put(note, indent=6, label="note: ", style="bold magenta")
    for item in check.items:
        _item(item, paper)
    if check.matrix is not None:
        _matrix(check.matrix, paper)


def column_words(column: Column) -> str:
    """Return what became of one program."""
    return "correct" if column.sound else "caught" if column.caught else "escaped"


def _matrix(matrix: Matrix, paper: Paper) -> None:
    """Write programs down and tests across, since programs have the longer names."""
    paper.put(("Tests × programs", "bold"), f" ({LEGEND})", indent=6)
    for number, row in enumerate(matrix.rows, 1):
        note = (f"  {row.note}", "dim") if row.note else ""
        paper.put(row.test, note, indent=8, label=f"{number:>3} ", style="dim")
    for place, column in enumerate(matrix.columns):
        cells = "".join(CELLS[row.cells[place]] for row in matrix.rows)
        style = "red" if column_words(column) == "escaped" else ""
        paper.put(cells, (f"  {column.program}, {column_words(column)}", style), indent=8)


def _item(item: Item, paper: Paper) -> None:
    if item.outcome is Outcome.PASSED:  # one line: what a tutor looks for is the rest
        marks = " ".join(filter(None, (item.clause, *item.ksbs, *item.facets, *item.musts)))
        paper.put(paper.sign(item.outcome), f" {item.id}", (f"  {marks}", "dim"), indent=6)
        return
    paper.put(paper.sign(item.outcome), f" {item.id}", indent=6)
    paper.put((item_facts(item), "dim"), indent=8)
    for label, text in (
        ("sentence: ", item.sentence),
        ("reason: ", item.reason),
        ("where: ", item.where),
        ("hint: ", item.hint),
        ("feedback: ", item.feedback),
    ):
        if text:
            paper.put(text, indent=8, label=label, style="dim")
    if item.example:
        call, expected, seen = item.example.call, item.example.expected, item.example.seen
        paper.put(f"{call} · expected {expected} · gave {seen}", indent=8, label="example: ")
        if item.example.difference:
            paper.put(item.example.difference, indent=8, label="difference: ")
    for call in item.calls[:CALLS]:
        paper.put(call, indent=8, label="call: ", style="dim")
    if len(item.calls) > CALLS:
        paper.put(f"{len(item.calls) - CALLS} more calls", indent=8)
    if item.detail:
        paper.block(item.detail, indent=8)
