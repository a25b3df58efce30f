"""`answers.toml`: the learner's answers, as they are read and as the form is written.

What is read is hostile: parsed in a limited process, typed, cut to size, and every fault is a
sentence with its line. The form holds the questions as comments. What has an answer is never
written over: what is missing is added at the end.
"""

from __future__ import annotations

import re
import textwrap
import tomllib
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from grader.bridge.limited import TooMuchError, limited
from grader.catalogue import Exercise
from grader.catalogue.exercise import ANSWERS
from grader.checks.question_bank import Question
from grader.escaping import visible

_KEYS = ("answer", "because", "reason")
_MOST_BYTES = 100_000
_MOST_PROBLEMS = 5
_LINE = re.compile(r"\(at line (\d+), column \d+\)")
_HOW = 'an answer is one word between quotes, as in answer = "word"'
_WIDTH = 78


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """One answer as it was given; empty where nothing was."""

    answer: str = ""
    because: str = ""
    reason: str = ""

    @property
    def given(self) -> bool:
        """Whether there is anything in it."""
        return any(text.strip() for text in (self.answer, self.because, self.reason))


class Answers(msgspec.Struct, frozen=True):
    """Answers by the id of the question, and the sentences on what can't be read."""

    by_id: dict[str, Answer] = {}
    problems: tuple[str, ...] = ()
    unreadable: bool = False


def read_answers(data: bytes) -> Answers:
    """Read a learner's `answers.toml`; never raises."""
    if len(data) > _MOST_BYTES:
        return _unreadable(f"it is larger than {_MOST_BYTES:,} bytes")
    try:
        return limited(lambda: _read(data), Answers)
    except TooMuchError:
        return _unreadable("it is nested too deeply, or takes too long to read")


def _unreadable(why: str) -> Answers:
    return Answers(problems=(f"{ANSWERS} can't be read: {why}",), unreadable=True)


def _read(data: bytes) -> Answers:
    try:
        tables = tomllib.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        return _unreadable("it isn't text in UTF-8; save it with the encoding UTF-8")
    except tomllib.TOMLDecodeError as error:
        return _unreadable(_in_words(str(error)))
    found: dict[str, Answer] = {}
    problems: list[str] = []
    for id_, table in tables.items():
        if isinstance(table, dict):
            found[id_[:100]] = _answer(id_, table, problems)
        else:
            problems.append(f"{ANSWERS}: `{visible(id_, 60)}` stands outside a [question]; {_HOW}")
    if len(problems) > _MOST_PROBLEMS:
        more = len(problems) - _MOST_PROBLEMS
        problems = [*problems[:_MOST_PROBLEMS], f"{ANSWERS}: {more} more of that kind"]
    return Answers(found, tuple(problems))


def _in_words(error: str) -> str:
    """The parser's message in words; what it quotes of the file is left out."""
    found = _LINE.search(error)
    line = f"line {found[1]}" if found else "the end of the file"
    if "Cannot declare" in error or "Cannot overwrite" in error:
        return f"what stands in {line} is there twice; keep one of the two"
    return f"{line} isn't right, or the one before it; {_HOW}"


def _answer(id_: str, table: Mapping[str, object], problems: list[str]) -> Answer:
    texts: dict[str, str] = {}
    for key, value in table.items():
        place = f"{ANSWERS}, [{visible(id_, 60)}]"
        if key not in _KEYS:
            problems.append(f"{place}: `{visible(key, 60)}` is none of answer, because and reason")
        elif not isinstance(value, str):
            problems.append(f"{place}: `{key}` is not text; {_HOW}")
        else:
            texts[key] = value[:2000]
    return Answer(**texts)


# -- the form


def form(exercise: Exercise, questions: Sequence[Question], current: bytes | None) -> str:
    """The text of `answers.toml`: the current one with what is missing, or a new one.

    Raises ValueError with a sentence when the current one can't be read.
    """
    read = read_answers(current or b"")
    if read.unreadable:
        raise ValueError(read.problems[0])
    if not any(one.given for one in read.by_id.values()):
        return filled_form(exercise, questions, {})
    kept = (current or b"").decode("utf-8-sig").replace("\r\n", "\n")
    missing = [_block(one, {}) for one in questions if one.id not in read.by_id]
    return "\n\n".join([kept.rstrip("\n"), *missing]) + "\n" if missing else kept


def filled_form(
    exercise: Exercise, questions: Sequence[Question], answers: Mapping[str, Mapping[str, str]]
) -> str:
    """A new form, with these answers by question and key."""
    asked = "question" if len(questions) == 1 else f"{len(questions)} questions"
    head = [
        f"# Your {asked} for {exercise.id}. Other apprentices get others.",
        "#",
        '# Write the word in front of what you choose between the quotes: answer = "word"',
        "# Where there is a because, choose one of those too: both have to fit.",
    ]
    blocks = [_block(one, answers.get(one.id, {})) for one in questions]
    return "\n\n".join(["\n".join(head), *blocks]) + "\n"


def _block(question: Question, answer: Mapping[str, str]) -> str:
    lines = [f"# {'-' * (_WIDTH - 2)}", f"# {question.title}", "#"]
    lines += [*_comment(question.scenario), "#", *_comment(question.ask), "#"]
    lines += _choices(question.options)
    if question.because:
        lines += ["#", *_comment(question.because_ask), "#", *_choices(question.because)]
    if question.reason:
        words = f"Then your reason, in your own words: at least {question.reason} of them."
        lines += ["#", *_comment(words)]
    lines += [f"[{question.id}]", f'answer = "{answer.get("answer", "")}"']
    if question.because:
        lines.append(f'because = "{answer.get("because", "")}"')
    if question.reason:
        lines.append(f'reason = """{answer.get("reason", "")}"""')
    return "\n".join(lines)


def _choices(options: Mapping[str, str]) -> Iterable[str]:
    width = max(map(len, options))
    for id_, text in options.items():
        first, *rest = textwrap.wrap(" ".join(text.split()), _WIDTH - width - 8)
        yield f"#     {id_:<{width}}  {first}"
        yield from (f"#     {'':<{width}}  {line}" for line in rest)


def _comment(text: str) -> list[str]:
    """Paragraphs wrapped; an indented line is code and stays as it is."""
    lines: list[str] = []
    for part in re.split(r"\n\s*\n", text.strip("\n")):
        lines += ["#"] if lines else []
        if part.startswith("    "):
            lines += [f"#   {line}" for line in part.split("\n")]
        else:
            wrapped = textwrap.wrap(" ".join(part.split()), _WIDTH - 4)
            lines += [f"#   {line}" for line in wrapped]
    return lines
