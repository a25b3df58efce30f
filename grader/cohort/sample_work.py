"""The work of invented apprentices, right and wrong as work is, and what it merits."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

import msgspec

from grader.catalogue import Exercise
from grader.checks.reference import reference_work
from grader.checks.variants import Variant, Variants, read_variants, replaceable
from grader.individual import Learner
from grader.results import Status

Files = Mapping[str, bytes]

_WRONG = (Status.PARTLY, Status.NOT_YET, Status.MUST_FAILED)
_DECIDED = (Status.MET, *_WRONG, Status.PENDING)


class Work(msgspec.Struct, frozen=True, kw_only=True):
    """Files to hand in, what they are, and which statuses they may get.

    `hidden` says how the hidden suite ends, where that is sure: "passes" or "fails".
    """

    kind: str
    files: dict[str, bytes]
    status: tuple[Status, ...]
    hidden: str = ""


@dataclass(frozen=True)
class Subject:
    """An exercise whose work is made: its reference as this learner's, and chance."""

    exercise: Exercise
    solution: Path
    reference: Files
    chance: Random

    @property
    def modules(self) -> tuple[str, ...]:
        """The programs among the work."""
        return tuple(name for name in replaceable(self.exercise) if name.endswith(".py"))

    @property
    def variants(self) -> Variants:
        """The variants of the reference, as far as they can be made."""
        return read_variants(self.exercise, self.solution)


def make_work(kind: str, exercise: Exercise, solution: Path, learner: Learner, seed: str) -> Work:
    """Work of one of `KINDS`; the reference where an exercise has nothing of that kind."""
    reference = reference_work(exercise, solution, learner)
    subject = Subject(exercise, solution, reference, Random(seed))
    return KINDS[kind](subject) or _right(subject)


def _right(subject: Subject) -> Work:
    waits = "rubric" in subject.exercise.checks
    status = (Status.PENDING,) if waits else (Status.MET,)
    return Work(kind="right", files=dict(subject.reference), status=status, hidden="passes")


def _sound(subject: Subject) -> Work | None:
    """A correct program written otherwise; the reference's own tests may not reach all of it."""
    return _laid_over(subject, "sound", subject.variants.sound, _DECIDED, "passes")


def _faulty(subject: Subject) -> Work | None:
    """A program with one fault; it can be small enough for `needed` to let it pass."""
    return _laid_over(subject, "faulty", subject.variants.faulty, _DECIDED, "fails")


def _laid_over(
    subject: Subject,
    side: str,
    variants: Sequence[Variant],
    status: tuple[Status, ...],
    hidden: str,
) -> Work | None:
    entries = [one for one in variants if one.files.keys() & set(subject.modules)]
    if not entries:
        return None
    chosen = subject.chance.choice(entries)
    whole = {**subject.reference, **chosen.files}
    return Work(kind=f"{side}/{chosen.name}", files=whole, status=status, hidden=hidden)


def _starter(subject: Subject) -> Work:
    home = subject.exercise.folder
    there = (name for name in subject.exercise.work if (home / name).is_file())
    files = {name: (home / name).read_bytes() for name in there}
    return Work(kind="starter", files=files, status=(Status.NOT_STARTED,))


def _missing(subject: Subject) -> Work:
    gone = (*subject.modules, *subject.exercise.work)[0]
    files = {name: data for name, data in subject.reference.items() if name != gone}
    status = _WRONG if files else (Status.NOT_STARTED,)
    return Work(kind=f"missing {gone}", files=files, status=status)


def _syntax_error(subject: Subject) -> Work | None:
    return _spoiled(subject, "syntax error", lambda text: text + b"\ndef unfinished(:\n")


def _loops(subject: Subject) -> Work | None:
    return _spoiled(subject, "loops", lambda text: text + b"\nwhile True:\n    pass\n")


def _exits(subject: Subject) -> Work | None:
    end = b'\nimport os\nprint("100 passed")\nos._exit(0)\n'
    return _spoiled(subject, "exits", lambda text: text + end)


def _spoiled(subject: Subject, kind: str, change: Callable[[bytes], bytes]) -> Work | None:
    if not subject.modules:
        return None
    name = subject.modules[0]
    files = {**subject.reference, name: change(subject.reference[name])}
    return Work(kind=kind, files=files, status=_WRONG, hidden="fails")


def _notebook(subject: Subject) -> Work:
    """All of it in the cells of a notebook, as some hand it in."""
    right = _right(subject)
    cells = [
        f"%%workfile {subject.exercise.id}/{name}\n{data.decode()}"
        for name, data in subject.reference.items()
    ]
    made = {"cells": [{"cell_type": "code", "source": text} for text in cells]}
    whole = {**made, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    files = {f"{subject.exercise.id}.ipynb": json.dumps(whole).encode()}
    return msgspec.structs.replace(right, kind="notebook", files=files)


def _broken_notebook(subject: Subject) -> Work:
    """A notebook that was cut off while it was saved, and nothing beside it."""
    name, data = next(iter(_notebook(subject).files.items()))
    return Work(kind="broken notebook", files={name: data[: len(data) // 2]}, status=_WRONG)


KINDS: Mapping[str, Callable[[Subject], Work | None]] = {
    "right": _right,
    "sound": _sound,
    "faulty": _faulty,
    "starter": _starter,
    "missing": _missing,
    "syntax": _syntax_error,
    "notebook": _notebook,
    "broken-notebook": _broken_notebook,
    "loops": _loops,
    "exits": _exits,
}
