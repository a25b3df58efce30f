"""What to say of a learner's tests that can catch nothing: to the learner, and to the tutor.

Theory of operation. A test could be written to fail only when something hidden is so and so: all
that is told of it tells of that. So a learner reads which tests do not pass with every correct
program, three of them at the most, by their names and the lines they begin in, and nothing else:
not how one failed, not where, not with which program. The rest is for the tutor.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from grader.bridge.incidents import Cause
from grader.bridge.own_tests import MOST_TESTS, Place
from grader.bridge.reading_tests import DeclaredTest
from grader.checks.faulty_variants_trials import TOTAL_SECONDS, Trial, Trials, is_left_out
from grader.checks.own_tests_findings import listed, owner_of, weakness_of, words_of
from grader.checks.own_tests_items import LEFT_OUT, ended_here, is_known
from grader.results import Cell

MOST_NAMED = 3
_REASON = "it does not, so it catches nothing"
_BY_HAND = (
    "work out by hand what the answer should be. A test may ask for what the clauses promise, "
    "and for nothing more: not for the words of a message, not for a helper of your own, not for "
    "how it is done."
)
_LOOKS = "it looks at the program or starts it as a command"


@dataclass(frozen=True)
class Trouble:
    """Why one test counts for nothing: `note` is the tutor's; `told` ones are the learner's too."""

    test: DeclaredTest
    note: str
    told: bool = True

    @property
    def sentence(self) -> str:
        """What should hold."""
        return f"Your test “{words_of(self.test)}” should pass with every correct program."

    @property
    def reason(self) -> str:
        """That it does not: the same words whatever happened."""
        return _REASON

    @property
    def where(self) -> str:
        """The line in which the test begins."""
        return f"{self.test.file}, line {self.test.line}"

    @property
    def hint(self) -> str:
        """What to do."""
        return f"Run it with your own program first. {_advice(self.test)}"


def troubles_of(trials: Trials) -> tuple[Trouble, ...]:
    """Return what is wrong with each test that counts for nothing, in the files' order."""
    found = (
        _trouble(test, trials) for test in trials.reading.tests if test.id not in trials.witnesses
    )
    return tuple(one for one in found if one is not None)


def to_name(troubles: tuple[Trouble, ...]) -> list[Trouble]:
    """The few that are named."""
    return [one for one in troubles if one.told][:MOST_NAMED]


def looking_words(tests: Sequence[DeclaredTest]) -> str:
    """What to say of tests that look at the program; "" when there are none."""
    if not tests:
        return ""
    names = [f"{test.name} ({test.file}, line {test.line})" for test in tests[:MOST_NAMED]]
    more = f" and {len(tests) - MOST_NAMED} more" if len(tests) > MOST_NAMED else ""
    do, it = ("looks", "it catches") if len(tests) == 1 else ("look", "they catch")
    return (
        f"{listed(names)}{more} {do} at the program instead of only calling it: what {it} is "
        "reported and does not count"
    )


def note_of(test: DeclaredTest, troubles: tuple[Trouble, ...]) -> str:
    """What a tutor reads beside a test."""
    mine = next((one.note for one in troubles if one.test.id == test.id), "")
    return "; ".join(filter(None, (mine, weakness_of(test))))


def _trouble(test: DeclaredTest, trials: Trials) -> Trouble | None:
    if test in trials.apart:
        return Trouble(test, f"{_LOOKS}: tried in one process with it, reported", told=False)
    if test.id in trials.unsteady:
        text = "it is not steady: with the same program it passes one time and not the next"
        return Trouble(test, text)
    trial = _first_against(test, trials)
    if trial is None:
        return Trouble(test, "it was not tried with every correct program", told=False)
    if trial.cells[test.id] is Cell.FAILED:
        return Trouble(test, _how_it_fails(test, trial))
    return _without_verdict(test, trial)


def _first_against(test: DeclaredTest, trials: Trials) -> Trial | None:
    """The first correct program that a test did not pass with."""
    for program in trials.programs:
        trial = trials.first.get(program.name)
        if program.sound and trial and trial.cells[test.id] is not Cell.PASSED:
            return trial
    return None


def _how_it_fails(test: DeclaredTest, trial: Trial) -> str:
    cases = trial.findings.cases[test.id]
    case = next(one for one in cases if one.outcome == "failed")
    what = _what(case.place, case.place.test_line or test.line)
    if case.phase == "setup":
        what = f"it could not be set up, since {what}"
    return f"it fails with a correct program: {what}"


def _what(place: Place, line: int) -> str:
    if place.error in ("AssertionError", "Failed"):
        return f"the check in line {line} does not hold"
    name = place.error if is_known(place.error) else "exception"
    return f"{'an' if name[0] in 'AEIOUaeiou' else 'a'} {name} was raised in line {line}"


def _advice(test: DeclaredTest) -> str:
    if not test.clauses:
        return f"Then read the clause that it is about again and {_BY_HAND}"
    word = "clause" if len(test.clauses) == 1 else "clauses"
    return f"Then read {word} {', '.join(test.clauses)} again and {_BY_HAND}"


def _without_verdict(test: DeclaredTest, trial: Trial) -> Trouble | None:
    said = trial.findings.reported
    cases = trial.findings.cases.get(test.id, [])
    if is_left_out(test, trial):
        return Trouble(test, LEFT_OUT[cases[0].outcome if cases else "skipped"], told=False)
    if test.file in said.unloaded:
        place = said.unloaded[test.file]
        what = _what(place, place.test_line or 1)
        return Trouble(test, f"{test.file} can't be loaded with a correct program: {what}")
    if any(case.outcome == "failed" for case in cases):
        return Trouble(test, "it ends the run of the tests, which is no verdict")
    if said.stopped is not None:
        if owner_of(said.during, {test.id}) == test.id:
            return Trouble(test, f"with a correct program {_broke_off(trial)}")
        if said.during:
            text = "it was not reached: the run was broken off before it"
            return Trouble(test, text, told=False)
        return Trouble(test, "the run broke off before the first test")
    if cases:
        return Trouble(test, "with a correct program it was broken off")
    if not test.certain:
        return None
    if said.more:
        text = f"there are more than {MOST_TESTS} tests; only the first {MOST_TESTS} are run"
        return Trouble(test, text)
    return Trouble(test, "it was not run: pytest did not find it")


def _broke_off(trial: Trial) -> str:
    """How a test ended the run; it is the test's doing, since the program is correct."""
    return {
        Cause.STOPPED: "it ended the whole run of the tests, which is no verdict",
        Cause.PROTOCOL: "it disturbed the run of the tests",
    }.get(trial.findings.reported.stopped or Cause.TIME) or ended_here(trial.findings)


def too_slow(programs: int) -> str:
    """The reason why some programs were not tried."""
    return (
        f"your tests are too slow: they are tried on {programs} programs, which have "
        f"{TOTAL_SECONDS:g} seconds together"
    )
