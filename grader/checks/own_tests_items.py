"""What to say of each of a learner's own tests, in plain words.

Names of tests come from our own reading of their source, lines from there or checked against it;
nothing is shown that only the learner's process said, but names of exceptions and numbers.
"""

from __future__ import annotations

import builtins

from grader.bridge.advice import advice_on
from grader.bridge.incidents import Cause
from grader.bridge.own_tests import MOST_TESTS, Case, Place
from grader.bridge.reading_tests import DeclaredTest
from grader.checks.own_tests_findings import (
    TESTS,
    Findings,
    count,
    owner_of,
    passed_cases,
    weakness_of,
    words_of,
)
from grader.results import Item, Outcome, Trust

_DISTURBED = "it came to no verdict: your program disturbed the run of your tests"
LEFT_OUT = {
    "skipped": "it is skipped, so it checks nothing",
    "expected-failure": "it is marked as expected to fail, so it checks nothing",
    "unexpected-pass": "it is marked as expected to fail, but it passes: take the mark off",
}


HOW_TO_BE_FOUND = (
    "pytest runs functions whose name begins with test_, at the left margin or in a class whose "
    "name begins with Test and that has no `__init__`, in a file whose name begins with test_."
)


def items_of(findings: Findings) -> tuple[Item, ...]:
    """One item per test, and one for each thing that is wrong with all of them."""
    items = [
        _unreadable(file, line, findings.reading.newer.get(file, ""))
        for file, line in findings.reading.unreadable.items()
    ]
    if not findings.reading.tests:
        return (*items, *([] if items else [_nothing_there(findings)]))
    tests = findings.reading.tests
    items += [item for test in tests if (item := _test_item(test, findings))]
    items += _others(findings)
    if not any(test.strength == "checks" for test in tests):
        items.append(_nothing_checked(findings))
    elif passed_cases(findings) < findings.least and all(_held(item) for item in items):
        items.append(_too_few(findings))
    return tuple(items)


def _held(item: Item) -> bool:
    return item.outcome is not Outcome.FAILED


def _item(id_: str, outcome: Outcome, sentence: str, **more: str) -> Item:
    return Item(
        id=id_,
        outcome=outcome,
        sentence=sentence,
        behaviour=TESTS,
        trust=Trust.REPORTED,
        **more,  # type: ignore[arg-type]
    )


def _unreadable(file: str, line: int, newer: str) -> Item:
    return _item(
        file,
        Outcome.FAILED,
        f"Python can read {file}.",
        reason=f"there is a syntax error in line {line} or just before it",
        where=f"{file}, line {line}",
        hint=f"{newer}." if newer else "Look for a missing colon, bracket or quote there.",
    )


def _nothing_there(findings: Findings) -> Item:
    file = findings.test_files[0] if findings.test_files else "your test file"
    if passed_over := findings.reading.uncollected:
        first = passed_over[0]
        return _item(
            TESTS,
            Outcome.FAILED,
            "There is at least one test of your own.",
            reason=f"{file} has no test that pytest finds: {first.what}",
            where=f"{first.file}, line {first.line}",
            hint=HOW_TO_BE_FOUND,
        )
    return _item(
        TESTS,
        Outcome.FAILED,
        "There is at least one test of your own.",
        reason=f"{file} has no test yet",
        hint=(
            f"Write one in {file}: a function whose name starts with test_, and in it an assert "
            "that compares what your program gives with what it should give."
        ),
    )


def _nothing_checked(findings: Findings) -> Item:
    test = findings.reading.tests[0]
    one = len(findings.reading.tests) == 1
    return _item(
        "own-tests::asserts",
        Outcome.FAILED,
        "At least one of your tests checks something.",
        reason=f"{'your test' if one else 'none of your tests'} "
        f"{'has no assert that can fail' if one else 'has an assert that can fail'}",
        where=f"{test.file}, line {test.line}",
        hint=(
            "End a test with an assert that compares what your program gives with what it "
            "should give, as in: assert total([1, 2]) == 3"
        ),
    )


def _too_few(findings: Findings) -> Item:
    passed = passed_cases(findings)
    return _item(
        "own-tests::count",
        Outcome.FAILED,
        f"At least {count(findings.least, 'test')} of your own "
        f"{'passes' if findings.least == 1 else 'pass'}.",
        reason=f"so far {count(passed, 'test')} {'passes' if passed == 1 else 'pass'}",
        hint="Skipped tests, and tests marked as expected to fail, don't count.",
    )


def _test_item(test: DeclaredTest, findings: Findings) -> Item | None:
    cases = findings.cases.get(test.id, [])
    sentence = f"Your test “{words_of(test)}” should pass."
    where = f"{test.file}, line {test.line}"
    if findings.reported.stopped and _is_in(findings.reported.during, test):
        return _broken_off(test, sentence, where, findings)
    if not cases:
        return _not_run(test, sentence, where, findings)
    failed = [case for case in cases if case.outcome == "failed"]
    if failed:
        reason, where = _failure(failed[0], test, findings)
        reason = test.why or reason
        if len(cases) > 1:
            reason = f"{len(failed)} of its {len(cases)} cases fail; in the first, {reason}"
        return _item(test.id, Outcome.FAILED, sentence, reason=reason, where=where)
    if len(cases) < (found := findings.collected(test)):
        reason = f"only {len(cases)} of its {found} cases came to an end"
        return _item(test.id, Outcome.FAILED, sentence, reason=reason, where=where)
    if not any(case.outcome == "passed" for case in cases):
        reason = test.why or LEFT_OUT[cases[0].outcome]
        item = _item(test.id, Outcome.SKIPPED, sentence, reason=reason)
        return _without_points(item, where)
    return _item(test.id, Outcome.PASSED, sentence, reason=weakness_of(test), where=where)


def _without_points(item: Item, where: str) -> Item:
    return Item(
        id=item.id,
        outcome=item.outcome,
        sentence=item.sentence,
        reason=item.reason,
        where=where,
        behaviour="own-tests::skipped",
        points=0,
        trust=Trust.REPORTED,
    )


def _not_run(test: DeclaredTest, sentence: str, where: str, findings: Findings) -> Item | None:
    said = findings.reported
    if test.file in said.unloaded:
        reason, where, hint = _load_failure(test.file, findings)
        return _item(
            test.id,
            Outcome.FAILED,
            sentence,
            reason=reason,
            where=where,
            hint=hint,
            cause="import",
        )
    if said.stopped is not None:
        return _broken_off(test, sentence, where, findings)
    if test.file in said.passed_over:
        item = _item(test.id, Outcome.SKIPPED, sentence, reason=LEFT_OUT["skipped"])
        return _without_points(item, where)
    if not test.certain:
        return None
    if test.why:
        return _item(test.id, Outcome.FAILED, sentence, reason=test.why, where=where)
    if said.more:
        reason = f"there are more than {MOST_TESTS} tests; only the first {MOST_TESTS} are run"
    else:
        reason = "it was not run: pytest did not find it, or the run was ended before it"
    return _item(test.id, Outcome.FAILED, sentence, reason=reason, where=where)


def _load_failure(file: str, findings: Findings) -> tuple[str, str, str]:
    """Why a test file could not be loaded, where, and what may help."""
    place = findings.reported.unloaded[file]
    for name, one in findings.assessed.items():
        if place.error == "SyntaxError" and one.unreadable:
            reason = f"there is a syntax error in line {one.unreadable} or just before it"
            return f"{name} could not be loaded: {reason}", f"{name}, line {one.unreadable}", ""
    hint = ""
    if place.error in ("ImportError", "ModuleNotFoundError"):
        hint = "Look at each name that is imported there: is it written just so in your program?"
    where = _where(place, findings) or f"{file}, line 1"
    return f"{file} could not be loaded: {_raised(place, findings)}", where, hint


def _broken_off(test: DeclaredTest, sentence: str, where: str, findings: Findings) -> Item:
    """A test that ran when the run ended before its time, or that was to come after it."""
    said, hint = findings.reported, ""
    during = next((one for one in findings.reading.tests if _is_in(said.during, one)), None)
    if during is test:
        reason = ended_here(findings)
        if said.stopped is Cause.TIME:
            hint = "Look for a loop without an end."
    else:  # all of these are told as one: they have the same cause, reason and place
        where = f"{during.file}, line {during.line}" if during else ""
        reason = _ended_before(during, findings)
    cause = said.stopped or ""
    return _item(
        test.id, Outcome.FAILED, sentence, reason=reason, where=where, hint=hint, cause=cause
    )


def ended_here(findings: Findings) -> str:
    """Why a run broke off during the test that ran then."""
    said, limits = findings.reported, findings.limits
    if said.overdue:
        return f"it was still running when the {limits.total:g} seconds for all tests were over"
    return {
        Cause.TIME: f"it was still running after {limits.test:g} seconds",
        Cause.STOPPED: "your program stopped by itself while it ran",
    }.get(said.stopped or Cause.PROTOCOL, _DISTURBED)


def _ended_before(during: DeclaredTest | None, findings: Findings) -> str:
    said = findings.reported
    at = "your tests ran" if said.cases else "your test files were being loaded"
    if during:
        at = f"“{words_of(during)}” ran"
    return {
        Cause.TIME: f"it was not reached: the time was up while {at}",
        Cause.STOPPED: f"it was not reached: your program stopped by itself while {at}",
    }.get(said.stopped or Cause.PROTOCOL, _DISTURBED)


def _is_in(id_: str, test: DeclaredTest) -> bool:
    return bool(id_) and owner_of(id_, {test.id}) == test.id


def _others(findings: Findings) -> list[Item]:
    """Tests that stand in no file as such: made while the file runs, or imported."""
    cases = findings.cases.get("", [])
    failed = [case for case in cases if case.outcome == "failed"]
    if not failed:
        return []
    place = failed[0].place
    return [
        _item(
            "own-tests::others",
            Outcome.FAILED,
            "Tests that your files import, or make while they run, pass.",
            reason=f"{len(failed)} of {len(cases)} of them fail; "
            f"in the first, {_raised(place, findings)}",
            where=_where(place, findings),
            hint="pytest takes every function whose name starts with test, imported ones too.",
        )
    ]


# -- why a test failed


def _failure(case: Case, test: DeclaredTest, findings: Findings) -> tuple[str, str]:
    place = case.place
    where = _where(place, findings) or f"{test.file}, line {test.line}"
    if place.error in ("AssertionError", "Failed") and place.file == test.file:
        return f"the check in line {place.line} does not hold", where
    reason = _raised(place, findings)
    if case.phase == "setup":
        reason = f"it could not be set up: {reason}"
    elif case.phase == "teardown":
        reason = f"clearing up after it failed: {reason}"
    return reason, where


def _raised(place: Place, findings: Findings) -> str:
    if place.error == "NotImplementedError" and place.file in findings.wanted:
        return "this part of your program is not written yet"
    if place.error == "Failed":
        return "pytest can't run it as it is; write it with def, not with async def"
    if place.error == "FixtureLookupError":
        return "it has an argument that no fixture is there for"
    if advice := advice_on(place.error):
        return f"it stopped: {advice}"
    name = place.error if is_known(place.error) else "an exception of your own"
    article = "" if name.startswith("an ") else ("an " if name[0] in "AEIOU" else "a ")
    return f"{article}{name} was raised"


def is_known(name: str) -> bool:
    """Whether an exception's name is Python's own, so that nobody can have made it up."""
    found = getattr(builtins, name, None)
    return isinstance(found, type) and issubclass(found, BaseException)


def _where(place: Place, findings: Findings) -> str:
    known = place.file in findings.files and place.line > 0
    return f"{place.file}, line {place.line}" if known else ""
