"""A variant is named for its misconception or approach, not for its number."""

from __future__ import annotations

import re
from collections.abc import Iterator

from grader.authoring.findings import Problem
from grader.authoring.rule import Rule
from grader.authoring.subject import Subject
from grader.authoring.trials import Results

_GRAMMAR = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
_EMPTY = re.compile(r"(variant|mutant|bug|bugs|wrong|faulty|fault|broken|bad|test|sound|v|m)_?\d*")


def find(subject: Subject, _results: Results) -> Iterator[Problem]:
    """Look at the names."""
    for variant in (*subject.faulty, *subject.sound):
        path = subject.path_of(subject.solution / variant.path)
        if not _GRAMMAR.fullmatch(variant.name):
            text = f"`{variant.name}` is to have small letters, digits and underscores only"
            yield Problem(path, variant.line, f"{text}, as in `rounds_half_down`")
        elif _EMPTY.fullmatch(variant.name):
            text = f"`{variant.name}` doesn't say what the program does"
            yield Problem(path, variant.line, f"{text}; name it for that, as in `rounds_half_down`")


RULE = Rule(find)
