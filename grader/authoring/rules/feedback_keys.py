"""Each feedback key that a hidden test names has its text, and each text is named by a test."""

from __future__ import annotations

from collections.abc import Iterator

from grader.authoring.findings import Problem
from grader.authoring.rule import Rule
from grader.authoring.subject import Subject
from grader.authoring.suite_reading import marks_of
from grader.authoring.trials import Results
from grader.tables import did_you_mean

FILE = "feedback.toml"


def find(subject: Subject, _results: Results) -> Iterator[Problem]:
    """Compare the marks with the tables of feedback.toml."""
    path = subject.path_of(subject.solution / FILE)
    tables = subject.feedback
    named = set()
    for mark in marks_of(subject.all_suites, "feedback"):
        for key in mark.words:
            named.add(key)
            if key not in tables:
                advice = did_you_mean(key, list(tables)) or "; write it, or mend the key"
                text = f'{FILE} has no text for "{key}"{advice}'
                yield Problem(mark.path, mark.line, text)
    for key, table in tables.items():
        words = table.get("text", "") if isinstance(table, dict) else ""
        if not str(words).strip():
            yield Problem(path, 0, f'["{key}"] has no `text`; say what is mistaken and what helps')
        if key not in named:
            text = f'no hidden test names "{key}"; mark the test that shows the misconception'
            yield Problem(path, 0, f"{text}, or take the table out")


RULE = Rule(find)
