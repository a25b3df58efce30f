"""A faulty variant says first what is wrong, then why people do it.

The first line is shown to learners by exercises that tell what escaped; the rest is for the author
of the next one, and for the tutor. A sound variant says what it does differently.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from grader.authoring.findings import Problem
from grader.authoring.rule import Rule
from grader.authoring.subject import Subject
from grader.authoring.trials import Results

MOST = 120


def find(subject: Subject, _results: Results) -> Iterator[Problem]:
    """Look at the docstring of each variant's module."""
    for variant in subject.sound:
        if not ast.get_docstring(variant.source.tree):
            text = "this sound variant has no docstring; say what it does differently"
            yield Problem(variant.source.path, 1, text)
    for variant in subject.faulty:
        docstring = ast.get_docstring(variant.source.tree) or ""
        first, _, rest = docstring.partition("\n")
        if not docstring:
            text = "this faulty variant has no docstring; say what is wrong and why people do it"
            yield Problem(variant.source.path, 1, text)
        elif len(first) > MOST or first[-1:] not in ".?!":
            text = f"the first line is to be one sentence on what is wrong, {MOST} characters long"
            yield Problem(variant.source.path, 1, f"{text} at most")
        elif not rest.strip():
            text = "the docstring says what is wrong, but not why people do it; add a paragraph"
            yield Problem(variant.source.path, 1, text)


RULE = Rule(find)
