"""A learner's own given files, which `individual.py` of the exercise writes from their seed.

It defines `build(seed, folder)` and writes data files into the empty folder; nothing else may
decide what they hold. It is the author's code, public like the seed, and it runs on the trusted
side: for the learner, who finds the files in their folder, and again whenever the work is graded,
so that the grader never reads the learner's copy. It runs in a process of its own with limits, so
that a mistake in it ends as a sentence for the author.
"""

from __future__ import annotations

import runpy
from pathlib import Path

import msgspec

from grader.bridge.limited import TooMuchError, limited
from grader.catalogue import Exercise, given_files, is_plain_relative
from grader.catalogue.exercise import INDIVIDUAL
from grader.checks.seeds import public_seed
from grader.errors import ExerciseError
from grader.individual import Learner
from grader.sandbox import temporary

_MOST_BYTES = 8 << 20
_MOST_FILES = 100
_SECONDS = 20


class Built(msgspec.Struct, frozen=True):
    """What is wrong with a maker, if anything; the files lie in the folder it was given."""

    problem: str = ""


def given_to(exercise: Exercise, learner: Learner) -> dict[str, bytes]:
    """All given files of an exercise as this learner has them; ExerciseError for a bad maker."""
    given = {name: (exercise.folder / name).read_bytes() for name in given_files(exercise)}
    return {**given, **own_data(exercise, learner)}


def own_data(exercise: Exercise, learner: Learner) -> dict[str, bytes]:
    """The learner's own data files by name; none where the exercise has no `individual.py`."""
    maker = exercise.folder / INDIVIDUAL
    if not maker.is_file():
        return {}
    files = run_maker(maker, public_seed(exercise, learner))
    problems = [
        f"{INDIVIDUAL} writes `{name}`: {problem}"
        for name in files
        if (problem := _refusal(name, exercise))
    ]
    if problems:
        raise ExerciseError(f"The data of `{exercise.id}` can't be made:", tuple(problems))
    return files


def run_maker(maker: Path, seed: int) -> dict[str, bytes]:
    """Run `build(seed, folder)` of an author's file; what it wrote, sorted by name."""
    with temporary.lasting("own-data") as folder:
        problem = _problem_of(maker, seed, folder)
        paths = sorted(path for path in folder.rglob("*") if path.is_file())
        if len(paths) > _MOST_FILES or sum(path.stat().st_size for path in paths) > _MOST_BYTES:
            problem = f"it writes more than {_MOST_FILES} files or {_MOST_BYTES >> 20} MB"
        if problem:
            where = f"{maker.parent.name}/{maker.name}"
            raise ExerciseError(f"`build(seed, folder)` of {where} can't be used: {problem}.")
        return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def _problem_of(maker: Path, seed: int, folder: Path) -> str:
    """Let the maker write into the folder; what went wrong, or "" if nothing did."""
    try:
        return limited(lambda: _build(maker, seed, folder), Built, seconds=_SECONDS).problem
    except TooMuchError:
        return f"it needs more than {_SECONDS} seconds, or too much memory"
    except RuntimeError as error:
        return str(error)


def _build(maker: Path, seed: int, folder: Path) -> Built:
    build = runpy.run_path(str(maker)).get("build")
    if not callable(build):
        return Built(problem="there is no function `build`")
    build(seed, folder)
    return Built()


def _refusal(name: str, exercise: Exercise) -> str:
    if not is_plain_relative(name):
        return "not a plain name of a file inside the folder"
    if name in exercise.work:
        return "that is work, which the learner writes"
    if name.endswith(".py"):
        return "a module can't differ between learners; write data"
    return ""
