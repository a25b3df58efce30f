"""What is known of one run of a learner's own tests: as read, as reported, as assessed."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from grader.bridge.coverable import Assessment
from grader.bridge.own_tests import Case, OwnDeadlines, Reported
from grader.bridge.reading_tests import DeclaredTest, Reading

TESTS, COVERAGE = "own-tests::tests", "own-tests::coverage"


@dataclass(frozen=True)
class Findings:
    """All that is known of one run. `wanted` are the files to be reached, `files` all there are."""

    reading: Reading = field(default_factory=Reading)
    reported: Reported = field(default_factory=Reported)
    assessed: Mapping[str, Assessment] = field(default_factory=dict)
    wanted: tuple[str, ...] = ()
    test_files: tuple[str, ...] = ()
    threshold: float = 0.0
    least: int = 1
    files: frozenset[str] = frozenset()
    limits: OwnDeadlines = field(default_factory=OwnDeadlines)

    @cached_property
    def cases(self) -> dict[str, list[Case]]:
        """The cases of each declared test, and under "" those of no declared one."""
        known = {test.id for test in self.reading.tests}
        found: dict[str, list[Case]] = {}
        for case in self.reported.cases.values():
            found.setdefault(owner_of(case.id, known), []).append(case)
        return found

    def collected(self, test: DeclaredTest) -> int:
        """How many cases of a test pytest found."""
        return sum(owner_of(id_, {test.id}) == test.id for id_ in self.reported.collected)

    @property
    def possible(self) -> int:
        """Lines and ways on of all measured files."""
        return sum(one.possible for one in self.assessed.values())

    @property
    def percent(self) -> float:
        """Share of them reached, cut to one decimal so that it never looks like enough."""
        covered = sum(one.covered for one in self.assessed.values())
        return math.floor(1000 * covered / self.possible) / 10 if self.possible else 0.0

    @property
    def reaches(self) -> bool:
        """Whether that is enough; every wanted file must be there and readable."""
        covered = sum(one.covered for one in self.assessed.values())
        readable = not any(one.unreadable for one in self.assessed.values())
        whole = readable and set(self.wanted) <= set(self.assessed) and self.possible > 0
        return whole and 100 * covered >= self.threshold * self.possible - 1e-9


def owner_of(id_: str, known: set[str]) -> str:
    """The declared test that a case belongs to: itself, or an assigned class or function."""
    parts = id_.split("::")
    while len(parts) > 1:
        if "::".join(parts) in known:
            return "::".join(parts)
        parts.pop()
    return ""


def passed_cases(findings: Findings) -> int:
    """How many tests of the files passed, parameters counted; at most 500."""
    return sum(
        case.outcome == "passed" for id_, cases in findings.cases.items() if id_ for case in cases
    )


def words_of(test: DeclaredTest) -> str:
    """The test's name as words: "an adult pays the listed price"."""
    words = test.name.removeprefix("test").strip("_").replace("_", " ")
    return (words or test.name)[:120]


def weakness_of(test: DeclaredTest) -> str:
    """Why a test checks nothing; nothing to say when it does."""
    if test.why:
        return f"{test.name} checks nothing: {test.why}"
    if test.strength == "nothing":
        return f"{test.name} checks nothing: it has no assert"
    if test.strength == "always-true":
        return f"{test.name} checks nothing: the assert in line {test.weak_line} can't make it fail"
    return ""


def uncollected_words(reading: Reading) -> list[str]:
    """Say what looks like a test and is none for pytest, and where; at most three."""
    return [f"{one.what} ({one.file}, line {one.line})" for one in reading.uncollected[:3]]


def count(number: int, thing: str) -> str:
    """Return "1 test", "2 tests"."""
    return f"{number} {thing}" + ("" if number == 1 else "s")


def listed(words: Sequence[str]) -> str:
    """Return "a, b and c"."""
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)
