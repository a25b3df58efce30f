"""No generic liar passes the hidden suite.

Liars are programs that know nothing of the exercise: objects equal to everything, functions that
give back their arguments, errors of every kind. A suite that one of them passes compares in the
wrong place: see "Only its word" in grader/bridge/README.md.
"""

from __future__ import annotations

from collections.abc import Iterator

from grader.authoring.findings import Problem
from grader.authoring.lying import whole_programs, wrappers
from grader.authoring.rule import Rule
from grader.authoring.subject import Subject
from grader.authoring.trials import Lying, Results
from grader.results import Outcome


def trials(subject: Subject) -> Iterator[Lying]:
    """The suite on each liar."""
    if subject.suite and subject.programs and "hidden-suite" in subject.exercise.checks:
        yield from map(Lying, (*whole_programs(), *wrappers("wrong")))


def find(subject: Subject, results: Results) -> Iterator[Problem]:
    """Name each liar that isn't seen through."""
    path = subject.path_of(subject.solution / "hidden")
    for trial in trials(subject):
        for check in results.graded(trial).checks:
            if check.outcome is Outcome.PASSED:
                text = f"the suite passes the liar {trial.liar} (grader/authoring/liars)"
                yield Problem(path, 0, f"{text}; compare plain values, one by one")
            elif check.outcome is Outcome.BROKEN:
                why = next((i.detail for i in check.items if i.outcome is Outcome.BROKEN), "")
                told = (why or " ".join(check.tutor_notes)).strip().rpartition("\n")[2]
                text = f"the suite breaks on the liar {trial.liar}: {told[-200:]}"
                yield Problem(path, 0, f"{text}; a test must fail, whatever it is given")


RULE = Rule(find, trials)
