"""The hidden suite kills at least 85 % of the mutants of the reference.

A mutant is the reference with one small change. One that the suite passes is either a gap in the
suite or no fault at all; the author looks at each and writes the second kind into `lint.toml`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from grader.authoring.acceptance import acceptance_of
from grader.authoring.findings import Figure, Note, Problem
from grader.authoring.mutating import Mutant, mutants_of
from grader.authoring.rule import Rule
from grader.authoring.subject import Subject
from grader.authoring.trials import Results, SuiteRun, work_of

NAME = "mutants-killed"
ENOUGH = 0.85


def trials(subject: Subject) -> Iterator[SuiteRun]:
    """The suite on each mutant, to its first failure."""
    for mutant in _mutants(subject):
        yield _suite_on(subject, mutant)


def find(subject: Subject, results: Results) -> Iterator[Problem | Note | Figure]:
    """List the survivors; a problem when they are too many, or when one accepted is gone."""
    mutants = _mutants(subject)
    alive = [one for one in mutants if results.suite(_suite_on(subject, one)).passed]
    accepted = {(one.file, one.what) for one in acceptance_of(subject.solution).of(NAME)}
    survivors = [one for one in alive if (one.file, one.what) not in accepted]
    killed, total = len(mutants) - len(alive), len(mutants) - len(alive) + len(survivors)
    yield Figure("mutants", total)
    yield Figure("killed", killed)
    yield Figure("accepted", len(alive) - len(survivors))
    for one in survivors:
        yield Note(subject.path_of(subject.solution / one.file), one.line, f"survived: {one.what}")
    hidden = subject.path_of(subject.solution / "hidden")
    if killed < ENOUGH * total:
        text = f"the suite kills {killed} of {total} mutants, and {ENOUGH:.0%} are needed"
        yield Problem(hidden, 0, f"{text}; look at the survivors listed, and add tests")
    yield from _stale(subject, accepted, alive)


def _stale(
    subject: Subject, accepted: set[tuple[str, str]], alive: list[Mutant]
) -> Iterator[Problem]:
    path = subject.path_of(subject.solution / "lint.toml")
    found = Counter((one.file, one.what) for one in alive)
    for file, what in sorted(accepted):
        if not found[file, what]:
            text = f"{file}: {what}: there is no such survivor any more; take the entry out"
            yield Problem(path, 0, text)


def _mutants(subject: Subject) -> list[Mutant]:
    if not subject.suite:
        return []
    return [
        mutant
        for file in subject.programs
        if file in subject.reference
        for mutant in mutants_of(file, subject.reference[file])
    ]


def _suite_on(subject: Subject, mutant: Mutant) -> SuiteRun:
    return SuiteRun(work_of(subject.reference, {mutant.file: mutant.source}))


RULE = Rule(find, trials)
