"""A faulty variant says what is wrong with it, then why people do it.

The first is shown to learners by exercises that tell what escaped; the rest is for the author of
the next one, and for the tutor. A sound variant says in its docstring what it does differently.
"""

from __future__ import annotations

from collections.abc import Iterator

from grader.authoring.findings import Problem
from grader.authoring.rule import Rule
from grader.authoring.subject import Subject
from grader.authoring.trials import Results

MOST = 120


def find(subject: Subject, _results: Results) -> Iterator[Problem]:
    """Look at what each variant says of itself."""
    for variant in subject.sound:
        if not variant.what:
            text = "this sound variant has no docstring; say what it does differently"
            yield Problem(subject.path_of(subject.solution / variant.path), 1, text)
    for variant in subject.faulty:
        path, line = subject.path_of(subject.solution / variant.path), variant.line or 1
        if not variant.what:
            text = "has no docstring; say what is wrong and why people do it"
            yield Problem(path, line, f"the faulty variant `{variant.name}` {text}")
        elif len(variant.what) > MOST or variant.what[-1] not in ".?!":
            text = f"is to say what is wrong in one sentence, {MOST} characters long at most"
            yield Problem(path, line, f"the faulty variant `{variant.name}` {text}")
        elif not variant.why:
            text = "says what is wrong, but not why people do it; add that"
            yield Problem(path, line, f"the faulty variant `{variant.name}` {text}")


RULE = Rule(find)
