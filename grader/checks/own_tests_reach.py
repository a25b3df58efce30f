"""What to say of how much a learner's own tests reach, of all of them, and to the tutor."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from grader.bridge.incidents import Cause
from grader.checks.own_tests_findings import (
    COVERAGE,
    Findings,
    count,
    listed,
    owner_of,
    passed_cases,
    uncollected_words,
    weakness_of,
)
from grader.results import Item, Outcome, Trust

_SHOWN = 6


def coverage_item(findings: Findings) -> Item:
    """Whether the tests reach enough of the program, and what they don't."""
    files = listed(findings.wanted)
    needed = f"{findings.threshold:g} %"
    outcome = Outcome.PASSED if findings.reaches else Outcome.FAILED
    sentence = (
        f"Your tests reach {_percent(findings)} of the lines and branches of {files}; "
        f"{needed} are needed."
    )
    reason = _not_measured(findings)
    if reason:
        sentence = f"Your tests reach {needed} of the lines and branches of {files}."
    return Item(
        id=COVERAGE,
        outcome=outcome,
        sentence=sentence,
        reason=reason or gaps_of(findings),
        where="" if reason or outcome is Outcome.PASSED else _first_gap(findings),
        hint=_coverage_hint(findings) if outcome is Outcome.FAILED and not reason else "",
        behaviour=COVERAGE,
        cause="",
        trust=Trust.REPORTED,
    )


def _percent(findings: Findings) -> str:
    return f"{findings.percent:g} %"


def _not_measured(findings: Findings) -> str:
    """Why there is no figure, in words; nothing when there is one."""
    missing = [name for name in findings.wanted if name not in findings.assessed]
    if missing:
        return f"{missing[0]} was not handed in"
    for name, one in findings.assessed.items():
        if one.unreadable:
            return f"{name} has a syntax error in line {one.unreadable} or just before it"
    if not findings.reading.tests:
        return "there is no test that could reach them"
    if not findings.possible:
        return f"{listed(findings.wanted)} has no code yet"
    if not findings.reported.finished:
        return "what they reach was not measured, because the run of your tests was broken off"
    if not any(findings.reported.arcs.values()):
        if not findings.reported.steady:
            return "nothing was measured: the measuring was switched off while your tests ran"
        return "your tests don't import it"
    return ""


def gaps_of(findings: Findings) -> str:
    """What is not reached, the first few places: "line 14 never runs; …"."""
    several = len(findings.assessed) > 1
    words = [
        f"{gap.words} in {name}" if several else gap.words
        for name, one in findings.assessed.items()
        for gap in one.gaps
    ]
    more = [f"and {count(len(words) - _SHOWN, 'more place')}"] if len(words) > _SHOWN else []
    return "; ".join([*words[:_SHOWN], *more])


def _first_gap(findings: Findings) -> str:
    for name, one in findings.assessed.items():
        if one.gaps:
            return f"{name}, line {one.gaps[0].first}"
    return ""


def _coverage_hint(findings: Findings) -> str:
    if not findings.reported.steady:
        return (
            "The measuring was switched off while your tests ran, so not all that they reach was "
            "seen. Leave out what sets a trace function."
        )
    if any(one.pragmas for one in findings.assessed.values()):
        return "Comments that ask for lines to be left out have no effect here."
    if any(one.gaps for one in findings.assessed.values()):
        return "Write a test that makes the first of these places run."
    return ""


# -- in one sentence, and for the tutor


def summary_of(findings: Findings, items: Sequence[Item]) -> str:
    """How many tests pass, what they reach, and which of them check nothing."""
    tests = findings.reading.tests
    if not tests:
        none = "There are no tests of your own yet"
        return "; ".join([none, *uncollected_words(findings.reading)]) + "."
    total = sum(max(1, len(findings.cases.get(test.id, ()))) for test in tests)
    said = [f"Tests that pass: {passed_cases(findings)} of {total}"]
    if findings.threshold and findings.reported.finished:
        said.append(f"reached: {_percent(findings)}, {findings.threshold:g} % needed")
    skipped = [item for item in items if item.outcome is Outcome.SKIPPED]
    if skipped:
        said.append(f"{count(len(skipped), 'test')} left out by a mark")
    weak = [test for test in tests if test.strength != "checks"]
    said += [weakness_of(test) for test in weak[:3]]
    if len(weak) > 3:
        said.append(f"so it is with {len(weak) - 3} more")
    said += [
        f"{one.what} is written twice in {one.file} and only the last one counts"
        for one in findings.reading.twice[:3]
    ]
    said += uncollected_words(findings.reading)
    return "; ".join(said) + "."


def notes_of(findings: Findings) -> tuple[str, ...]:
    """What a tutor should know about how the figures came about."""
    said = findings.reported
    notes = [*_measuring_notes(findings)]
    altered = sorted({case.id for case in said.cases.values() if case.altered})
    known = {test.id for test in findings.reading.tests}
    notes += [
        f"{owner_of(id_, known) or 'a test'}: its outcome was changed after it ran"
        for id_ in altered[:_SHOWN]
    ]
    if said.twice:
        notes.append("tests were reported more than once; the worse outcome was taken")
    if said.stopped is Cause.PROTOCOL:
        notes.append("the run was ended: it said something that the test run never says")
    strangers = len(findings.cases.get("", []))
    if strangers:
        notes.append(f"{count(strangers, 'test')} not found in the source, so not counted")
    for file in sorted({one.file for one in findings.reading.remarks}):
        inner = [one for one in findings.reading.remarks if one.file == file][:_SHOWN]
        named = ", ".join(f"{one.what} in line {one.line}" for one in inner)
        notes.append(f"{file} reaches into Python or the test run: {named}")
    return tuple(notes)


def _measuring_notes(findings: Findings) -> Iterable[str]:
    for name, one in findings.assessed.items():
        if one.impossible:
            yield (
                f"{name}: lines were reported as run that can't have run so "
                f"({_numbers(one.impossible)}); the measured data were made up in part"
            )
        if one.pragmas:
            yield f"{name}: asks to be left out in {_numbers(one.pragmas)}, without effect"
        if one.hidden_branches:
            yield (
                f"{name}: has branches within one line, which can't be measured, in "
                f"{_numbers(one.hidden_branches)}"
            )
    for name in findings.reported.foreign:
        yield f"{name}: other code was run under its name, which can count as covered"
    if not findings.reported.steady:
        yield "the measuring was switched off or replaced while the tests ran"


def _numbers(lines: Sequence[int]) -> str:
    shown = ", ".join(map(str, lines[:_SHOWN]))
    return f"line{'s' if len(lines) > 1 else ''} {shown}{' …' if len(lines) > _SHOWN else ''}"
