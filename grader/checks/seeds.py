"""The two seeds of a learner's attempt at an exercise: a public one, and one that nobody is told.

The public seed has the course's salt for its key, so that anyone with the course can make it
again. The hidden one has a key that is never released: `solutions/secret.txt` if the course has
one, and if not, the bytes of the hidden suite.
"""

from __future__ import annotations

from pathlib import Path

from grader.catalogue import Exercise, digest_of, find_course
from grader.errors import ExerciseError
from grader.individual import Learner, seed_of

SECRET = "secret.txt"


def public_seed(exercise: Exercise, learner: Learner) -> int:
    """The seed that picks a learner's questions and data."""
    return seed_of(learner, exercise.id, find_course(exercise.folder).salt.encode())


def hidden_seed(exercise: Exercise, learner: Learner, solution: Path) -> int:
    """The seed that only hidden tests get; ExerciseError when the secret is there and empty."""
    secret = solution.parent / SECRET
    if not secret.is_file():
        return seed_of(learner, exercise.id, _suite(solution))
    key = secret.read_bytes().strip()
    if not key:
        raise ExerciseError(f"solutions/{SECRET} is empty: write a long random text or delete it.")
    return seed_of(learner, exercise.id, key)


def _suite(solution: Path) -> bytes:
    files = sorted((solution / "hidden").rglob("*.py"))
    return digest_of({path.name: path.read_bytes() for path in files}).encode()
