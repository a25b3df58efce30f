"""Questions: scenario-based knowledge checks from a bank, a choice of each learner's own.

`questions.toml` beside the exercise holds the bank, `answers.toml` is work, and the key lies with
the solutions. A question counts only when the answer and the because are both right. A reason in
the learner's own words is measured by its length and left for a tutor to read. A starred option
fails a must-have; the must-have is carried when the answer is right too, so that it can close.
Without the solutions nothing is marked: only what has no answer yet is told.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import msgspec

from grader.catalogue import Exercise, find_course
from grader.catalogue.exercise import ANSWERS
from grader.checks.answers import Answer, Answers, read_answers
from grader.checks.check import Check, Context, Options
from grader.checks.question_bank import Bank, Question, drawn_for
from grader.checks.question_keys import Key, Keys, read_keys
from grader.checks.verdicts import points_of
from grader.errors import ExerciseError
from grader.escaping import visible
from grader.individual import Learner
from grader.results import CheckResult, Item, Outcome
from grader.tables import did_you_mean

NAME = "questions"
_SHOWN = 5


@dataclass(frozen=True)
class _Drawn:
    """For which attempt at which exercise; `others`: questions of another one are answered."""

    exercise: str
    attempt: int
    others: int

    @property
    def how(self) -> str:
        """How one gets the questions of this attempt."""
        return f"`grade questions exercises/{self.exercise} --attempt {self.attempt}`"


class QuestionsOptions(Options, frozen=True, kw_only=True, rename="kebab"):
    """`draw` is how many questions a learner gets; the bank holds at least three times as many."""

    draw: Annotated[int, msgspec.Meta(ge=1, le=20, description="a whole number from 1 to 20")] = 4


def run(context: Context, options: QuestionsOptions) -> CheckResult:
    """Mark the learner's answers; ExerciseError when bank or key can't be used."""
    began = time.perf_counter()
    if ANSWERS not in context.exercise.work:
        raise ExerciseError(f"[checks.questions] of `{context.exercise.id}` needs `{ANSWERS}` work")
    bank, questions = drawn_for(context.exercise, context.learner, options.draw)
    answers = read_answers(context.work.get(ANSWERS, b""))
    drawn = _Drawn(
        context.exercise.id, context.learner.attempt, _answers_others(answers, bank, questions)
    )
    others = _others(drawn.others, drawn.attempt)
    remarks = (*answers.problems, *_strangers(answers, bank), *others)
    if context.solution is None:
        return _unmarked(questions, answers, remarks, options, began)
    keys = _keys(context, context.solution, bank)
    items = tuple(
        _marked(one, keys[one.id], answers.by_id.get(one.id, Answer()), answers, options, drawn)
        for one in questions
    )
    reached, possible = points_of(items)
    enough = reached + 1e-9 >= options.needed * possible
    starred = any(item.musts and item.outcome is Outcome.FAILED for item in items)
    return CheckResult(
        name=NAME,
        outcome=Outcome.PASSED if enough and not starred else Outcome.FAILED,
        required=options.required,
        ksbs=options.ksbs,
        points=reached,
        points_max=possible,
        needed=options.needed,
        seconds=time.perf_counter() - began,
        summary=_summary(f"Right: {reached} of {possible} questions.", remarks),
        items=items,
        measures={"answered": float(_answered(questions, answers))},
    )


def _keys(context: Context, solution: Path, bank: Bank) -> Keys:
    course = find_course(context.exercise.folder)
    return read_keys(solution, bank, known_musts=course.musts or None)


def _strangers(answers: Answers, bank: Bank) -> list[str]:
    """Say which tables name no question at all; one that is somebody else's is left alone."""
    unknown = [id_ for id_ in answers.by_id if id_ not in bank]
    said = [
        f"{ANSWERS}: there is no question [{visible(id_, 60)}]{did_you_mean(id_, bank)}"
        for id_ in unknown[:_SHOWN]
    ]
    more = len(unknown) - _SHOWN
    return [*said, f"{ANSWERS}: nor {more} more of its questions"] if more > 0 else said


def _answers_others(answers: Answers, bank: Bank, questions: Sequence[Question]) -> int:
    """How many questions are answered that were drawn for somebody else, or another attempt."""
    drawn = {one.id for one in questions}
    given = {id_ for id_, one in answers.by_id.items() if one.given and id_ in bank}
    return 0 if drawn <= given else len(given - drawn)


def _others(number: int, attempt: int) -> list[str]:
    """Say that what is answered is not what was drawn."""
    if not number:
        return []
    what = "a question" if number == 1 else f"{number} questions"
    return [f"{ANSWERS} answers {what} drawn for another id or another attempt than {attempt}"]


def _answered(questions: Sequence[Question], answers: Answers) -> int:
    return sum(answers.by_id.get(one.id, Answer()).answer.strip() != "" for one in questions)


def _summary(head: str, remarks: Sequence[str]) -> str:
    return " ".join([head, *(f"{one.rstrip('?')}." for one in remarks)])


def unanswered(
    exercise: Exercise, learner: Learner, options: QuestionsOptions, answers: bytes
) -> int:
    """How many of the questions that a learner's attempt draws have no answer yet."""
    _, questions = drawn_for(exercise, learner, options.draw)
    return len(questions) - _answered(questions, read_answers(answers))


# -- marked


def _marked(
    question: Question,
    key: Key,
    answer: Answer,
    answers: Answers,
    options: QuestionsOptions,
    drawn: _Drawn,
) -> Item:
    choice, because = _choice(answer.answer), _choice(answer.because)
    outcome, reason, hint, cause = _verdict(question, key, answer, answers, drawn)
    wrong = choice if choice != key.answer else because
    starred = key.starred.get(choice, "")
    right = outcome is Outcome.PASSED
    musts = tuple(dict.fromkeys(key.starred.values())) if right else tuple(filter(None, [starred]))
    return Item(
        id=f"{NAME}::{question.id}",
        outcome=outcome,
        sentence=f"Question “{question.title}”: your answer and its because fit the case."
        if question.because
        else f"Question “{question.title}”: your answer fits the case.",
        reason=reason,
        hint=hint,
        feedback="" if right or cause else key.feedback.get(wrong, ""),
        where=f"{ANSWERS}, [{question.id}]" if not cause else "",
        behaviour=f"{NAME}::{question.id}",
        ksbs=options.ksbs if question.ksbs is None else question.ksbs,
        facets=(question.facet,) if question.facet else (),
        musts=musts,
        cause=cause,
        detail=_detail(answer),
    )


def _choice(text: str) -> str:
    return text.strip().casefold()


def _verdict(
    question: Question, key: Key, answer: Answer, answers: Answers, drawn: _Drawn
) -> tuple[Outcome, str, str, str]:
    """How it ended, why, what may help, and what kept it from being looked at."""
    failed = Outcome.FAILED
    if answers.unreadable:
        return failed, answers.problems[0], "", "unreadable"
    choice, because = _choice(answer.answer), _choice(answer.because)
    stages = [("answer", choice, question.options)]
    stages += [("because", because, question.because)] if question.because else []
    missing = next((name for name, given, _ in stages if not given), "")
    if missing:
        return failed, *_unanswered(missing, answer, drawn)
    if choice in key.starred:
        return failed, "what you chose would break the law, or put people or data at risk", "", ""
    for name, given, options in stages:
        if given not in options:
            shown = visible(given, 40)
            near = did_you_mean(given, options)
            return failed, f"`{name}` is “{shown}”, which is none of its choices{near}", "", ""
    if choice != key.answer:
        return failed, "the answer you chose does not fit the case", "", ""
    if question.because and because != key.because:
        return failed, "your answer fits, and the because you chose does not", "", ""
    words = len(answer.reason.split())
    if words < question.reason:
        return failed, f"`reason` has {words} of the {question.reason} words asked for", "", ""
    return Outcome.PASSED, "", "", ""


def _unanswered(name: str, answer: Answer, drawn: _Drawn) -> tuple[str, str, str]:
    if drawn.others and not answer.given:
        reason = f"this is a question of attempt {drawn.attempt}, and {ANSWERS} answers others"
        return reason, f"{drawn.how} adds it to {ANSWERS}.", "other questions"
    return f"there is no {name} in {ANSWERS} yet", _where_to(name), "unanswered"


def _where_to(name: str) -> str:
    return f"Read the question in {ANSWERS} and write one of its words behind {name}."


def _detail(answer: Answer) -> str:
    """What was answered, for the tutor."""
    told: Mapping[str, str] = {
        "answer": visible(answer.answer, 60),
        "because": visible(answer.because, 60),
        "reason": visible(answer.reason, 1000),
    }
    return "\n".join(f"{name}: {text}" for name, text in told.items() if text)


# -- not marked


def _unmarked(
    questions: Sequence[Question],
    answers: Answers,
    remarks: Sequence[str],
    options: QuestionsOptions,
    began: float,
) -> CheckResult:
    """Without the key: whether all is answered. No evidence."""
    missing = [one for one in questions if not answers.by_id.get(one.id, Answer()).answer.strip()]
    total = len(questions)
    items: tuple[Item, ...] = ()
    if missing:
        titles = ", ".join(f"“{one.title}”" for one in missing)
        reason = f"{len(missing)} of {total} have no answer in {ANSWERS} yet: {titles}"
        items = (
            Item(
                id=f"{NAME}::answered",
                outcome=Outcome.FAILED,
                sentence="All of your questions have an answer.",
                reason=answers.problems[0] if answers.unreadable else reason,
                behaviour=f"{NAME}::answered",
                points=0,
            ),
        )
    head = f"Answered: {total - len(missing)} of {total} questions. They are not marked here."
    return CheckResult(
        name=NAME,
        outcome=Outcome.FAILED if missing else Outcome.PENDING,
        required=options.required,
        evidence=False,
        ksbs=options.ksbs,
        seconds=time.perf_counter() - began,
        summary=_summary(head, () if answers.unreadable else remarks),
        items=items,
    )


def _carries(options: QuestionsOptions) -> tuple[str, ...]:
    return options.ksbs


CHECK = Check(NAME, QuestionsOptions, run, visible=True, carries=_carries)
