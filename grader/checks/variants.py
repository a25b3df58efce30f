"""The variants of an exercise's reference: faulty ones, and sound ones that are written otherwise.

A faulty variant stands in `faulty.toml` as edits of the reference, or, where it is truly another
program, as a file or folder of `faulty/`. Sound variants lie in `sound/`.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from grader.catalogue import Exercise, regular_files
from grader.checks.own_tests import is_test_file
from grader.checks.variant_edits import (
    Entry,
    FaultyFile,
    VariantProblem,
    apply_edits,
    read_faulty_file,
)

Files = Mapping[str, bytes]

FAULTY_FILE = "faulty.toml"


@dataclass(frozen=True)
class Variant:
    """The files that a variant puts in place of the reference's, and what its author says of it.

    `what` is one sentence, `why` says why people do it. `path`, relative to the solution, and
    `line` are where it is written down.
    """

    name: str
    files: Files
    what: str = ""
    why: str = ""
    clauses: tuple[str, ...] = ()
    path: str = ""
    line: int = 0


@dataclass(frozen=True)
class Variants:
    """The variants of an exercise, in order of name, and what is wrong with how they are written.

    A variant that can't be made is in neither list. `names` are those of all faulty ones.
    """

    names: tuple[str, ...] = ()
    faulty: tuple[Variant, ...] = ()
    sound: tuple[Variant, ...] = ()
    problems: tuple[VariantProblem, ...] = ()


def read_variants(
    exercise: Exercise, solution: Path, takes: Callable[[str], bool] = lambda _name: True
) -> Variants:
    """Read the variants of an exercise, of the faulty ones those that `takes` takes by their names.

    Nothing is raised; all problems are in the answer.
    """
    reader = _Reader(exercise, solution)
    faulty, sound = tuple(reader.faulty(takes)), tuple(reader.sound())
    return Variants(tuple(sorted(reader.names)), faulty, sound, tuple(sorted(reader.problems)))


def replaceable(exercise: Exercise) -> tuple[str, ...]:
    """The files of the work that a variant may replace: all but the learner's tests."""
    return tuple(name for name in exercise.work if not is_test_file(name))


class _Reader:
    """Reads variants and notes what is wrong with them."""

    def __init__(self, exercise: Exercise, solution: Path) -> None:
        self._names = replaceable(exercise)
        self._solution = solution
        self.names: set[str] = set()
        self.problems: list[VariantProblem] = []

    def sound(self) -> Iterator[Variant]:
        for path in _entries(self._solution / "sound"):
            files = self._files_of(path, f"sound/{path.name}")
            if files is not None:
                yield _by_docstring(path.stem, files, f"sound/{path.name}")

    def faulty(self, takes: Callable[[str], bool]) -> list[Variant]:
        written = read_faulty_file(self._solution / FAULTY_FILE)
        self.problems += written.problems
        programs = {path.stem: path for path in _entries(self._solution / "faulty")}
        self.names |= written.entries.keys() | programs.keys()
        made = [
            self._edited(name, entry, written)
            if entry.edits
            else self._program(name, entry, written, programs.get(name))
            for name, entry in written.entries.items()
            if takes(name) and not (entry.edits and name in programs)
        ]
        for name, path in programs.items():
            if not takes(name):
                continue
            place = f"faulty/{path.name}"
            if name not in written.entries:
                files = self._files_of(path, place)
                made.append(None if files is None else _by_docstring(name, files, place))
            elif written.entries[name].edits:
                text = f"`{name}` is in {FAULTY_FILE} already, with edits; take one of the two out"
                self.problems.append(VariantProblem(place, 0, text))
        return sorted((one for one in made if one is not None), key=lambda one: one.name)

    def _edited(self, name: str, entry: Entry, written: FaultyFile) -> Variant | None:
        """A variant whose edits are made in the reference."""
        by_file: dict[str, list[int]] = {}
        for number, edit in enumerate(entry.edits):
            by_file.setdefault(edit.file or self._only_program(), []).append(number)
        files: dict[str, bytes] = {}
        wrong: list[tuple[int, str]] = []
        for file, numbers in by_file.items():
            fault = self._cant_be_edited(file)
            if fault:
                wrong.append((numbers[0], fault))
                continue
            content = (self._solution / file).read_bytes()
            files[file], faults = apply_edits(content, file, [entry.edits[n] for n in numbers])
            wrong += [(numbers[place], text) for place, text in faults]
        line = written.line_of(name)
        problems = [
            VariantProblem(
                FAULTY_FILE, written.line_of(name, number), f"`{name}`, edit {number + 1}: {text}"
            )
            for number, text in wrong
        ] or [*_unreadable(files, f"`{name}`: ", FAULTY_FILE, line)]
        self.problems += problems
        return None if problems else _described(name, files, entry, line)

    def _program(
        self, name: str, entry: Entry, written: FaultyFile, path: Path | None
    ) -> Variant | None:
        """A variant that is a program of its own, described in the file."""
        line = written.line_of(name)
        if path is None:
            text = f"`{name}` has no `edits`, and there is no faulty/{name}.py or faulty/{name}/"
            self.problems.append(VariantProblem(FAULTY_FILE, line, f"{text}; write one of them"))
            return None
        files = self._files_of(path, f"faulty/{path.name}")
        return None if files is None else _described(name, files, entry, line)

    def _only_program(self) -> str:
        programs = [name for name in self._names if name.endswith(".py")]
        return programs[0] if len(programs) == 1 else ""

    def _cant_be_edited(self, file: str) -> str:
        """Why a file can't be edited; "" when it can."""
        if not file:
            return "an edit needs `file`, for the work has not just one Python file to test"
        if file not in self._names:
            return f"`{file}` is none of the files that can be edited: {', '.join(self._names)}"
        if not (self._solution / file).is_file():
            return f"the reference has no `{file}` that lies in the folder of the solution"
        return ""

    def _files_of(self, path: Path, place: str) -> Files | None:
        """The files of an entry of `sound/` or `faulty/`; None when they don't fit the work."""
        fault = ""
        if path.is_dir():
            files = {name: (path / name).read_bytes() for name in regular_files(path)}
            if not files or not files.keys() <= set(self._names):
                fault = f"may hold files of the work only, here: {', '.join(self._names)}"
        else:
            fitting = [name for name in self._names if PurePosixPath(name).suffix == path.suffix]
            files = {name: path.read_bytes() for name in fitting}
            if len(fitting) != 1:
                fault = "it isn't clear which file it stands in for; put it into a folder, under "
                fault += "that file's name"
        problems = (
            [VariantProblem(place, 0, fault)] if fault else [*_unreadable(files, "", place, 0)]
        )
        self.problems += problems
        return None if problems else files


def _entries(folder: Path) -> list[Path]:
    found = folder.iterdir() if folder.is_dir() else ()
    return sorted(one for one in found if not one.name.startswith((".", "_")))


def _unreadable(files: Files, before: str, place: str, line: int) -> Iterator[VariantProblem]:
    """Python files that can't be parsed."""
    for name, content in files.items():
        if name.endswith(".py"):
            try:
                ast.parse(content)
            except (SyntaxError, ValueError) as error:
                why, where = getattr(error, "msg", str(error)), getattr(error, "lineno", 0) or 0
                text = f"{before}Python can't read line {where} of {name}: {why}; mend it"
                yield VariantProblem(place, line, text)


def _by_docstring(name: str, files: Files, place: str) -> Variant:
    """A variant that says itself what it is, in the docstring of its first Python file."""
    trees = (ast.parse(text) for file, text in files.items() if file.endswith(".py"))
    says = next(filter(None, map(ast.get_docstring, trees)), "")
    what, _, why = says.partition("\n")
    return Variant(name, files, what.strip(), why.strip(), path=place)


def _described(name: str, files: Files, entry: Entry, line: int) -> Variant:
    """A variant that `faulty.toml` describes; line breaks of its texts are those of the file."""
    what, why = (" ".join(text.split()) for text in (entry.what, entry.why))
    return Variant(name, files, what, why, entry.clauses, FAULTY_FILE, line)
