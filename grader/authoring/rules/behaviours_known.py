"""Where a suite has `behaviours.toml`, each test names a behaviour of it, and each is named.

The table says once what a behaviour is worth. Points on a marker would contradict it, and a test
that names none would count as a behaviour of its own, with one point.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath

from grader.authoring.findings import Problem
from grader.authoring.rule import Rule
from grader.authoring.subject import Subject
from grader.authoring.suite_reading import Named, behaviours_named
from grader.authoring.trials import Results
from grader.catalogue import Behaviours
from grader.tables import did_you_mean


def find(subject: Subject, _results: Results) -> Iterator[Problem]:
    """Compare each suite with its table."""
    for path, found in subject.behaviours.items():
        if not found.there or found.problems:
            continue
        folder = PurePosixPath(path).parent
        sources = [one for one in subject.all_suites if PurePosixPath(one.path).parent == folder]
        named = [one for source in sources for one in behaviours_named(source)]
        for one in named:
            yield from _problems(one, found)
        for name in found.table.keys() - {one.behaviour for one in named}:
            text = f"no test names the behaviour `{name}`; take it out, or name it in its tests"
            yield Problem(path, found.lines.get(name, 0), text)


def _problems(one: Named, found: Behaviours) -> Iterator[Problem]:
    if not one.behaviour:
        text = f"{one.test} names no behaviour; give it one of behaviours.toml"
        yield Problem(one.path, one.line, text)
    elif one.behaviour not in found.table:
        advice = did_you_mean(one.behaviour, found.table) or "; write it there, or mend the marker"
        text = f"behaviours.toml has no behaviour `{one.behaviour}`{advice}"
        yield Problem(one.path, one.line, text)
    elif one.has_points:
        text = f"the points of `{one.behaviour}` stand in behaviours.toml; take them out here"
        yield Problem(one.path, one.line, text)


RULE = Rule(find)
