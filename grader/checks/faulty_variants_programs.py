"""The programs that a learner's tests are tried on: correct ones, faulty ones, the given one.

The reference and each entry of `sound/` are correct, each entry of `faulty/` is not. An entry
that is a file stands in for the one Python file of the work that holds no tests. One that is a
folder holds files under the names of those they stand in for; the others are the reference's.
In an exercise in debugging, `faulty/as_it_was_given` is a copy of the starter: what lies in the
exercise's own folder may have been mended already.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from grader.bridge.one_form import first_line, in_one_form, padded_alike
from grader.catalogue import Exercise
from grader.checks.own_tests import is_test_file
from grader.errors import ExerciseError
from grader.tables import did_you_mean

REFERENCE, GIVEN = "reference", "as_it_was_given"


@dataclass(frozen=True)
class Program:
    """One program in one form: its files, and in words what is wrong with it, if anything is.

    `name` is for the author and the tutor; the learner's process sees nothing but the files.
    `is_given` marks the starter of an exercise in debugging.
    """

    name: str
    files: Mapping[str, bytes]
    sound: bool
    says: str = ""
    is_given: bool = False


@dataclass(frozen=True)
class Wanted:
    """Which programs an exercise asks for; `variants` may be empty for all there are."""

    variants: tuple[str, ...] = ()
    starred: frozenset[str] = frozenset()
    given_is_faulty: bool = False

    def takes(self, name: str) -> bool:
        """Whether a faulty program of this name is tried."""
        return not self.variants or name in self.variants or self.is_given(name)

    def is_given(self, name: str) -> bool:
        """Whether a faulty program of this name is the starter."""
        return self.given_is_faulty and name == GIVEN


def programs_of(exercise: Exercise, solution: Path, wanted: Wanted) -> tuple[Program, ...]:
    """Read all programs, correct ones first; ExerciseError with all that is wrong with them."""
    modules = _modules(exercise)
    problems = [] if modules else ["there is no Python file in `work` that could be tested"]
    missing = [name for name in modules if not (solution / name).is_file()]
    problems += [f"the reference has no {name}" for name in missing]
    faulty = _entries(solution / "faulty")
    problems += _unknown(wanted.variants, faulty, "variants")
    chosen = [one for one in faulty if wanted.takes(one.stem)]
    problems += _unknown(wanted.starred, chosen, "must-catch")
    if wanted.given_is_faulty and not any(one.stem == GIVEN for one in faulty):
        problems.append(f"`given-is-faulty` needs a copy of the starter, faulty/{GIVEN}.py")
    if not problems:
        reference = {name: (solution / name).read_bytes() for name in modules}
        reader = _Reader(reference, problems)
        programs = [
            reader.program(REFERENCE, reference, sound=True),
            *(reader.entry(one, "sound/", sound=True) for one in _entries(solution / "sound")),
            *(reader.entry(one, "", sound=False) for one in chosen),
        ]
        programs = [replace(one, is_given=wanted.is_given(one.name)) for one in programs]
        problems += _too_few(programs)
    if problems:
        text = f"The check faulty-variants of `{exercise.id}` can't be run:"
        raise ExerciseError(text, tuple(problems))
    return _disguised(programs)


def _modules(exercise: Exercise) -> tuple[str, ...]:
    return tuple(n for n in exercise.work if n.endswith(".py") and not is_test_file(n))


def _entries(folder: Path) -> list[Path]:
    """Files and folders of programs, in order of name."""
    found = folder.iterdir() if folder.is_dir() else ()
    wanted = [one for one in found if not one.name.startswith((".", "_"))]
    return sorted(one for one in wanted if one.is_dir() or one.suffix == ".py")


def _unknown(names: Collection[str], there: list[Path], option: str) -> list[str]:
    known = [one.stem for one in there]
    return [
        f"`{option}`: there is no faulty program `{name}` to be tried{did_you_mean(name, known)}"
        for name in sorted(names)
        if name not in known
    ]


def _too_few(programs: list[Program]) -> list[str]:
    problems = []
    if sum(one.sound for one in programs) < 2:
        problems.append("it takes at least one more correct program, in sound/")
    if all(one.sound for one in programs):
        problems.append("there is no faulty program in faulty/")
    return problems


class _Reader:
    """Reads programs that are laid over the reference, and notes what is wrong with them."""

    def __init__(self, reference: Mapping[str, bytes], problems: list[str]) -> None:
        self._reference = reference
        self._problems = problems

    def entry(self, path: Path, prefix: str, *, sound: bool) -> Program:
        """One file or folder of `sound/` or `faulty/`."""
        if path.is_dir():
            files = {one.name: one.read_bytes() for one in sorted(path.glob("*.py"))}
            if not files or not files.keys() <= self._reference.keys():
                self._problems.append(
                    f"{path.parent.name}/{path.name}/ may hold Python files of the work only"
                )
        elif len(self._reference) == 1:
            files = {name: path.read_bytes() for name in self._reference}
        else:
            files = {}
            self._problems.append(
                f"{path.parent.name}/{path.name}: it isn't clear which file it stands in for; "
                "put it into a folder, under that file's name"
            )
        return self.program(f"{prefix}{path.stem}", files, sound=sound)

    def program(self, name: str, files: Mapping[str, bytes], *, sound: bool) -> Program:
        """Put a program together from its own files and the reference's."""
        try:
            says = next(filter(None, map(first_line, files.values())), "")
            whole = {**self._reference, **files}
            formed = {file: in_one_form(text) for file, text in whole.items()}
        except (SyntaxError, ValueError) as error:
            self._problems.append(f"{name} can't be read: {error}")
            return Program(name, {}, sound)
        return Program(name, formed, sound, says)


def _disguised(programs: list[Program]) -> tuple[Program, ...]:
    files = padded_alike([one.files for one in programs])
    pairs = zip(programs, files, strict=True)
    return tuple(replace(one, files=padded) for one, padded in pairs)
