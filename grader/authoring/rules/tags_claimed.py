"""Every KSB of a hidden test is one that the exercise claims, and every must is in the register.

`exercise.toml` is what a learner and the catalogue read; a tag that isn't claimed there would be
evidence that nobody was told of. A must outside the course's register can't be closed again.
"""

from __future__ import annotations

from collections.abc import Iterator

from grader.authoring.findings import Problem
from grader.authoring.rule import Rule
from grader.authoring.subject import Subject
from grader.authoring.suite_reading import marks_of
from grader.authoring.trials import Results
from grader.standard import standard
from grader.tables import did_you_mean


def find(subject: Subject, _results: Results) -> Iterator[Problem]:
    """Look at the suite, at its behaviours and at the tables of the checks."""
    claimed = subject.exercise.ksbs
    facts = subject.path_of(subject.exercise.folder / "exercise.toml")
    for name, options in subject.exercise.checks.items():
        for code in getattr(options, "ksbs", ()):
            if code not in claimed:
                yield Problem(facts, 0, f"[checks.{name}] has {_unclaimed(code)}")
    for code, path, line, who in _said(subject, "ksb"):
        if code not in claimed:
            yield Problem(path, line, f"{who} has {_unclaimed(code)}")
    known = list(subject.course.musts)
    for name, path, line, _ in _said(subject, "must"):
        if name not in known:
            advice = did_you_mean(name, known) or "; add it there with its KSBs"
            text = f"the must `{name}` is not in the register of course.toml{advice}"
            yield Problem(path, line, text)


def _said(subject: Subject, marker: str) -> Iterator[tuple[str, str, int, str]]:
    """Each code or must of tests and of tables of behaviours: it, its place, and who has it."""
    for mark in marks_of(subject.all_suites, marker):
        for word in mark.words:
            yield word, mark.path, mark.line, "the test"
    for path, table in subject.behaviours.items():
        for name, row in table.table.items():
            for word in row.ksbs if marker == "ksb" else row.musts:
                yield word, path, table.lines.get(name, 0), f"the behaviour `{name}`"


def _unclaimed(code: str) -> str:
    if code not in standard().ksbs:
        known = list(standard().ksbs)
        return f"`{code}`, which is no KSB of the standard{did_you_mean(code, known)}"
    return f"`{code}`, which `ksbs` in exercise.toml doesn't claim; add it there or take it out"


RULE = Rule(find)
