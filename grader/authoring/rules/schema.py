"""All files of an exercise that have a form keep to it.

`exercise.toml` and `course.toml` are read first, and no other rule looks at an exercise whose own
facts can't be read. Here come the rest: Python that can be parsed, variants that can be made of the
reference, `behaviours.toml`, `feedback.toml`, `lint.toml`, and `starters.json` if the course has
it.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator

from grader.authoring.acceptance import acceptance_of
from grader.authoring.findings import Problem
from grader.authoring.rule import Rule
from grader.authoring.subject import Subject, read_text
from grader.authoring.trials import Results
from grader.catalogue import is_untouched, read_starters
from grader.errors import ExerciseError
from grader.summary import rules_of


def find(subject: Subject, _results: Results) -> Iterator[Problem]:
    """Try to read each of them."""
    home = subject.solution
    sources = list(subject.all_suites)
    sources += [subject.source(home / name) for name in subject.reference if name[-3:] == ".py"]
    folder = subject.exercise.folder
    sources += [subject.source(folder / name) for name in subject.public if name[-3:] == ".py"]
    for source in sources:
        if source.fault:
            line, why = source.fault
            yield Problem(source.path, line, f"Python can't read this file: {why}; mend it")
    yield from _tables(subject)
    yield from _starters(subject)
    if subject.reference_fault and "questions" not in subject.exercise.checks:
        yield Problem(subject.path_of(home), 0, subject.reference_fault)
    try:
        rules_of(subject.course)
    except ExerciseError as error:
        for problem in error.problems:
            yield Problem(f"{subject.exercise.folder.parent.name}/course.toml", 0, problem)


def _tables(subject: Subject) -> Iterator[Problem]:
    """The TOML files of the hidden side."""
    home = subject.solution
    for place, table in subject.behaviours.items():
        for line, text in table.problems:
            yield Problem(place, line, text)
    for path, line, text in subject.variants.problems:
        yield Problem(subject.path_of(home / path), line, text)
    try:
        tomllib.loads(read_text(home / "feedback.toml"))
    except tomllib.TOMLDecodeError as error:
        yield Problem(subject.path_of(home / "feedback.toml"), 0, f"can't be read: {error}")
    for text in acceptance_of(home).problems:
        yield Problem(subject.path_of(home / "lint.toml"), 0, text)


def _starters(subject: Subject) -> Iterator[Problem]:
    folder = subject.exercise.folder.parent
    if not (folder / "starters.json").is_file():
        return
    path = f"{folder.name}/starters.json"
    try:
        known = read_starters(folder)
    except ExerciseError as error:
        yield Problem(path, 0, str(error))
        return
    if not is_untouched(subject.exercise, subject.starter, known):
        text = f"the starters of {subject.exercise.id} have changed; run `grade starters`"
        yield Problem(path, 0, text)


RULE = Rule(find)
