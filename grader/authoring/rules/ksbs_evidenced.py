"""Every KSB that the exercise claims is evidenced: by a test, variant, question or criterion.

What a learner's own process reports of itself raises no level, so it is not enough alone.
"""

from __future__ import annotations

from collections.abc import Iterator

from grader.authoring.findings import Problem
from grader.authoring.rule import Rule
from grader.authoring.subject import Subject
from grader.authoring.trials import Grading, Results, work_of
from grader.checks.question_bank import read_bank
from grader.checks.questions import NAME, QuestionsOptions
from grader.errors import ExerciseError
from grader.results import Trust


def trials(subject: Subject) -> Iterator[Grading]:
    """Every check on the reference."""
    yield Grading(work_of(subject.reference))


def find(subject: Subject, results: Results) -> Iterator[Problem]:
    """Compare the claim with the codes of all items that are evidence."""
    path = subject.path_of(subject.exercise.folder / "exercise.toml")
    checks = [one for one in results.graded(*trials(subject)).checks if one.evidence]
    items = [item for check in checks for item in check.items]
    reported = {code for item in items for code in item.ksbs}
    shown = {code for item in items if item.trust is not Trust.REPORTED for code in item.ksbs}
    shown |= _asked(subject)
    for code in subject.exercise.ksbs:
        if code not in reported | shown:
            text = f"`ksbs` claims {code}, and nothing evidences it; tag a test, or take it out"
            yield Problem(path, 0, text)
        elif code not in shown:
            text = f"{code} rests only on what the learner's own process reports"
            yield Problem(path, 0, f"{text}; tag a hidden test or a variant too")


def _asked(subject: Subject) -> set[str]:
    """Codes of questions: each learner is asked only some of the bank."""
    options = subject.exercise.checks.get(NAME)
    if not isinstance(options, QuestionsOptions):
        return set()
    try:
        bank = read_bank(subject.exercise)
    except ExerciseError:
        return set()
    own = [options.ksbs if question.ksbs is None else question.ksbs for question in bank.values()]
    return {code for codes in own for code in codes}


RULE = Rule(find, trials)
