"""The key to an exercise's questions: `solutions/<id>/answers-key.toml`, which nobody is given.

A table for each question: `answer`, `because` where there is a second stage, `[….feedback]` with
a text for each wrong option and wrong because, and `[….starred]` for options that are unsafe or
unlawful, each with the id of the must-have that choosing it fails. A text of feedback asks a
question back; it never gives the answer.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path

import msgspec

from grader.catalogue.exercise import in_file
from grader.checks.question_bank import FORMAT, Bank, Question
from grader.errors import ExerciseError
from grader.tables import build, did_you_mean, load_toml, split_format

FILE = "answers-key.toml"


class Key(msgspec.Struct, frozen=True, kw_only=True):
    """What is right, what to ask back about each wrong choice, and which choices fail a must."""

    answer: str
    because: str = ""
    feedback: Mapping[str, str] = {}
    starred: Mapping[str, str] = {}


Keys = Mapping[str, Key]


def read_keys(solution: Path, bank: Bank, *, known_musts: Collection[str] | None) -> Keys:
    """Return the key of each question; ExerciseError with all problems at once.

    `known_musts` is the register of must-haves; None leaves that unchecked.
    """
    path = solution / FILE
    document, problems = load_toml(path)
    keys: dict[str, Key] = {}
    if not problems:
        tables, problems, _ = split_format(document, FORMAT)
        for id_, table in tables.items():
            if id_ not in bank:
                problems.append(f"[{id_}] is no question{did_you_mean(id_, bank)}")
            elif not isinstance(table, dict):
                problems.append(f"`{id_}` must be a table")
            else:
                key, faults = build(table, Key, f"[{id_}] ")
                problems += faults
                if key is not None:
                    keys[id_] = key
                    problems += _faults(bank[id_], key, known_musts)
        problems += [f"[{id_}] is missing" for id_ in bank if id_ not in tables]
    if problems:
        text = f"The key to the questions of `{solution.name}` can't be used:"
        raise ExerciseError(text, in_file(path, problems))
    return keys


def right_answers(questions: Sequence[Question], keys: Keys) -> dict[str, dict[str, str]]:
    """What an apprentice who knows it all writes; a reason in words that only fill the line."""
    return {
        one.id: {
            "answer": keys[one.id].answer,
            "because": keys[one.id].because,
            "reason": " ".join(["word"] * one.reason),
        }
        for one in questions
    }


def _faults(question: Question, key: Key, known_musts: Collection[str] | None) -> Iterable[str]:
    place = f"[{question.id}]"
    wrong = [id_ for id_ in question.options if id_ != key.answer]
    wrong += [id_ for id_ in question.because if id_ != key.because]
    if key.answer not in question.options:
        yield f"{place} `answer` is no option{did_you_mean(key.answer, question.options)}"
    if question.because and key.because not in question.because:
        yield f"{place} `because` is none of the question's"
    if key.because and not question.because:
        yield f"{place} `because`: the question has no second stage"
    for id_ in wrong:
        if "?" not in key.feedback.get(id_, ""):
            yield f"{place} feedback for `{id_}` is missing, or asks no question back"
    for id_ in key.feedback.keys() - set(wrong):
        yield f"{place} feedback for `{id_}`: that is no wrong option"
    yield from _star_faults(question, key, known_musts)


def _star_faults(
    question: Question, key: Key, known_musts: Collection[str] | None
) -> Iterable[str]:
    place = f"[{question.id}]"
    for id_, must in key.starred.items():
        if id_ not in question.options or id_ == key.answer:
            yield f"{place} starred `{id_}`: that is no wrong option"
        if known_musts is not None and must not in known_musts:
            near = did_you_mean(must, known_musts)
            yield f"{place} starred: `{must}` isn't in the register of must-haves{near}"
