"""One exercise as its author has it: both folders, read when a rule asks."""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePosixPath

from grader.catalogue import (
    BEHAVIOURS,
    Behaviours,
    Course,
    Exercise,
    given_files,
    read_behaviours,
    regular_files,
)
from grader.checks.own_tests import is_test_file
from grader.checks.reference import reference_work
from grader.checks.variants import Variant, Variants, read_variants, replaceable
from grader.errors import ExerciseError
from grader.individual import NOBODY, Learner

Files = Mapping[str, bytes]


@dataclass(frozen=True)
class Source:
    """A Python file of the author's. `path` is relative to the course; `fault` says why it can't
    be parsed, with its line."""

    path: str
    text: str
    tree: ast.Module
    fault: tuple[int, str] | None = None


@dataclass(frozen=True)
class Subject:
    """An exercise in context; `solution` may be a folder that isn't there."""

    exercise: Exercise
    solution: Path
    course: Course

    def path_of(self, path: Path) -> str:
        """A file of one of the two folders, as problems name it."""
        home = self.exercise.folder if path.is_relative_to(self.exercise.folder) else self.solution
        return f"{home.parent.name}/{path.relative_to(home.parent).as_posix()}"

    # -- what an apprentice gets

    @cached_property
    def ticket(self) -> str:
        """The text of README.md, empty when there is none."""
        return read_text(self.exercise.folder / "README.md")

    @cached_property
    def starter(self) -> Files:
        """The work files as they are handed out."""
        return _read(self.exercise.folder, self.exercise.work)

    @cached_property
    def given(self) -> Files:
        """The given files."""
        return _read(self.exercise.folder, given_files(self.exercise))

    @cached_property
    def public(self) -> Files:
        """Every file of the exercise's folder."""
        return _read(self.exercise.folder, regular_files(self.exercise.folder))

    # -- what an apprentice never gets

    @cached_property
    def reference(self) -> Files:
        """The work files as the author solves them, for nobody in particular."""
        return self.reference_of(NOBODY)

    @cached_property
    def reference_fault(self) -> str:
        """Why the reference's own answers or data can't be made; "" when they can."""
        try:
            reference_work(self.exercise, self.solution)
        except ExerciseError as error:
            return " ".join(str(error).split())
        return ""

    def reference_of(self, learner: Learner) -> Files:
        """The work files as the author solves them with a learner's own questions and data."""
        if self.reference_fault:
            return _read(self.solution, self.exercise.work)
        return reference_work(self.exercise, self.solution, learner)

    @cached_property
    def programs(self) -> tuple[str, ...]:
        """The Python files of the work that are no tests."""
        return tuple(name for name in replaceable(self.exercise) if name.endswith(".py"))

    @cached_property
    def tests(self) -> tuple[str, ...]:
        """The test files of the work."""
        return tuple(name for name in self.exercise.work if is_test_file(name))

    @cached_property
    def suite(self) -> tuple[Source, ...]:
        """The hidden suite, file by file."""
        return tuple(map(self.source, sorted((self.solution / "hidden").glob("test_*.py"))))

    @cached_property
    def all_suites(self) -> tuple[Source, ...]:
        """Every hidden test: of programs, and of files handed in as data."""
        artefacts = sorted((self.solution / "artefacts").glob("test_*.py"))
        return (*self.suite, *map(self.source, artefacts))

    @cached_property
    def behaviours(self) -> Mapping[str, Behaviours]:
        """The tables of behaviours of the hidden suite and of the tests of artefacts, by path."""
        folders = (self.solution / name for name in ("hidden", "artefacts"))
        return {self.path_of(one / BEHAVIOURS): read_behaviours(one) for one in folders}

    @cached_property
    def variants(self) -> Variants:
        """The variants of both kinds, and what is wrong with how they are written."""
        return read_variants(self.exercise, self.solution)

    @property
    def faulty(self) -> tuple[Variant, ...]:
        """The faulty variants, by name."""
        return self.variants.faulty

    @property
    def sound(self) -> tuple[Variant, ...]:
        """The sound variants, by name."""
        return self.variants.sound

    @cached_property
    def hidden_texts(self) -> Files:
        """Every file of the solution's folder."""
        return _read(self.solution, regular_files(self.solution)) if self.solution.is_dir() else {}

    @cached_property
    def feedback(self) -> Mapping[str, object]:
        """The tables of feedback.toml; empty when there is none or it can't be read."""
        try:
            return tomllib.loads(read_text(self.solution / "feedback.toml"))
        except tomllib.TOMLDecodeError:
            return {}

    def source(self, path: Path) -> Source:
        """A Python file, parsed; with an empty tree when it can't be."""
        text = read_text(path)
        try:
            return Source(self.path_of(path), text, ast.parse(text))
        except (SyntaxError, ValueError) as error:
            line, why = getattr(error, "lineno", 0) or 0, getattr(error, "msg", str(error))
            return Source(self.path_of(path), text, ast.Module([], []), (line, why))


def read_text(path: Path) -> str:
    """The text of an author's file; empty when it isn't there."""
    if not path.is_file():
        return ""
    try:
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ExerciseError(f"{path.name} is not UTF-8: {error}") from None


def _read(folder: Path, names: tuple[str, ...]) -> Files:
    return {
        PurePosixPath(name).as_posix(): (folder / name).read_bytes()
        for name in names
        if (folder / name).is_file()
    }
