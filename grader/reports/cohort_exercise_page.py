"""One exercise over a cohort: where people struggle, and which tests never separate anyone."""

from __future__ import annotations

from collections.abc import Sequence

from grader.catalogue import Exercise
from grader.reports.cohort_figures import Behaviour, ExerciseFigures, Figures
from grader.reports.document import document
from grader.reports.markup import Html, bullets, element, facts, joined, scrolled
from grader.reports.wording import STATEMENT, STATUS, check_words, clause_words, count
from grader.results import Status

_WIDTH = 160  # of a bar, in its own units


def cohort_exercise_page(exercise: Exercise, figures: Figures, graded: str) -> str:
    """Return the page of one exercise."""
    own = figures.by_exercise.get(exercise.id, ExerciseFigures())
    header = element(
        "header",
        element("h1", exercise.title),
        element("p", f"{exercise.id} · for {exercise.client}", class_="quiet"),
        element("p", STATEMENT, class_="statement"),
        element("nav", element("a", "All apprentices", href="../index.html")),
    )
    handed_in = sum(own.statuses.values())
    main = joined(
        element("h2", "Hand-ins"),
        facts(
            ("Apprentices", str(handed_in)),
            ("Hand-ins in all", str(own.attempts)),
            ("Now", _statuses(own)),
            ("Slipped", str(own.slipped) if own.slipped else ""),
        ),
        _struggles(own),
        _never_separate(own, handed_in),
        _variants(own),
    )
    return document(f"{exercise.title}: how the cohort does", header, main, graded=graded)


def _statuses(own: ExerciseFigures) -> str:
    told = [f"{own.statuses[one]} {STATUS[one]}" for one in Status if own.statuses[one]]
    return ", ".join(told) or "nothing handed in yet"


def _struggles(own: ExerciseFigures) -> Html:
    """Behaviours by how many have them not, the hardest first."""
    hard = [one for one in own.behaviours.values() if one.failed]
    hard.sort(key=lambda one: (-one.failed / max(one.held + one.failed, 1), one.sentence))
    head = element("h2", "Where they struggle")
    if not hard:
        return joined(head, element("p", "Nothing fails for anybody.", class_="quiet"))
    names = ("What should hold", "Clause", "KSBs", "Check", "Has it not", "Share")
    rows = [element("tr", *_row(one)) for one in hard]
    table = element(
        "table",
        element("caption", "Rules of the exercise, by how many of the latest hand-ins break them"),
        element("thead", element("tr", *(element("th", name, scope="col") for name in names))),
        element("tbody", *rows),
    )
    return joined(head, scrolled(table, "Where they struggle"))


def _row(one: Behaviour) -> Sequence[Html]:
    every = one.held + one.failed
    share = one.failed / every
    return (
        element("td", one.sentence),
        element("td", clause_words((one.clause,)) if one.clause else ""),
        element("td", ", ".join(one.ksbs)),
        element("td", check_words(one.check)),
        element("td", f"{one.failed} of {every}"),
        element("td", _bar(share), f" {share:.0%}"),
    )


def _bar(share: float) -> Html:
    filled = round(_WIDTH * share)
    return Html(
        f'<svg class="share" viewBox="0 0 {_WIDTH} 10" width="{_WIDTH}" height="10" '
        f'aria-hidden="true" focusable="false"><rect class="empty" x="0.5" y="0.5" '
        f'width="{_WIDTH - 1}" height="9" rx="2"/><rect class="full" x="0.5" y="0.5" '
        f'width="{filled}" height="9" rx="2"/></svg>'
    )


def _never_separate(own: ExerciseFigures, handed_in: int) -> Html:
    """Rules that everybody keeps or nobody does: they tell no two hand-ins apart."""
    decided = [one for one in own.behaviours.values() if one.held + one.failed > 1]
    always = [one.sentence for one in decided if not one.failed]
    never = [one.sentence for one in decided if not one.held]
    head = element("h2", "Which tests separate nobody")
    if handed_in < 2:
        few = "That can be told when at least two have handed in."
        return joined(head, element("p", few, class_="quiet"))
    return joined(
        head,
        element(
            "p",
            f"{count(len(always), 'rule')} that everybody keeps, {len(never)} that nobody does.",
        ),
        facts(("Nobody keeps", bullets(never)), ("Everybody keeps", bullets(always))),
    )


def _variants(own: ExerciseFigures) -> Html:
    """Apprentices × faulty programs: how many tests of each caught it, and who let it pass."""
    if not own.caught:
        return Html("")
    programs = sorted({name for one in own.caught.values() for name in one})
    head = ("Apprentice", *programs)
    rows = [
        element("tr", element("th", name, scope="row"), *(_catch(one.get(p)) for p in programs))
        for name, one in sorted(own.caught.items())
    ]
    tried = [[one[p] for one in own.caught.values() if p in one] for p in programs]
    sums = [element("td", f"{sum(map(bool, one))} of {len(one)}") for one in tried]
    table = element(
        "table",
        element("caption", "How many of an apprentice's tests catch each faulty program"),
        element("thead", element("tr", *(element("th", name, scope="col") for name in head))),
        element("tbody", *rows),
        element("tfoot", element("tr", element("th", "Caught by", scope="row"), *sums)),
    )
    return joined(
        element("h2", "What their tests catch"),
        element(
            "p",
            "A test counts if it passes with every correct program. `grade report --explain` shows "
            "one apprentice's tests one by one.",
            class_="quiet",
        ),
        scrolled(table, "What their tests catch"),
    )


def _catch(tests: int | None) -> Html:
    if tests is None:
        return element("td", "not tried", class_="quiet")
    return element("td", count(tests, "test") if tests else "– escaped")
