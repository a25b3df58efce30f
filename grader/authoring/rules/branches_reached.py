"""The hidden suite reaches every line and every branch of the reference.

Measured in the sandbox while the suite runs, in commands too; a command that is ended by force
can't say what it has run. What can't be reached may stand in `lint.toml`, with the reason.
"""

from __future__ import annotations

from collections.abc import Iterator

from grader.authoring.acceptance import acceptance_of
from grader.authoring.findings import Figure, Note, Problem
from grader.authoring.rule import Rule
from grader.authoring.subject import Subject
from grader.authoring.trials import Results, SuiteRun, work_of
from grader.bridge.coverable import assess

NAME = "branches-reached"


def trials(subject: Subject) -> Iterator[SuiteRun]:
    """The suite on the reference, measured."""
    if subject.suite and _measured(subject):
        yield SuiteRun(work_of(subject.reference), to_first=False, measured=_measured(subject))


def find(subject: Subject, results: Results) -> Iterator[Problem | Note | Figure]:
    """Name each gap, file by file."""
    accepted = {(one.file, one.what) for one in acceptance_of(subject.solution).of(NAME)}
    covered = possible = 0
    for trial in trials(subject):
        arcs = results.suite(trial).arcs
        for file in trial.measured:
            path = subject.path_of(subject.solution / file)
            assessed = assess(subject.reference[file], arcs.get(file, ()))
            covered, possible = covered + assessed.covered, possible + assessed.possible
            for gap in assessed.gaps:
                known = (file, gap.words) in accepted
                kind = Note if known else Problem
                text = f"{gap.words} under the hidden suite"
                yield kind(path, gap.first, f"{text}{'' if known else '; add a test'}")
    if possible:
        yield Figure("reached", covered)
        yield Figure("reachable", possible)


def _measured(subject: Subject) -> tuple[str, ...]:
    return tuple(name for name in subject.programs if name in subject.reference)


RULE = Rule(find, trials)
