"""The bank of questions can be drawn from, and has a key with an answer to each.

A bank holds three times as many questions as a learner gets; every wrong option has feedback that
asks a question back.
"""

from __future__ import annotations

from collections.abc import Iterator

from grader.authoring.findings import Problem
from grader.authoring.rule import Rule
from grader.authoring.subject import Subject
from grader.authoring.trials import Results
from grader.catalogue.exercise import QUESTIONS
from grader.checks.question_bank import drawn_for
from grader.checks.question_keys import FILE as KEY
from grader.checks.question_keys import read_keys
from grader.checks.questions import NAME, QuestionsOptions
from grader.errors import ExerciseError
from grader.individual import NOBODY


def find(subject: Subject, _results: Results) -> Iterator[Problem]:
    """Read bank and key as a grading does."""
    options = subject.exercise.checks.get(NAME)
    if not isinstance(options, QuestionsOptions):
        return
    try:
        bank, _ = drawn_for(subject.exercise, NOBODY, options.draw)
        read_keys(subject.solution, bank, known_musts=subject.course.musts or None)
    except ExerciseError as error:
        for problem in error.problems or (str(error),):
            told, _, text = problem.partition(": ")
            home = subject.solution if told.endswith(KEY) else subject.exercise.folder
            path = subject.path_of(home / (KEY if told.endswith(KEY) else QUESTIONS))
            yield Problem(path, 0, text or problem)


RULE = Rule(find)
