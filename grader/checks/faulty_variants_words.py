"""What to say of a learner's tests that can catch nothing: which one, why, and what to do.

Few of them are named, and what is said of one is little: where it fails and with which of
Python's exceptions. So a correct program can't be read out of what its failures tell.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from grader.bridge.incidents import Cause
from grader.bridge.own_tests import MOST_TESTS, Place
from grader.bridge.reading_tests import DeclaredTest
from grader.checks.faulty_variants_trials import TOTAL_SECONDS, Trial, Trials, is_left_out
from grader.checks.own_tests_findings import owner_of, weakness_of, words_of
from grader.checks.own_tests_items import LEFT_OUT, ended_here, is_known
from grader.results import Cell

MOST_NAMED = 3
_STRAYS = ("AttributeError", "ImportError", "ModuleNotFoundError", "NameError", "TypeError")
_ONLY_PROMISED = (
    "Does it use something of your own program that the ticket does not ask for, such as a "
    "helper of yours? Another correct program need not have it: test what the ticket promises."
)
_BY_HAND = (
    "work out by hand what the answer should be. A test may ask for what the clauses promise, "
    "and for nothing more: not for the words of a message, not for how it is done."
)


@dataclass(frozen=True)
class Trouble:
    """Why one test counts for nothing. `told` ones are the learner's to mend."""

    test: DeclaredTest
    reason: str
    where: str = ""
    hint: str = ""
    told: bool = True
    cause: str = ""

    @property
    def sentence(self) -> str:
        """What should hold."""
        if self.cause == "import":
            return f"{self.test.file} can be loaded with every correct program."
        return f"Your test “{words_of(self.test)}” should pass with every correct program."


def troubles_of(trials: Trials) -> tuple[Trouble, ...]:
    """Return what is wrong with each test that counts for nothing, in the files' order."""
    found = (
        _trouble(test, trials) for test in trials.reading.tests if test.id not in trials.witnesses
    )
    return tuple(one for one in found if one is not None)


def to_name(troubles: tuple[Trouble, ...]) -> list[Trouble]:
    """The few that are named: one for each file that can't be loaded, else one for each test."""
    named: dict[str, Trouble] = {}
    for one in troubles:
        if one.told:
            named.setdefault(one.test.file if one.cause else one.test.id, one)
    return list(named.values())[:MOST_NAMED]


def note_of(test: DeclaredTest, troubles: tuple[Trouble, ...]) -> str:
    """What a tutor reads beside a test."""
    mine = next((one.reason for one in troubles if one.test.id == test.id), "")
    return "; ".join(filter(None, (mine, weakness_of(test))))


def _trouble(test: DeclaredTest, trials: Trials) -> Trouble | None:
    here = f"{test.file}, line {test.line}"
    if test.id in trials.unsteady:
        return Trouble(
            test,
            "it is not steady: with the same program it passes one time and not the next",
            here,
            "Does it depend on chance, on the clock, or on which tests ran before it? A test "
            "makes all that it needs anew.",
        )
    trial = _first_against(test, trials)
    if trial is None:
        return Trouble(test, "it was not tried with every correct program", told=False)
    if trial.cells[test.id] is Cell.FAILED:
        return _fails(test, trial, trials.reading.lines)
    return _without_verdict(test, trial, here)


def _first_against(test: DeclaredTest, trials: Trials) -> Trial | None:
    """The first correct program that a test did not pass with."""
    for program in trials.programs:
        trial = trials.first.get(program.name)
        if program.sound and trial and trial.cells[test.id] is not Cell.PASSED:
            return trial
    return None


def _fails(test: DeclaredTest, trial: Trial, lines: Mapping[str, int]) -> Trouble:
    cases = trial.findings.cases[test.id]
    case = next(one for one in cases if one.outcome == "failed")
    line = _line(case.place, test, lines)
    what = _what(case.place, line)
    if case.phase == "setup":
        what = f"it could not be set up, since {what}"
    return Trouble(
        test,
        f"this test of yours fails with a correct program: {what}",
        f"{test.file}, line {line}",
        _ONLY_PROMISED if case.place.error in _STRAYS else _advice(test),
    )


def _line(place: Place, test: DeclaredTest, lines: Mapping[str, int]) -> int:
    """The line that failed, if the file has such a line; else the one that the test begins in."""
    return place.test_line if 0 < place.test_line <= lines.get(test.file, 0) else test.line


def _what(place: Place, line: int) -> str:
    if place.error in ("AssertionError", "Failed"):
        return f"the check in line {line} does not hold"
    name = place.error if is_known(place.error) else "exception"
    return f"{'an' if name[0] in 'AEIOUaeiou' else 'a'} {name} was raised in line {line}"


def _advice(test: DeclaredTest) -> str:
    if not test.clauses:
        return f"Read the clause that it is about again and {_BY_HAND}"
    word = "clause" if len(test.clauses) == 1 else "clauses"
    return f"Read {word} {', '.join(test.clauses)} again and {_BY_HAND}"


def _without_verdict(test: DeclaredTest, trial: Trial, here: str) -> Trouble | None:
    said = trial.findings.reported
    cases = trial.findings.cases.get(test.id, [])
    if is_left_out(test, trial):
        return Trouble(test, LEFT_OUT[cases[0].outcome if cases else "skipped"], told=False)
    if test.file in said.unloaded:
        return _unloaded(test, said.unloaded[test.file], trial.findings.reading.lines)
    if any(case.outcome == "failed" for case in cases):
        return Trouble(test, "it ends the run of your tests, which is no verdict", here)
    if said.stopped is not None:
        if owner_of(said.during, {test.id}) == test.id:
            return Trouble(test, f"with a correct program {_broke_off(trial)}", here)
        broken = Trouble(test, "it was not reached: the run was broken off before it", told=False)
        return broken if said.during else _never_began(test)
    if not cases and not test.certain:
        return None
    if said.more:
        reason = f"there are more than {MOST_TESTS} tests; only the first {MOST_TESTS} are run"
        return Trouble(test, reason, here)
    return Trouble(test, "it was not run: pytest did not find it", here)


def _broke_off(trial: Trial) -> str:
    """How a test ended the run; it is the test's doing, since the program is correct."""
    return {
        Cause.STOPPED: "it ended the whole run of your tests, which is no verdict",
        Cause.PROTOCOL: "it disturbed the run of your tests",
    }.get(trial.findings.reported.stopped or Cause.TIME) or ended_here(trial.findings)


def _unloaded(test: DeclaredTest, place: Place, lines: Mapping[str, int]) -> Trouble:
    line = place.test_line if 0 < place.test_line <= lines.get(test.file, 0) else 1
    return Trouble(
        test,
        f"{test.file} can't be loaded with a correct program: {_what(place, line)}",
        f"{test.file}, line {line}",
        _ONLY_PROMISED if place.error in _STRAYS else "",
        cause="import",
    )


def _never_began(test: DeclaredTest) -> Trouble:
    """The run broke off outside of tests: mostly while a test file was being loaded."""
    reason = "the run broke off before the first test: a test file stops it, or takes too long"
    return Trouble(test, reason, f"{test.file}, line 1", cause="import")


def too_slow(programs: int) -> str:
    """The reason why some programs were not tried."""
    return (
        f"your tests are too slow: they are tried on {programs} programs, which have "
        f"{TOTAL_SECONDS:g} seconds together"
    )
