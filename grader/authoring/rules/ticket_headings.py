"""The ticket has the five headings that every ticket has, in their order.

An apprentice who has read one ticket knows where to look in the next. Further headings are of a
lower level, below one of the five.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from grader.authoring.findings import Problem
from grader.authoring.rule import Rule
from grader.authoring.subject import Subject
from grader.authoring.trials import Results

HEADINGS = ("Background", "Task", "Rules", "Done when", "Hints")
_LINE = re.compile(r"^## +(.*?)\s*#*$")


def find(subject: Subject, _results: Results) -> Iterator[Problem]:
    """Compare the headings of level 2 with the five."""
    path = subject.path_of(subject.exercise.folder / "README.md")
    if not subject.ticket:
        yield Problem(path, 0, "there is no ticket here; write it, with five headings")
        return
    found = _headings(subject.ticket)
    names = [name for _, name in found]
    for wanted in HEADINGS:
        if wanted not in names:
            text = f'the ticket has no heading "## {wanted}"; it needs {_list(HEADINGS)}'
            yield Problem(path, 0, text)
    for line, name in found:
        if name not in HEADINGS:
            text = f'the heading "## {name}" is none of the five; make it "### {name}" below one'
            yield Problem(path, line, text)
    ours = [name for name in names if name in HEADINGS]
    if ours != [name for name in HEADINGS if name in ours]:
        yield Problem(
            path, found[0][0], f"the headings' order is to be {_list(HEADINGS)}, each once"
        )


def _headings(text: str) -> list[tuple[int, str]]:
    found, fenced = [], False
    for number, line in enumerate(text.splitlines(), 1):
        fenced ^= line.lstrip().startswith("```")
        match = _LINE.match(line)
        if match and not fenced:
            found.append((number, match[1]))
    return found


def _list(words: tuple[str, ...]) -> str:
    return ", ".join(words)


RULE = Rule(find)
