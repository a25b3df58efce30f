"""No text of the hidden side is in what an apprentice gets.

Lines are compared three at a time, white space aside. What the reference has in common with the
starter is meant to be shared; a test, a text of feedback or a variant never is.
"""

from __future__ import annotations

from collections.abc import Iterator

from grader.authoring.findings import Problem
from grader.authoring.rule import Rule
from grader.authoring.shingles import shingles_of
from grader.authoring.subject import Subject
from grader.authoring.trials import Results


def find(subject: Subject, _results: Results) -> Iterator[Problem]:
    """Look for shingles of each hidden file in each public one."""
    hidden = {
        shingle: name
        for name, text in subject.hidden_texts.items()
        for shingle in shingles_of(text)
    }
    shared = {shingle for text in subject.starter.values() for shingle in shingles_of(text)}
    for name, text in subject.public.items():
        found = shingles_of(text)
        for shingle, line in found.items():
            source = hidden.get(shingle)
            allowed = shingle in shared and not (source or "").startswith(("hidden/", "artefacts/"))
            if source and not allowed:
                there = subject.path_of(subject.solution / source)
                what = f"these lines are in {there} too; take them out, or put them in the starter"
                yield Problem(subject.path_of(subject.exercise.folder / name), line, what)
                break


RULE = Rule(find)
