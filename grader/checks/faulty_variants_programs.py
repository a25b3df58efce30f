"""The programs that a learner's tests are tried on: correct ones, faulty ones, the given one.

The reference and each sound variant are correct, each faulty variant is not. A variant that changes
none of the Python files that tests can be of is not tried. In an exercise in debugging, the faulty
variant `as_it_was_given` is the starter: what lies in the exercise's own folder may have been
mended already.
"""

from __future__ import annotations

import ast
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from grader.catalogue import Exercise
from grader.checks.variants import FAULTY_FILE, Variant, Variants, read_variants, replaceable
from grader.errors import ExerciseError
from grader.tables import did_you_mean

REFERENCE, GIVEN = "reference", "as_it_was_given"


@dataclass(frozen=True)
class Program:
    """One program: its files, and in words what is wrong with it, if anything is.

    `name` is for the author and the tutor.
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
    problems += [fault for name in modules if (fault := _reference_fault(solution, name))]
    variants = read_variants(exercise, solution, wanted.takes) if not problems else Variants()
    problems += [f"{one.path}: {one.text}" for one in variants.problems]
    sound = [one for one in variants.sound if one.files.keys() & set(modules)]
    chosen = [one for one in variants.faulty if one.files.keys() & set(modules)]
    if not problems:
        problems += _unknown(wanted.variants, chosen, variants.names, "variants")
        problems += _unknown(wanted.starred, chosen, [one.name for one in chosen], "must-catch")
        problems += _too_few(sound, chosen)
        if wanted.given_is_faulty and not any(one.name == GIVEN for one in chosen):
            problems.append(f"`given-is-faulty` needs the starter as a faulty variant, `{GIVEN}`")
    if problems:
        text = f"The check faulty-variants of `{exercise.id}` can't be run:"
        raise ExerciseError(text, tuple(problems))
    reference = {name: (solution / name).read_bytes() for name in modules}
    programs = [
        _program(Variant(REFERENCE, {}), reference, sound=True),
        *(_program(one, reference, sound=True, before="sound/") for one in sound),
        *(_program(one, reference, sound=False) for one in chosen),
    ]
    return tuple(replace(one, is_given=wanted.is_given(one.name)) for one in programs)


def _reference_fault(solution: Path, name: str) -> str:
    """What is wrong with a Python file of the reference; "" when nothing is."""
    if not (solution / name).is_file():
        return f"the reference has no {name}"
    try:
        ast.parse((solution / name).read_bytes())
    except (SyntaxError, ValueError) as error:
        return f"{name} of the reference can't be read: {error}"
    return ""


def _modules(exercise: Exercise) -> tuple[str, ...]:
    return tuple(name for name in replaceable(exercise) if name.endswith(".py"))


def _unknown(
    names: Collection[str], there: Sequence[Variant], known: Collection[str], option: str
) -> list[str]:
    """A problem for each name that is none of those there; one of `known` may be meant."""
    problems = []
    for name in sorted(set(names) - {one.name for one in there}):
        advice = "; it changes no Python file of the work" if name in known else ""
        advice = advice or did_you_mean(name, known)
        problems.append(f"`{option}`: there is no faulty program `{name}` to be tried{advice}")
    return problems


def _too_few(sound: Sequence[Variant], faulty: Sequence[Variant]) -> list[str]:
    problems = []
    if not sound:
        problems.append("it takes at least one more correct program, in sound/")
    if not faulty:
        problems.append(f"there is no faulty program in {FAULTY_FILE} or faulty/")
    return problems


def _program(
    variant: Variant, reference: Mapping[str, bytes], *, sound: bool, before: str = ""
) -> Program:
    """A variant laid over the reference; of its files, the Python files of the work."""
    files = {name: variant.files.get(name, text) for name, text in reference.items()}
    return Program(f"{before}{variant.name}", files, sound, variant.what.removesuffix("."))
