"""What there is to say about one exercise, before any layout: terminal and page tell the same."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import NamedTuple

import msgspec

from grader.reports.wording import (
    check_words,
    clause_ranges,
    count,
    listed,
    natural,
    points_words,
    sentence,
    unique,
)
from grader.results import (
    CheckResult,
    Example,
    ExerciseResult,
    Item,
    Outcome,
    Status,
    Trust,
)

EXAMPLES = "examples"
HIDDEN = "hidden-suite"
VARIANTS = "faulty-variants"
IMPORT = "import"
ERROR = "error"


class Problem(msgspec.Struct, frozen=True, kw_only=True):
    """One thing to mend: one behaviour, or one error that is behind several failures.

    `more` are the sentences of further tests that fail with it. `shared` says how many failures
    one error is behind, and is empty when there is only the one. An error behind several
    behaviours is told by its reason, and `start` is the first of the sentences behind it.
    """

    sentence: str
    check: str
    clauses: tuple[str, ...] = ()
    more: tuple[str, ...] = ()
    reason: str = ""
    where: str = ""
    hint: str = ""
    feedback: str = ""
    example: Example | None = None
    must: bool = False
    shared: str = ""
    start: str = ""


class CheckLine(msgspec.Struct, frozen=True, kw_only=True):
    """One check in one line: its name in words, how it ended, how far it got, what it adds."""

    name: str
    outcome: Outcome
    points: str
    note: str = ""
    summary: str = ""


class Telling(msgspec.Struct, frozen=True, kw_only=True):
    """All there is to say about one exercise, for its learner.

    `holds` and `open` are the clauses that hold and those that don't yet; `holding` is the
    sentence about the first. `problems` start with the one thing to mend first. `judged` are a
    tutor's own words.
    """

    holding: str = ""
    holds: tuple[str, ...] = ()
    open: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    checks: tuple[CheckLine, ...] = ()
    waiting: tuple[str, ...] = ()
    judged: tuple[str, ...] = ()
    broken: tuple[str, ...] = ()
    provisional: str = ""
    unreadable: tuple[str, ...] = ()
    findings: tuple[str, ...] = ()


class _Failure(NamedTuple):
    check: CheckResult
    item: Item


def tell(result: ExerciseResult) -> Telling:
    """Say what holds, what to mend first, what else, and what is not the learner's doing."""
    holds, open_ = _clauses(result)
    return Telling(
        holding=_holding(result, holds, open_),
        holds=holds,
        open=open_,
        problems=() if result.status is Status.NOT_STARTED else _problems(result),
        checks=tuple(_check_line(check) for check in result.checks),
        waiting=_waiting(result.checks),
        judged=_judged(result.checks),
        broken=_broken(result.checks),
        provisional=_provisional(result),
        unreadable=result.unreadable,
        findings=tuple(one for one in result.findings if one not in result.unreadable),
    )


def mending(result: ExerciseResult) -> str:
    """Return the words above the first problem."""
    if result.status in (Status.MET, Status.PENDING):
        return "Worth mending all the same"
    return "To mend after that" if result.unreadable else "First thing to mend"


def about(result: ExerciseResult) -> str:
    """Return what an exercise is, in one line."""
    facts = [result.id, f"for {result.client}", f"difficulty {result.difficulty} of 3"]
    return " · ".join([*facts, *filter(None, [" ".join(result.ksbs)])])


def why(problem: Problem) -> str:
    """Return the reason of a failure with its place, as a sentence; "" if there is none."""
    if problem.reason:
        where = f" ({problem.where})" if problem.where else ""
        return sentence(problem.reason + where)
    return f"See {problem.where}." if problem.where else ""


def also_behind(problem: Problem) -> str:
    """Say how many more tests look at the same thing; "" if none does."""
    if not problem.more:
        return ""
    looks = "looks" if len(problem.more) == 1 else "look"
    return f"{count(len(problem.more), 'more test')} of the same kind {looks} at this too."


def _clauses(result: ExerciseResult) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the clauses that hold and those that don't; undecided ones are in neither."""
    outcomes: dict[str, set[Outcome]] = {}
    for check in result.checks:
        for item in check.items:
            if item.clause:
                outcomes.setdefault(item.clause, set()).add(item.outcome)
    told = {
        item.clause
        for check in result.checks
        if check.evidence or result.provisional
        for item in check.items
    }
    ordered = sorted(outcomes, key=natural)
    holds = tuple(one for one in ordered if one in told and outcomes[one] == {Outcome.PASSED})
    return holds, tuple(one for one in ordered if Outcome.FAILED in outcomes[one])


def _holding(result: ExerciseResult, holds: tuple[str, ...], open_: tuple[str, ...]) -> str:
    if result.status is Status.NOT_STARTED:
        return ""
    if not holds and not open_:
        return _tests_that_pass(result)
    if not holds:
        return ""
    whole = not open_ and len(holds) > 2
    if result.provisional:
        named = f"all {len(holds)} clauses" if whole else _clause(holds)
        return f"The examples of {named} pass."
    if whole:
        return f"All {len(holds)} clauses hold."
    return f"{_clause(holds).capitalize()} {'holds' if len(holds) == 1 else 'hold'}."


def _clause(clauses: tuple[str, ...]) -> str:
    return ("clause " if len(clauses) == 1 else "clauses ") + clause_ranges(clauses)


def _tests_that_pass(result: ExerciseResult) -> str:
    """Say how many tests pass, for an exercise whose tests name no clauses."""
    told = [check for check in result.checks if check.evidence or result.provisional]
    items = [item for check in told for item in check.items]
    passed = sum(item.outcome is Outcome.PASSED for item in items)
    return f"{passed} of {count(len(items), 'test')} pass." if passed else ""


def _problems(result: ExerciseResult) -> tuple[Problem, ...]:
    checks = _in_order(result)
    groups: dict[tuple[str, ...], list[_Failure]] = {}
    for check in checks:
        for item in check.items:
            if item.outcome is Outcome.FAILED and item.reason not in result.unreadable:
                groups.setdefault(_key(check, item), []).append(_Failure(check, item))
    failing = sum(map(len, groups.values()))
    ordered = list(groups.values())
    if result.status is Status.MUST_FAILED:
        # Nothing outweighs a must-have, so nothing is told before it.
        ordered.sort(key=lambda group: not _is_must(group))
    problems = [_problem(group, failing, result.checks) for group in _once(ordered, result)]
    return (*problems, *_silent(checks))


def _in_order(result: ExerciseResult) -> list[CheckResult]:
    """Order checks by what matters: failed and required first, then hidden tests, examples last."""

    def rank(check: CheckResult) -> tuple[bool, bool, int]:
        kind = 0 if check.name == HIDDEN else 1
        if check.name == EXAMPLES and not result.provisional:
            kind = 2
        return check.outcome is Outcome.PASSED, not check.required, kind

    return sorted(result.checks, key=rank)


def _key(check: CheckResult, item: Item) -> tuple[str, ...]:
    """Say which failures are one: the same error at the same place, or the same behaviour.

    Where the place isn't told, one kind of error may have many reasons. Faulty programs of which
    nothing may be told have one sentence, and are told once.
    """
    if item.cause and (item.where or item.cause != ERROR):
        return "cause", item.cause, item.reason, item.where
    if check.name == VARIANTS:
        return "sentence", item.sentence, item.reason, item.where, *item.musts
    return "behaviour", check.name, item.behaviour or item.id.partition("[")[0]


def _is_must(group: list[_Failure]) -> bool:
    return any(one.item.musts and not one.item.cause for one in group)


def _once(groups: list[list[_Failure]], result: ExerciseResult) -> Iterable[list[_Failure]]:
    """Leave out failing examples of clauses that another check's failure tells already."""
    told: set[str] = set()
    for group in groups:
        clauses = {one.item.clause for one in group}
        only_examples = all(one.check.name == EXAMPLES for one in group)
        if only_examples and not result.provisional and clauses <= told and "" not in clauses:
            continue
        told |= clauses
        yield group


def _problem(group: list[_Failure], failing: int, checks: Iterable[CheckResult]) -> Problem:
    check, lead = next((one for one in group if _is_must([one])), group[0])
    items = [one.item for one in group]
    clauses = unique([lead.clause, *(item.clause for item in items)])
    examples = _examples_by_clause(checks)
    pasted = [example for clause in clauses for example in examples.get(clause, ())]
    told = Problem(
        sentence=lead.sentence or lead.reason or f"{check_words(check.name)}: a test did not pass",
        check=check.name,
        clauses=clauses,
        reason=lead.reason if lead.sentence else "",
        where=lead.where or _place_in_examples(lead, clauses, checks),
        example=lead.example or (pasted[0] if pasted else None),
        must=_is_must(group),
        shared=_shared(lead, len(group), failing),
    )
    if lead.cause and lead.reason and _spread(group):
        where = f" ({lead.where})" if lead.where else ""
        return msgspec.structs.replace(
            told,
            sentence=sentence(lead.reason + where),
            clauses=(),
            reason="",
            where="",
            start="" if lead.cause == IMPORT else lead.sentence,
        )
    return msgspec.structs.replace(
        told,
        more=tuple(one for one in unique(i.sentence for i in items) if one != lead.sentence),
        hint=_first([lead.hint, *(item.hint for item in items)]),
        feedback=_first([lead.feedback, *(item.feedback for item in items)]),
    )


def _spread(group: list[_Failure]) -> bool:
    """Say whether one error shows in several behaviours: no single test's hint fits it then."""
    tests = [one for one in group if one.check.name != EXAMPLES] or group
    return len({one.item.behaviour or one.item.id.partition("[")[0] for one in tests}) > 1


def _first(texts: Iterable[str]) -> str:
    return next(filter(None, texts), "")


def _shared(lead: Item, behind: int, failing: int) -> str:
    if not lead.cause or behind < 2:
        return ""
    if behind == failing:
        return f"This one error is behind {'both' if behind == 2 else f'all {behind}'} failures."
    return f"This one error is behind {behind} of the {failing} failures."


def _examples_by_clause(checks: Iterable[CheckResult]) -> dict[str, tuple[Example, ...]]:
    found: dict[str, tuple[Example, ...]] = {}
    for check in checks:
        for item in check.items:
            if check.name == EXAMPLES and item.outcome is Outcome.FAILED and item.example:
                found[item.clause] = (*found.get(item.clause, ()), item.example)
    return found


def _place_in_examples(lead: Item, clauses: Collection[str], checks: Iterable[CheckResult]) -> str:
    """Where a public example of the same clause ends by an error too: of it the place is told."""
    if lead.cause != ERROR:
        return ""
    return _first(
        item.where
        for check in checks
        for item in check.items
        if check.name == EXAMPLES and item.clause in clauses and item.cause == ERROR
    )


def _silent(checks: Iterable[CheckResult]) -> list[Problem]:
    """Tell checks that failed without a failing item, as too low a coverage does."""
    return [
        Problem(
            sentence=check.summary or f"{check_words(check.name)}: {points_words(check)}",
            check=check.name,
        )
        for check in checks
        if check.outcome is Outcome.FAILED
        and not any(item.outcome is Outcome.FAILED for item in check.items)
    ]


def _check_line(check: CheckResult) -> CheckLine:
    notes = []
    if not check.evidence:
        notes.append("for practice, no evidence")
    elif not check.required:
        notes.append("does not decide the status")
    return CheckLine(
        name=check_words(check.name),
        outcome=check.outcome,
        points=points_words(check),
        note=", ".join(notes),
        summary=check.summary,
    )


def _waiting(checks: Iterable[CheckResult]) -> tuple[str, ...]:
    lines: list[str] = []
    for check in checks:
        pending = [item.sentence for item in check.items if item.outcome is Outcome.PENDING]
        if check.outcome is Outcome.PENDING and not pending:
            pending = [check.summary or check_words(check.name)]
        lines += pending
    return unique(lines)


def _judged(checks: Iterable[CheckResult]) -> tuple[str, ...]:
    """Return what a tutor wrote on each criterion, whether it was met or not."""
    return tuple(
        f"{item.sentence} {item.feedback}"
        for check in checks
        for item in check.items
        if item.trust is Trust.JUDGED and item.feedback
    )


def _broken(checks: Iterable[CheckResult]) -> tuple[str, ...]:
    lines: list[str] = []
    for check in checks:
        items = [item for item in check.items if item.outcome is Outcome.BROKEN]
        if check.outcome is Outcome.BROKEN or items:
            why = _first([check.summary, *(item.reason for item in items)])
            head = f"{check_words(check.name)} could not be run"
            lines.append(f"{head}: {why}" if why else head)
    return unique(lines)


def _provisional(result: ExerciseResult) -> str:
    if not result.provisional or result.status is Status.NOT_STARTED:
        return ""
    ran = [check_words(check.name) for check in result.checks if _ran(check)]
    which = f"These ran: {listed(ran)}." if ran else "None could run."
    return (
        f"Provisional, since not all checks are on this computer. {which} "
        "Your tutor runs the hidden tests too."
    )


def _ran(check: CheckResult) -> bool:
    return check.outcome not in (Outcome.SKIPPED, Outcome.BROKEN)
