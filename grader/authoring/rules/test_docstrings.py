"""Every hidden test has a docstring: the one sentence that the learner reads when it fails."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from grader.authoring.findings import Problem
from grader.authoring.rule import Rule
from grader.authoring.subject import Subject
from grader.authoring.suite_reading import tests_of
from grader.authoring.trials import Results

MOST = 240


def find(subject: Subject, _results: Results) -> Iterator[Problem]:
    """Look at each test of the hidden suite."""
    for test in tests_of(subject.all_suites):
        text = " ".join((ast.get_docstring(test.node) or "").split())
        name, path, line = test.node.name, test.source.path, test.node.lineno
        if not text:
            yield Problem(path, line, f"{name} has no docstring; say in one sentence what holds")
        elif len(text) > MOST:
            what = f"the docstring of {name} has {len(text)} characters; one sentence is enough"
            yield Problem(path, line, f"{what}, {MOST} at most")
        elif text[-1] not in ".?!":
            yield Problem(path, line, f"the docstring of {name} is no sentence; end it with a stop")


RULE = Rule(find)
