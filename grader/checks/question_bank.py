"""The bank of questions of an exercise, and which of them a learner is asked.

`questions.toml` is public and holds no key. A choice by seed orders questions and options by a
digest of the seed with their ids, so that it is the same on every machine and version of Python,
and a question that is added later moves few of the others.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Annotated

import msgspec
from msgspec import Meta

from grader.catalogue import Exercise
from grader.catalogue.exercise import QUESTIONS, in_file
from grader.checks.seeds import public_seed
from grader.errors import ExerciseError
from grader.individual import Learner
from grader.tables import build, load_toml, split_format

FORMAT = 1
TIMES_DRAWN = 3  # so that two learners, or two attempts, seldom meet the same questions
_FEWEST_OPTIONS, _MOST_OPTIONS = 3, 6

Id = Annotated[
    str, Meta(pattern=r"^[a-z][a-z0-9-]*$", description="small letters, digits and hyphens")
]
Words = Annotated[str, Meta(pattern=r"\S", description="text that isn't empty")]
Options = Mapping[Id, Words]


class Question(msgspec.Struct, frozen=True, kw_only=True, rename="kebab"):
    """One item: a scenario, what is asked, its options by id, and a second stage if it has one.

    `group` is what it is about: a choice takes questions of as many groups as it can. `ksbs` are
    its codes, those of the check's table when left out; `[]` for none. `reason` is the least
    number of words of a reason in the learner's own words, 0 for none asked.
    """

    id: Id
    title: Words
    scenario: Words
    ask: Words
    options: Options
    because_ask: str = "Because"
    because: Options = {}
    reason: Annotated[int, Meta(ge=0, le=60)] = 0
    group: str = ""
    ksbs: tuple[str, ...] | None = None
    facet: str = ""


class _Document(msgspec.Struct, frozen=True, kw_only=True):
    questions: tuple[Question, ...]


Bank = Mapping[str, Question]


def read_bank(exercise: Exercise) -> Bank:
    """Return the questions by id, in the file's order; ExerciseError with all its problems."""
    path = exercise.folder / QUESTIONS
    document, problems = load_toml(path)
    questions: tuple[Question, ...] = ()
    if not problems:
        table, problems, readable = split_format(document, FORMAT)
        found, faults = build(table, _Document) if readable else (None, [])
        problems += faults
        questions = found.questions if found else ()
        problems += [fault for one in questions for fault in _faults(one, exercise)]
        ids = [one.id for one in questions]
        problems += [f"`{id_}` is there twice" for id_ in dict.fromkeys(ids) if ids.count(id_) > 1]
    if problems:
        text = f"The questions of `{exercise.id}` can't be used:"
        raise ExerciseError(text, in_file(path, problems))
    return {one.id: one for one in questions}


def _faults(question: Question, exercise: Exercise) -> Iterable[str]:
    place = f"`{question.id}`"
    for name, options in (("options", question.options), ("because", question.because)):
        if (name == "options" or options) and not (
            _FEWEST_OPTIONS <= len(options) <= _MOST_OPTIONS
        ):
            yield f"{place}: `{name}` has {len(options)}; 3 to 6 are needed, 4 are usual"
    for id_ in question.options.keys() & question.because.keys():
        yield f"{place}: `{id_}` is an option and a because; ids in one question differ"
    for code in question.ksbs or ():
        if code not in exercise.ksbs:
            yield f"{place}: `{code}` isn't in the exercise's own `ksbs`"


def drawn_for(exercise: Exercise, learner: Learner, draw: int) -> tuple[Bank, tuple[Question, ...]]:
    """Return the bank, and the questions this learner is asked, options in their own order.

    Raises ExerciseError when the bank is too small for so many to be drawn.
    """
    bank = read_bank(exercise)
    if len(bank) < TIMES_DRAWN * draw:
        raise ExerciseError(
            f"[checks.questions] of `{exercise.id}` draws {draw}, so {QUESTIONS} needs at least "
            f"{TIMES_DRAWN * draw} questions; it has {len(bank)}."
        )
    return bank, drawn(bank, public_seed(exercise, learner), draw)


def drawn(bank: Bank, seed: int, draw: int) -> tuple[Question, ...]:
    """Draw by seed: round the groups, in an order by seed, one question of each at a time."""
    groups: dict[str, list[Question]] = defaultdict(list)
    for question in _ordered(bank.values(), seed):
        groups[question.group].append(question)
    names = sorted(groups, key=lambda name: _rank(seed, "group", name))
    rounds = max(map(len, groups.values()), default=0)
    chosen = [
        groups[name][number]
        for number in range(rounds)
        for name in names
        if number < len(groups[name])
    ]
    return tuple(_shuffled(question, seed) for question in chosen[:draw])


def _ordered(questions: Iterable[Question], seed: int) -> list[Question]:
    return sorted(questions, key=lambda one: _rank(seed, "question", one.id))


def _shuffled(question: Question, seed: int) -> Question:
    return msgspec.structs.replace(
        question,
        options=_in_order(question.options, seed, question.id, "option"),
        because=_in_order(question.because, seed, question.id, "because"),
    )


def _in_order(options: Options, seed: int, *place: str) -> Options:
    ids: Sequence[str] = sorted(options, key=lambda id_: _rank(seed, *place, id_))
    return {id_: options[id_] for id_ in ids}


def _rank(seed: int, *words: str) -> bytes:
    return hashlib.sha256("\0".join((str(seed), *words)).encode()).digest()
