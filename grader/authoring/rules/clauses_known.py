"""Every clause that a test or a faulty variant names is in the ticket or in a given file.

The report tells learners which clause to look at; it has to be there to be found.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from grader.authoring.findings import Problem
from grader.authoring.rule import Rule
from grader.authoring.subject import Source, Subject
from grader.authoring.suite_reading import marks_of
from grader.authoring.trials import Results


def find(subject: Subject, _results: Results) -> Iterator[Problem]:
    """Look each number up in the texts that a learner has."""
    texts = [
        content.decode("utf-8", "replace")
        for name, content in subject.public.items()
        if name.endswith((".md", ".txt"))
    ]
    seen = set()
    for number, path, line, named in _named(subject):
        pattern = rf"(?<![\d.]){re.escape(number)}(?![\d]|\.\d)"
        if number not in seen and not any(re.search(pattern, text) for text in texts):
            seen.add(number)
            text = f"clause {number} is not in the ticket; number it there, or mend {named}"
            yield Problem(path, line, text)


def _named(subject: Subject) -> Iterator[tuple[str, str, int, str]]:
    """Each clause that is named, with where and by what."""
    for mark in marks_of((*subject.all_suites, *_examples(subject)), "clause"):
        for number in mark.words:
            yield number, mark.path, mark.line, "the marker"
    for path, table in subject.behaviours.items():
        for name, row in table.table.items():
            if row.clause:
                yield row.clause, path, table.lines.get(name, 0), f"[{name}]"
    for variant in subject.faulty:
        path = subject.path_of(subject.solution / variant.path)
        for number in variant.clauses:
            yield number, path, variant.line, f"`{variant.name}`"


def _examples(subject: Subject) -> tuple[Source, ...]:
    folder: Path = subject.exercise.folder / "examples"
    return tuple(map(subject.source, sorted(folder.glob("test_*.py"))))


RULE = Rule(find)
