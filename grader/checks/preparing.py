"""What is made for one learner in an exercise's folder: their questions and their data."""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path

from grader.catalogue import Exercise
from grader.catalogue.exercise import ANSWERS
from grader.checks.answers import form
from grader.checks.own_data import own_data
from grader.checks.question_bank import drawn_for
from grader.checks.questions import NAME, QuestionsOptions
from grader.errors import SubmissionError
from grader.individual import Learner


def prepare(exercise: Exercise, learner: Learner, folder: Path) -> tuple[str, ...]:
    """Write the learner's data and the form for their answers; the names of what has changed.

    What has an answer is never written over, data of their own always is. Raises SubmissionError
    when the folder can't be written or the answers in it can't be read, ExerciseError when the
    exercise is at fault.
    """
    made = own_data(exercise, learner)
    options = exercise.checks.get(NAME)
    if isinstance(options, QuestionsOptions):
        _, questions = drawn_for(exercise, learner, options.draw)
        try:
            made[ANSWERS] = form(exercise, questions, _current(folder / ANSWERS)).encode()
        except ValueError as error:
            raise SubmissionError(f"{error}. Mend that first, then try again.") from None
    return tuple(name for name, data in made.items() if _write(folder / name, data))


def _current(path: Path) -> bytes | None:
    try:
        return path.read_bytes() if path.is_file() else None
    except OSError as error:
        raise SubmissionError(f"{path.name} can't be read: {error.strerror}.") from None


def _write(path: Path, data: bytes) -> bool:
    """Put a file in place as a whole, unless it is there as it should be."""
    if _current(path) == data:
        return False
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".new-", delete=False) as new:
            new.write(data)
        mode = path.stat().st_mode if path.exists() else 0o644
        with contextlib.suppress(OSError):  # a drive of Windows has no such permissions
            Path(new.name).chmod(mode & 0o777)
        os.replace(new.name, path)  # noqa: PTH105 - Path.replace has no better error
    except OSError as error:
        raise SubmissionError(f"{path} can't be written: {error.strerror}.") from None
    return True
