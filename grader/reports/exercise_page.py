"""The exercises of the HTML page: the same words as on the terminal."""

from __future__ import annotations

from collections.abc import Sequence

from grader.catalogue import Exercise
from grader.reports.faults import NEXT, faults_of
from grader.reports.markup import (
    Html,
    bullets,
    element,
    escaped,
    facts,
    folded,
    id_of,
    joined,
    lines,
    scrolled,
)
from grader.reports.next_step import opening
from grader.reports.skill_page import Here, code_links
from grader.reports.telling import CheckLine, Problem, Telling, also_behind, mending, tell, why
from grader.reports.tutor_view import (
    CALLS,
    CELLS,
    LEGEND,
    check_facts,
    column_words,
    item_facts,
    measures_words,
)
from grader.reports.wording import clause_words, status_words
from grader.results import CheckResult, Example, ExerciseResult, Item, Matrix, Outcome, Status

_SIGNS = {
    Status.MET: "✓",
    Status.PARTLY: "◐",
    Status.NOT_YET: "○",
    Status.MUST_FAILED: "✗",
    Status.NOT_STARTED: "–",
    Status.PENDING: "?",
    Status.BROKEN: "!",
}
_CHECK_SIGNS = {
    Outcome.PASSED: "✓",
    Outcome.FAILED: "○",
    Outcome.SKIPPED: "–",
    Outcome.PENDING: "?",
    Outcome.BROKEN: "!",
}


def exercises_section(
    results: Sequence[ExerciseResult],
    here: Here,
    *,
    tutor: bool,
    exercises: Sequence[Exercise],
) -> Html:
    """Return the section on exercises."""
    shown = [_exercise(one, here, tutor, exercises) for one in results]
    if not shown:
        shown = [element("p", "No exercise here yet.")]
    head = element("h2", "Exercises", id="exercises")
    return element("section", head, *shown, aria_labelledby="exercises")


def status_mark(result: ExerciseResult) -> Html:
    """Return a status as a symbol and words."""
    words = status_words(result.status, provisional=result.provisional)
    sign = element("span", _SIGNS[result.status], aria_hidden="true")
    return element("span", sign, f" {words}", class_=f"status {result.status}")


def _exercise(
    result: ExerciseResult, here: Here, tutor: bool, exercises: Sequence[Exercise]
) -> Html:
    told = tell(result)
    about = joined(
        f"{result.id} · for {result.client} · difficulty {result.difficulty} of 3 · ",
        code_links(result.ksbs, here),
    )
    parts = [
        element("h3", f"{result.title} ", status_mark(result), id=id_of("exercise", result.id)),
        element("p", about, class_="quiet"),
    ]
    if told.unreadable:
        head = element("p", element("strong", "Can't be read, so mend this first:"))
        parts.append(element("div", head, bullets(list(told.unreadable)), class_="notice"))
    if result.out_of_time:
        parts.append(element("p", result.out_of_time, class_="notice"))
    if told.provisional:
        parts.append(element("p", told.provisional, class_="notice"))
    if result.status is Status.NOT_STARTED:
        parts.append(element("p", opening(result, exercises)))
    else:
        parts += _story(result, told)
    parts.append(_checks(told.checks))
    if tutor:
        parts.append(_for_tutor(result))
    return element("article", *parts, class_=f"exercise {result.status}")


def _story(result: ExerciseResult, told: Telling) -> list[Html]:
    parts: list[Html] = []
    if told.broken or result.status is Status.BROKEN:
        broken = [f"{result.id}: {one}" for one in told.broken or ("it could not be graded",)]
        head = element("p", element("strong", "This is not your fault. Tell your tutor:"))
        after = element("p", NEXT)
        parts.append(element("div", head, bullets(list(broken)), after, class_="notice"))
    if told.holding:
        parts.append(element("p", told.holding, class_="holding"))
    if told.problems:
        parts += _problems(result, told.problems)
    for title, found in (
        ("Your tutor still has to mark", told.waiting),
        ("From your tutor", told.judged),
        ("Noticed in your files", told.findings),
    ):
        if found:
            parts += [element("h4", title), bullets(list(found))]
    return parts


def _problems(result: ExerciseResult, problems: Sequence[Problem]) -> list[Html]:
    first, *others = problems
    head = mending(result)
    clauses = clause_words(first.clauses[:3])
    parts = [
        element("h4", f"{head}: {clauses}" if clauses else head),
        element(
            "p",
            _must(first),
            element("strong", first.sentence),
            f" {first.shared}" if first.shared else "",
        ),
        facts(
            ("Why", why(first)),
            ("Start", first.start),
            ("Hint", first.hint),
            ("Think", first.feedback),
        ),
        _example(first.example) if first.example else Html(""),
        element("p", also_behind(first), class_="quiet") if first.more else Html(""),
    ]
    parts = [element("div", *parts, class_="first")]
    if others:
        parts += [element("h4", "Also to mend"), bullets([_other(one) for one in others])]
    return parts


def _must(problem: Problem) -> Html:
    return element("span", "Must-have: ", class_="must") if problem.must else Html("")


def _other(problem: Problem) -> Html:
    more = f"{len(problem.more)} more like it" if problem.more else ""
    told = "; ".join(filter(None, [clause_words(problem.clauses[:3]), more, problem.shared]))
    return joined(_must(problem), problem.sentence, f" ({told})" if told else "")


def _example(example: Example) -> Html:
    return facts(
        ("Try", element("pre", element("code", lines(example.call)))),
        ("Expected", element("code", example.expected) if example.expected else ""),
        ("Your program gave", element("code", example.seen) if example.seen else ""),
        ("The difference", example.difference),
        class_="example",
    )


def _checks(checks: Sequence[CheckLine]) -> Html:
    if not checks:
        return Html("")
    rows: list[str] = []
    for check in checks:
        sign = element("span", _CHECK_SIGNS[check.outcome], class_="sign", aria_hidden="true")
        note = element("span", f" ({check.note})", class_="quiet") if check.note else Html("")
        summary = element("div", check.summary, class_="quiet") if check.summary else Html("")
        rows.append(joined(sign, f" {check.name}: {check.points}", note, summary))
    return joined(element("h4", "Checks"), bullets(rows, class_="checks"))


def _for_tutor(result: ExerciseResult) -> Html:
    digests = facts(("Exercise", result.digest.exercise), ("Work", result.digest.work))
    faults = list(faults_of(result))
    head = joined(element("h4", "Why it could not be graded"), bullets(faults)) if faults else ""
    return folded("Tutor's view", head, digests, *map(_tutor_check, result.checks), class_="tutor")


def _tutor_check(check: CheckResult) -> Html:
    told = [check.summary, measures_words(check), *(f"note: {one}" for one in check.tutor_notes)]
    return joined(
        element("h4", check.name),
        element("p", check_facts(check), class_="quiet"),
        *(element("p", one) for one in told if one),
        *map(_tutor_item, check.items),
        _matrix(check.matrix) if check.matrix is not None else Html(""),
    )


def _matrix(matrix: Matrix) -> Html:
    """Programs down and tests across; a number stands for each test, and below is its name."""
    numbers = [element("th", str(n), scope="col") for n in range(1, len(matrix.rows) + 1)]
    head = element("tr", element("th", "Program", scope="col"), *numbers)
    body = [
        element(
            "tr",
            element("th", f"{column.program}, {column_words(column)}", scope="row"),
            *(element("td", CELLS[row.cells[place]]) for row in matrix.rows),
        )
        for place, column in enumerate(matrix.columns)
    ]
    tests = [f"{row.test}{f': {row.note}' if row.note else ''}" for row in matrix.rows]
    return joined(
        element("h5", "Tests × programs"),
        element("p", LEGEND, class_="quiet"),
        scrolled(element("table", head, *body), "Tests × programs", class_="matrix"),
        element("ol", *(element("li", one) for one in tests)),
    )


def _tutor_item(item: Item) -> Html:
    calls = item.calls[:CALLS]
    summary = joined(f"{_CHECK_SIGNS[item.outcome]} ", element("code", item.id))
    pre = [element("pre", *(joined(escaped(one), "\n") for one in calls))] if calls else []
    pre += [element("pre", lines(item.detail))] if item.detail else []
    return folded(
        summary,
        element("p", item_facts(item), class_="quiet"),
        facts(
            ("Sentence", item.sentence),
            ("Reason", item.reason),
            ("Where", item.where),
            ("Hint", item.hint),
            ("Feedback", item.feedback),
        ),
        _example(item.example) if item.example else Html(""),
        *pre,
    )
