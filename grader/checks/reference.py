"""An exercise's reference as work handed in by a given learner: what lint and tests grade.

Files of the reference lie in `solutions/<id>/` under the names of the work. What differs from one
learner to the next is made: the answers to the questions from their key, everything else by
`build(seed, folder)` in `solutions/<id>/reference.py`, the author's code.
"""

from __future__ import annotations

from pathlib import Path

from grader.catalogue import Exercise
from grader.catalogue.exercise import ANSWERS
from grader.checks.answers import filled_form
from grader.checks.own_data import run_maker
from grader.checks.question_bank import drawn_for
from grader.checks.question_keys import read_keys, right_answers
from grader.checks.questions import NAME as QUESTIONS
from grader.checks.seeds import public_seed
from grader.errors import ExerciseError
from grader.individual import NOBODY, Learner

MAKER = "reference.py"


def reference_work(
    exercise: Exercise, solution: Path, learner: Learner = NOBODY
) -> dict[str, bytes]:
    """The reference's work files by name; ExerciseError when `reference.py` writes another one."""
    files = {
        name: (solution / name).read_bytes()
        for name in exercise.work
        if (solution / name).is_file()
    }
    if QUESTIONS in exercise.checks and ANSWERS not in files:
        files[ANSWERS] = _answers(exercise, solution, learner)
    if (solution / MAKER).is_file():
        files |= run_maker(solution / MAKER, public_seed(exercise, learner))
    strangers = [name for name in files if name not in exercise.work]
    if strangers:
        problems = tuple(f"`{name}` isn't in `work`" for name in strangers)
        raise ExerciseError(f"{MAKER} of `{exercise.id}` can't be used:", problems)
    return files


def _answers(exercise: Exercise, solution: Path, learner: Learner) -> bytes:
    draw = getattr(exercise.checks[QUESTIONS], "draw", 0)
    bank, drawn = drawn_for(exercise, learner, draw)
    keys = read_keys(solution, bank, known_musts=None)
    return filled_form(exercise, drawn, right_answers(drawn, keys)).encode()
