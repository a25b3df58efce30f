"""Every clause that a test names is in the ticket or in a given file.

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
    for mark in marks_of((*subject.all_suites, *_examples(subject)), "clause"):
        for number in mark.words:
            pattern = rf"(?<![\d.]){re.escape(number)}(?![\d]|\.\d)"
            if number not in seen and not any(re.search(pattern, text) for text in texts):
                seen.add(number)
                text = f"clause {number} is not in the ticket; number it there, or mend the marker"
                yield Problem(mark.path, mark.line, text)


def _examples(subject: Subject) -> tuple[Source, ...]:
    folder: Path = subject.exercise.folder / "examples"
    return tuple(map(subject.source, sorted(folder.glob("test_*.py"))))


RULE = Rule(find)
