"""Nothing is left to do: no TODO in either folder of the exercise.

`grade new` writes them where an author has something to say. Starters tell learners what to do in
other words, since a learner's editor may treat TODO as its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from grader.authoring.findings import Problem
from grader.authoring.rule import Rule
from grader.authoring.subject import Subject
from grader.authoring.trials import Results

_TODO = re.compile(rb"\bTODO\b:?[ \t]*(.*)")
_SHOWN = 60


def find(subject: Subject, _results: Results) -> Iterator[Problem]:
    """Look at every line of every file."""
    homes = ((subject.exercise.folder, subject.public), (subject.solution, subject.hidden_texts))
    for home, files in homes:
        for name, content in files.items():
            for number, line in enumerate(content.splitlines(), 1):
                match = _TODO.search(line)
                if match:
                    what = match[1].decode("utf-8", "replace").strip()[:_SHOWN]
                    text = f"a TODO is left: {what}" if what else "a TODO is left"
                    yield Problem(subject.path_of(home / name), number, text)


RULE = Rule(find)
